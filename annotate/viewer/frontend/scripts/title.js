// What stays above the text: the name of the document, and where the reader is in it.

import { compares, isJudged } from "./data.js";
import { button, fill, find, make, words } from "./elements.js";
import { icon } from "./icons.js";
import { languagesLine } from "./languages.js";
import { isChange, isError, stops } from "./marks.js";
import { step } from "./moves.js";
import { counted, figure } from "./numbers.js";
import { current, state } from "./state.js";

/** @typedef {import("./data.js").Doc} Doc */

/** Draw what stays above the text. */
export function drawTitle() {
  const doc = current();
  if (!doc) return find(".title").replaceChildren();
  return fill(
    find(".title"),
    words("h2", { class: "name" }, doc.name),
    spokenIn(doc),
    steps(doc, "annotation", "jk"),
    compares ? steps(doc, "change", "cC", isChange) : null,
    isJudged ? steps(doc, "error", "eE", isError) : null,
  );
}

/** @param {Doc} doc */
function spokenIn(doc) {
  const said = languagesLine(doc);
  return said ? make("span", { class: "language" }, said) : null;
}

/**
 * Return the two buttons that step through the marks of a kind, around their number.
 * @param {Doc} doc
 * @param {string} noun
 * @param {string} keys - those that do the same: to the next, to the previous
 * @param {import("./moves.js").Wanted} [wanted]
 */
function steps(doc, noun, keys, wanted) {
  const here = stops(doc, wanted);
  const at = state.selected === null ? 0 : here.indexOf(state.selected) + 1;
  const said = at > 0 ? `${figure(at)} of ${figure(here.length)}` : counted(here.length, noun);
  return make(
    "div",
    { class: `steps ${noun}s`, role: "group", "aria-label": `${noun}s` },
    stepButton("previous", `Previous ${noun} (${keys[1]})`, () => step(-1, wanted)),
    make("span", {}, said),
    stepButton("next", `Next ${noun} (${keys[0]})`, () => step(1, wanted)),
  );
}

/**
 * @param {"previous" | "next"} name
 * @param {string} label
 * @param {() => void} act
 */
function stepButton(name, label, act) {
  return button({ class: "step", "aria-label": label, title: label }, act, icon(name));
}
