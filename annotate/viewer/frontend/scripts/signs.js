// Small pictures: of a category, of an outcome, of a key.

import { outcomeOf } from "./data.js";
import { make } from "./elements.js";

/**
 * Give an element the hue and the line of a category.
 * @template {HTMLElement} Signed
 * @param {Signed} element
 * @param {import("./data.js").Category} category
 */
export function signed(element, category) {
  element.style.setProperty("--hue", `var(--hue-${category.hue})`);
  element.style.setProperty("--line", category.pattern);
  return element;
}

/**
 * Return a small picture of a category: its hue, its line, its code.
 * @param {import("./data.js").Category} category
 */
export function swatch(category) {
  return signed(make("span", { class: "swatch", "aria-hidden": "true" }, category.code), category);
}

/**
 * Return the sign of an outcome.
 * @param {import("./data.js").Outcome} outcome
 */
export function outcomeSign(outcome) {
  const kind = outcome.error ? "error" : "fine";
  return make("span", { class: `sign ${kind}`, "aria-hidden": "true" }, outcome.sign);
}

/**
 * Return the sign and the name of what became of a mark, or null.
 * @param {import("./data.js").Mark} mark
 */
export function badge(mark) {
  const outcome = outcomeOf(mark);
  if (!outcome) return null;
  const kind = outcome.error ? "error" : "fine";
  return make(
    "span",
    { class: `badge ${kind}`, title: outcome.explained },
    make("span", { class: "sign", "aria-hidden": "true" }, outcome.sign),
    outcome.label,
  );
}

/**
 * Return the picture of a key.
 * @param {string} name
 */
export function key(name) {
  return make("kbd", {}, name);
}
