// Which marks are let through, which count, and what each is in a line.

import { categoryOf, data, layerOf, outcomeOf } from "./data.js";
import { state } from "./state.js";

/**
 * @typedef {import("./data.js").Doc} Doc
 * @typedef {import("./data.js").Mark} Mark
 */

/**
 * Tell whether the filters let a mark through.
 * @param {Mark} mark
 */
export function isShown(mark) {
  const { category, outcome, layer } = state.hidden;
  return !category.has(mark.category) && !outcome.has(mark.outcome) && !layer.has(mark.layer);
}

/**
 * Let a mark through every filter; return whether one of them had kept it out.
 * @param {Mark} mark
 */
export function reveal(mark) {
  const { category, outcome, layer } = state.hidden;
  const kept = [
    category.delete(mark.category),
    outcome.delete(mark.outcome),
    layer.delete(mark.layer),
  ];
  return kept.includes(true);
}

/**
 * Tell whether a mark speaks for its pair, so that a pair is counted and visited once.
 * @param {Doc} doc
 * @param {Mark} mark
 */
export function isFirst(doc, mark) {
  return !mark.partners?.some((place) => doc.marks[place].layer < mark.layer);
}

/**
 * Tell whether a mark is one that a reader who looks for errors stops at.
 * @param {Mark} mark
 */
export function isError(mark) {
  return Boolean(outcomeOf(mark)?.error);
}

/**
 * Tell whether a mark is one that a reader who looks for what changed stops at.
 * @param {Mark} mark
 */
export function isChange(mark) {
  return Boolean(outcomeOf(mark)?.change);
}

/**
 * Return the places of the marks of a document that are wanted and let through, a pair once.
 * @param {Doc} doc
 * @param {(mark: Mark) => boolean} wanted
 */
export function stops(doc, wanted = () => true) {
  return [...doc.marks.keys()].filter((place) => {
    const mark = doc.marks[place];
    return isShown(mark) && isFirst(doc, mark) && wanted(mark);
  });
}

/**
 * Return the marks that a mark was paired with.
 * @param {Doc} doc
 * @param {Mark} mark
 */
export function partnersOf(doc, mark) {
  return (mark.partners ?? []).map((place) => doc.marks[place]);
}

/**
 * Return how loud a mark is: "error", "good" for other changes, "calm"; "" where nothing is known.
 * @param {Mark} mark
 */
export function toneOf(mark) {
  if (!outcomeOf(mark)) return "";
  if (isError(mark)) return "error";
  return isChange(mark) ? "good" : "calm";
}

/**
 * Return what a mark is, in a line.
 * @param {Mark} mark
 */
export function summary(mark) {
  const outcome = outcomeOf(mark);
  const layer = data.layers.length > 1 ? [layerOf(mark).name] : [];
  return [categoryOf(mark).name, ...layer, ...(outcome ? [outcome.label] : [])].join(", ");
}

/**
 * Return attributes in one line.
 * @param {Pick<Mark, "attributes">} stating
 */
export function statedLine({ attributes }) {
  return attributes
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name} ${values.join(", ")}`)
    .join(" · ");
}
