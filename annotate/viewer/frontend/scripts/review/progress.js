// How far the review has come, as the server said last.

import { data } from "../data.js";

/**
 * A decision that can be taken back, or brought back.
 * @typedef {{ n: number, document: string, id: string, said: string }} Turn
 */

/**
 * An attribute as a form asks for it; `values` is null where any can be stated.
 * @typedef {{
 *   name: string, kind: "boolean" | "integer" | "number" | "text", many: boolean,
 *   required: boolean, form: string, definition: string,
 *   values: Array<{ value: string, definition: string, alone: boolean }> | null,
 * }} Field
 */

/**
 * A chunk that is read whole; offsets count code points.
 * @typedef {{ id: string, document: string, start: number, end: number, read: boolean }} Chunk
 */

/**
 * `last` is the number of the last decision, `order` the ids of the annotations as they come up,
 * `chunks` those to read as they were drawn; [] where none are read.
 * @typedef {{
 *   annotator: string, unit: string | null, forms: Record<string, Field[]>, last: number,
 *   order: string[], chunks: Chunk[], undo: Turn | null, redo: Turn | null,
 * }} Progress
 */

/** @type {Progress} */
export const progress = /** @type {{ review: Progress }} */ (/** @type {unknown} */ (data)).review;

/** When each decision of this window was kept, in milliseconds. @type {number[]} */
export const times = [];

const PACE_OVER = 5 * 60 * 1000; // milliseconds

/**
 * Where each annotation of the review stands.
 * @returns {Map<string, [document: number, place: number]>}
 */
export function placesById() {
  const found = new Map();
  data.documents.forEach((doc, document) => {
    doc.marks.forEach((mark, place) => found.set(mark.decided?.id, [document, place]));
  });
  return found;
}

/** Return how many annotations were decided on, and how many there are. */
export function reach() {
  const marks = data.documents.flatMap((doc) => doc.marks.filter((mark) => mark.decided?.id));
  return { done: marks.filter((mark) => !isOpen(mark)).length, all: marks.length };
}

/**
 * Tell whether nobody has decided on a mark; what was left for later is open too.
 * @param {import("../data.js").Mark} mark
 */
export function isOpen(mark) {
  return mark.outcome === "open" || mark.outcome === "skipped";
}

/** Return how many decisions a minute were made lately; 0 where that cannot be said. */
export function pace() {
  const now = Date.now();
  const lately = times.filter((time) => now - time < PACE_OVER);
  const minutes = (now - lately[0]) / 60_000;
  return lately.length < 3 ? 0 : lately.length / minutes;
}
