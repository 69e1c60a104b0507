// How chunks ended: one in a line, and all of a document in a table.

import { button, make, section } from "../elements.js";
import { goToChunk } from "../moves.js";
import { counted, figure } from "../numbers.js";

/** @typedef {import("../data.js").Chunk} Chunk */

/**
 * Return how a chunk ended, with what it took to repair its answers.
 * @param {Chunk} chunk
 */
export function chunkLine(chunk) {
  const { invalid, ungrounded, requests } = chunk;
  const range = `characters ${figure(chunk.start)}–${figure(chunk.end)}`;
  const parts = [
    `Chunk ${chunk.chunk}, ${range}: ${chunk.status}`,
    requests > 1 ? `${counted(requests, "answer")} used` : "",
    invalid + ungrounded > 0
      ? `${invalid} invalid and ${ungrounded} ungrounded annotations sent back`
      : "",
    chunk.note,
  ];
  return `${parts.filter(Boolean).join("; ")}.`;
}

/**
 * Return the ledger of a document, or null where nothing is known.
 * @param {Chunk[]} chunks
 */
export function chunkTable(chunks) {
  if (chunks.length === 0) return null;
  const heads = ["chunk", "ended", "found", "answers", "tokens"];
  const table = make(
    "table",
    { class: "ledger" },
    make(
      "thead",
      {},
      make("tr", {}, ...heads.map((name) => make("th", { "aria-label": name }, name))),
    ),
    make("tbody", {}, ...chunks.map(chunkRow)),
  );
  return section("Chunks", table);
}

/** @param {Chunk} chunk */
function chunkRow(chunk) {
  const cells = [
    button({ class: "link" }, () => goToChunk(chunk.chunk), String(chunk.chunk)),
    chunk.status,
    figure(chunk.annotations),
    figure(chunk.requests),
    figure(chunk.tokens),
  ];
  return make(
    "tr",
    { class: chunk.answered ? "" : "lost", title: chunkLine(chunk) },
    ...cells.map((cell) => make("td", {}, cell)),
  );
}
