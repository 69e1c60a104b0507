// What was cited for a mark, how it was found in the text, and how its chunk ended.

import { chunkOf } from "../documents.js";
import { make, section, words } from "../elements.js";
import { chunkLine } from "./chunks.js";

/**
 * @typedef {import("../data.js").Doc} Doc
 * @typedef {import("../data.js").Evidence} Evidence
 * @typedef {import("../data.js").Mark} Mark
 */

/**
 * Return what was cited for a mark, or null.
 * @param {Doc} doc
 * @param {Mark} mark
 */
export function evidence(doc, mark) {
  if (!mark.evidence) return null;
  return section("Evidence", ...mark.evidence.map((each) => citation(doc, mark, each)));
}

/** @type {Record<string, string>} */
const FOUND = {
  exact: "Cited letter by letter.",
  folded: "Cited with other white space, quotes, dashes, case or Markdown marks.",
  fuzzy: "Cited with two neighbouring letters swapped inside one long word.",
};

/** @type {Record<string, string>} */
const CHOSEN = {
  context: "What leads into this place was cited with the words.",
  unit: "Here alone they are a whole sentence or item.",
  order: "The order of the answer leaves this place.",
  ambiguous: "Nothing says which place was meant.",
};

/**
 * @param {Doc} doc
 * @param {Mark} mark
 * @param {Evidence} evidence
 */
function citation(doc, mark, { grounding, cited, part, places, choice, chunk: number }) {
  // The ledger of the page is that of its first layer.
  const chunk = mark.layer === 0 ? chunkOf(doc, number) : undefined;
  return make(
    "div",
    { class: "citation" },
    make(
      "p",
      {},
      make("span", { class: `grounding ${grounding}` }, grounding),
      ` ${FOUND[grounding] ?? ""}`,
    ),
    places > 1
      ? make(
          "p",
          {},
          make("span", { class: `placed ${choice}` }, choice),
          ` These words stand at ${places} places. ${CHOSEN[choice] ?? ""}`,
        )
      : null,
    cited ? labelled("cited", cited) : null,
    part ? labelled(cited ? "printed" : "cited part", part) : null,
    chunk ? make("p", { class: "note" }, chunkLine(chunk)) : null,
  );
}

/**
 * @param {string} label
 * @param {string} text
 */
function labelled(label, text) {
  return make(
    "div",
    { class: "labelled" },
    make("span", { class: "whose" }, label),
    words("q", {}, text),
  );
}
