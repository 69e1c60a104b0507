// The bar of a review that reads chunks: which one has the turn, and the key that ends it.

import { data } from "../data.js";
import { textOf, unitAt } from "../documents.js";
import { fill, find, make, tell, words } from "../elements.js";
import { figure } from "../numbers.js";
import { drawAlso, selected } from "../state.js";
import { act, problems } from "./controls.js";
import { decideFully, goOn } from "./decide.js";
import { progress } from "./progress.js";
import { goToTurn, stepBack, turnOf } from "./turn.js";

const SHOWN = 40; // characters of its first words, and of its last

/** Draw the bar, and again after every change. */
export function startChunks() {
  find(".bar").after(make("section", { class: "passage", "aria-label": "Chunk to read" }));
  drawAlso("document", stepBack);
  drawAlso("marks", stepBack);
  drawAlso("panel", drawChunk);
  drawChunk();
}

function drawChunk() {
  const done = progress.chunks.filter((each) => each.read).length;
  const said = `${figure(done)} of ${figure(progress.chunks.length)} chunks read`;
  fill(find(".passage"), words("b", {}, said), ofTurn(), selected() ? null : problems());
  stepBack();
}

/** Return what there is to say and do about the chunk whose turn it is. */
function ofTurn() {
  const chunk = turnOf();
  const doc = data.documents.find((each) => each.id === chunk?.document);
  if (!chunk || !doc) return [];
  const text = textOf(doc)
    .slice(unitAt(doc, chunk.start), unitAt(doc, chunk.end))
    .replaceAll(/\s+/g, " ")
    .trim();
  const ends =
    text.length > 3 * SHOWN
      ? `${text.slice(0, SHOWN).replace(/\s\S*$/, "")} … ${text.slice(-SHOWN).replace(/^\S*\s/, "")}`
      : text;
  return [
    words("span", { class: "ends" }, `${doc.name}: ${ends}`),
    make(
      "div",
      { class: "choices", role: "group", "aria-label": "Chunk" },
      act("Its beginning", "g", goToTurn),
      act("It is read", "r", () => void sayRead(), { class: "accept" }),
    ),
  ];
}

/** Say that the chunk is read to its end, and go on to the next one. */
export async function sayRead() {
  const chunk = turnOf();
  if (!chunk) return tell("There is no chunk to read.");
  const made = await decideFully({ action: "read", id: chunk.id });
  return made ? goOn(undefined) : undefined;
}
