// The problems: what was not read, which answers were refused, and how every chunk ended.

import { data } from "../data.js";
import { problemsOf } from "../documents.js";
import { button, make, section, words } from "../elements.js";
import { statedLine } from "../marks.js";
import { goToChunk } from "../moves.js";
import { counted } from "../numbers.js";
import { current } from "../state.js";
import { chunkLine, chunkTable } from "./chunks.js";

/**
 * @typedef {import("../data.js").Chunk} Chunk
 * @typedef {import("../elements.js").Child} Child
 */

/** @type {import("./panels.js").Panel} */
export const problemsPanel = {
  label: "Problems",
  count() {
    const doc = current();
    return (doc ? problemsOf(doc) : 0) + data.unreadable.length;
  },
  draw() {
    const { chunks, refused } = current() ?? { chunks: [], refused: [] };
    const lost = chunks.filter((chunk) => !chunk.answered);
    const parts = [
      problems(
        "Not read",
        "These parts of the text are hatched: nothing is known about them.",
        lost.map(lostChunk),
      ),
      problems(
        "Refused answers",
        "They broke the schema or quoted words that the text does not hold, and no repair corrected them.",
        refused.map(refusedAnswer),
      ),
      problems("Unreadable inputs", "", data.unreadable.map(unread)),
    ];
    const found = parts.some((part) => part !== null);
    const skipped = problems(
      "Skipped inputs",
      "They were found where the inputs lead, and are not part of this run.",
      data.skipped.map(unread),
    );
    return [...(found ? parts : [noProblems(chunks)]), skipped, chunkTable(chunks)];
  },
};

/**
 * @param {string} title
 * @param {string} explained
 * @param {HTMLLIElement[]} rows
 */
function problems(title, explained, rows) {
  if (rows.length === 0) return null;
  return section(
    title,
    explained ? make("p", { class: "note" }, explained) : null,
    make("ul", { class: "problems" }, ...rows),
  );
}

/** @param {Chunk[]} chunks */
function noProblems(chunks) {
  const said =
    chunks.length > 0
      ? `All ${counted(chunks.length, "chunk")} of this document were answered, and no answer was refused.`
      : "Nothing is known of how this text was read.";
  return make("p", { class: "quiet" }, said);
}

/** @param {Chunk} chunk */
function lostChunk(chunk) {
  const said = words("span", {}, chunkLine(chunk));
  return make(
    "li",
    {},
    button({ class: "problem" }, () => goToChunk(chunk.chunk), said),
  );
}

/** @param {import("../data.js").Refusal} refused */
function refusedAnswer(refused) {
  const { chunk } = refused;
  return make(
    "li",
    { class: "refused" },
    make(
      "p",
      {},
      make("span", { class: "badge error" }, refused.kind),
      " ",
      words("b", {}, refused.category || "no category"),
    ),
    refused.quote ? words("blockquote", {}, refused.quote) : null,
    refused.answer ? words("pre", {}, refused.answer) : null,
    words("p", { class: "stated" }, statedLine(refused)),
    make("ul", { class: "note" }, ...refused.problems.map((problem) => words("li", {}, problem))),
    chunk === null ? null : button({ class: "link" }, () => goToChunk(chunk), `chunk ${chunk}`),
  );
}

/** @param {import("../data.js").Unread} row */
function unread({ source, reason }) {
  return make("li", {}, words("b", {}, source), " ", words("span", {}, reason));
}
