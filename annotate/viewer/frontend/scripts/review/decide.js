// Decide: on the annotation that is chosen, or to take a decision back. One after the other, however
// fast the keys come, and the next annotation comes up when a decision is kept.

import { data } from "../data.js";
import { quotesOf } from "../documents.js";
import { tell } from "../elements.js";
import { summary } from "../marks.js";
import { choose, leave } from "../moves.js";
import { changed, current, selected, state } from "../state.js";
import { decided } from "./asking.js";
import { placesById, progress, reach, times } from "./progress.js";
import { forgetRemark, remarkOn } from "./remark.js";
import { goToTurn, isInTurn, turnOf } from "./turn.js";
import { take } from "./update.js";

/** What the server said against the last decision. @type {{ problems: string[] }} */
export const refused = { problems: [] };

/** @type {Promise<unknown>} */
let before = Promise.resolve();

/**
 * Do something when all decisions before it are kept.
 * @template Result
 * @param {() => Promise<Result>} act
 */
function inTurn(act) {
  const done = before.then(act);
  before = done.catch(() => {});
  return done;
}

/**
 * Ask for a decision, and show what came of it; return the id of what it is about, "" where it was
 * refused.
 * @param {Record<string, unknown>} decision
 */
export async function decide(decision) {
  const { news, problems, made } = await decided({ ...decision, since: progress.last });
  refused.problems = problems ?? [];
  if (!problems) times.push(Date.now());
  if (news) take(news);
  else changed("panel");
  if (problems) tell(problems.join(" "));
  return problems ? "" : (made ?? "");
}

/**
 * Ask for a decision that says everything itself, when all decisions before it are kept.
 * @param {Record<string, unknown>} decision
 * @returns {Promise<string>}
 */
export function decideFully(decision) {
  return inTurn(() => decide(decision));
}

/**
 * Decide on the annotation that is chosen, and go on to the next one that is open.
 * @param {string} action
 * @param {Record<string, unknown>} [more]
 */
export function decideHere(action, more = {}) {
  return inTurn(async () => {
    const mark = selected();
    if (!mark?.decided) return tell("Choose an annotation first.");
    const { id, n } = mark.decided;
    if (!id) return action === "accept" ? takeOver(mark) : tell("Gold is not decided on here.");
    const why = remarkOn(id);
    const said = why === undefined ? {} : { why };
    const made = await decide({ action, id, seen: n, ...said, ...more });
    if (made) forgetRemark();
    if (made && action === "comment") choose(state.document, state.selected ?? 0);
    else if (made) goOn(made);
    return made;
  });
}

/**
 * Add what gold says to what is kept.
 * @param {import("../data.js").Mark} mark
 */
async function takeOver({ category, start, end, decided: gold }) {
  const made = await decide({
    action: "add",
    document: current()?.id,
    category: data.categories[category].name,
    attributes: gold?.attributes,
    start,
    end,
    exact: true,
    status: gold?.status,
    must_find: gold?.must_find,
  });
  if (made) show(made);
}

/**
 * Choose an annotation; return whether it is there.
 * @param {string} id
 */
export function show(id) {
  const found = placesById().get(id);
  if (found) choose(...found);
  return found !== undefined;
}

/**
 * Choose the next annotation that is open, behind one. Where chunks are read it is one of the chunk
 * whose turn it is, and where that has none the chunk itself.
 * @param {string | undefined} id
 * @param {1 | -1} [direction]
 */
export function goOn(id, direction = 1) {
  const places = placesById();
  const { order } = progress;
  const from = id === undefined ? -1 : order.indexOf(id);
  const start = from < 0 && direction < 0 ? 0 : from;
  for (let away = 1; away <= order.length; away += 1) {
    const at = (start + direction * away + 2 * order.length) % order.length;
    const found = places.get(order[at]);
    if (!found) continue;
    const [document, place] = found;
    const doc = data.documents[document];
    const mark = doc.marks[place];
    const comes = mark.outcome === "open" && order[at] !== id && isInTurn(doc, mark);
    if (comes) return arrive(document, place);
  }
  if (turnOf()) return goToTurn();
  const { done, all } = reach();
  leave();
  return tell(done === all ? `All ${all} are decided.` : `${all - done} were left for later.`);
}

/**
 * @param {number} document
 * @param {number} place
 */
function arrive(document, place) {
  choose(document, place);
  const { done, all } = reach();
  const mark = data.documents[document].marks[place];
  tell(`${done} of ${all} decided. ${summary(mark)}: ${quotesOf(data.documents[document])[place]}`);
}

/**
 * Take the last decision back, or bring back what was taken back; show what it is about.
 * @param {"undo" | "redo"} direction
 */
export function turnBack(direction) {
  return inTurn(async () => {
    const turn = progress[direction];
    if (!turn) return tell(`There is nothing to ${direction}.`);
    const made = await decide({ action: direction, seen: turn.n });
    if (!made) return made;
    if (!show(made)) return turnOf() ? goToTurn() : leave();
    return tell(`${direction === "undo" ? "Taken back" : "Brought back"}: ${turn.said}.`);
  });
}
