// What is chosen on the page, and who draws what depends on it. Everything shown is drawn from here.

import { data } from "./data.js";

/** @typedef {"category" | "outcome" | "layer"} Field - what marks are filtered by */

export const state = {
  document: 0,
  /** Position of a mark in the document. @type {number | null} */
  selected: null,
  /** Name of the panel that is open. */
  tab: "details",
  /** Whether the panel of the categories lists all documents. */
  everywhere: false,
  query: "",
  /** Whether single letters act. */
  keys: true,
  /** What the filters keep out. @type {Record<Field, Set<number | string | undefined>>} */
  hidden: { category: new Set(), outcome: new Set(), layer: new Set() },
};

/**
 * What can change: another document is read, other marks stand on it, another mark is chosen, the
 * filters let through other marks, or a panel says something else.
 * @typedef {"document" | "marks" | "selection" | "filters" | "panel"} Topic
 */

/** @type {Partial<Record<Topic, Array<() => void>>>} */
const drawings = {};

/**
 * Let each of `draw` be called, in their order, after a change of `topic`. Modules that change the
 * state thereby need not know those that draw it.
 * @param {Topic} topic
 * @param {Array<() => void>} draw
 */
export function drawOn(topic, ...draw) {
  drawings[topic] = draw;
}

/**
 * Let `draw` be called too, after all others.
 * @param {Topic} topic
 * @param {() => void} draw
 */
export function drawAlso(topic, draw) {
  drawings[topic] = [...(drawings[topic] ?? []), draw];
}

/**
 * Draw again what depends on `topic`.
 * @param {Topic} topic
 */
export function changed(topic) {
  for (const draw of drawings[topic] ?? []) draw();
}

/**
 * Return the document that is read, undefined where there is none.
 * @returns {import("./data.js").Doc | undefined}
 */
export function current() {
  return data.documents[state.document];
}

/** Return the mark that is chosen, or undefined. */
export function selected() {
  return state.selected === null ? undefined : current()?.marks[state.selected];
}
