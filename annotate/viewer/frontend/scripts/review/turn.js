// The chunk whose turn it is, where chunks were drawn at random and are read whole.

import { data } from "../data.js";
import { textOf, unitAt } from "../documents.js";
import { find, tell } from "../elements.js";
import { leave, openDocument } from "../moves.js";
import { rangeOf } from "../sheet/ranges.js";
import { scrollTo } from "../sheet/scroll.js";
import { current, state } from "../state.js";
import { progress } from "./progress.js";

/** @typedef {import("./progress.js").Chunk} Chunk */

/** Return the first chunk that is not read; undefined where there is none. */
export function turnOf() {
  return progress.chunks.find((chunk) => !chunk.read);
}

/**
 * Tell whether a mark begins in the chunk whose turn it is; so does each where none are read.
 * @param {import("../data.js").Doc} doc
 * @param {import("../data.js").Mark} mark
 */
export function isInTurn(doc, mark) {
  const chunk = turnOf();
  if (!chunk) return true;
  return doc.id === chunk.document && chunk.start <= mark.start && mark.start < chunk.end;
}

/**
 * Return where one begins to read a document: where its chunk does, if it has the turn.
 * @param {import("../data.js").Doc} doc
 */
export function beginningOf(doc) {
  const chunk = turnOf();
  return chunk && chunk.document === doc.id ? chunk.start : 0;
}

/** Go to where the chunk begins. */
export function goToTurn() {
  const chunk = turnOf();
  const place = data.documents.findIndex((doc) => doc.id === chunk?.document);
  if (!chunk || place < 0) return tell("All chunks are read.");
  if (place !== state.document) openDocument(place, { keepPanel: true });
  leave();
  const start = unitAt(data.documents[place], chunk.start);
  scrollTo(rangeOf(start, start + 1));
  find("#text").focus({ preventScroll: true });
  return tell("Read this chunk to its end and add what is missing; r says that it is read.");
}

/** Let what stands around the chunk step back. */
export function stepBack() {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("outside");
  const chunk = turnOf();
  const doc = current();
  if (!chunk || doc?.id !== chunk.document) return;
  const [start, end, all] = [unitAt(doc, chunk.start), unitAt(doc, chunk.end), textOf(doc).length];
  const around = [];
  if (start > 0) around.push(rangeOf(0, start));
  if (end < all) around.push(rangeOf(end, all));
  CSS.highlights.set("outside", new Highlight(...around));
}
