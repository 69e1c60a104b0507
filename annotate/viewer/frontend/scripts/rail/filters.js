// The filters: which layers, outcomes and categories are let through.

import { categoryOf, data, layersInOrder } from "../data.js";
import { button, make, words } from "../elements.js";
import { isFirst } from "../marks.js";
import { figure, tally } from "../numbers.js";
import { outcomeSign, swatch } from "../signs.js";
import { changed, current, state } from "../state.js";

/**
 * @typedef {import("../elements.js").Child} Child
 * @typedef {import("../state.js").Field} Field
 * @typedef {number | string} Value - what marks may have in a field
 */

/**
 * A value with its label and its counts, and what is said about it.
 * @typedef {{ value: Value, label: Child[], counts: number[], title?: string }} Choice
 */

/** Return the filter of the layers, or null where there is one layer only. */
export function layerFilter() {
  if (data.layers.length < 2) return null;
  const counts = tally(current()?.marks ?? [], (mark) => mark.layer);
  const choices = layersInOrder().map((layer) => ({
    value: layer,
    label: [edgeOf(data.layers[layer]), data.layers[layer].name],
    counts: [counts.get(layer) ?? 0],
  }));
  return filter("Layers", "layer", choices);
}

/**
 * Return a small picture of where the lines of a layer run.
 * @param {import("../data.js").Layer} layer
 */
function edgeOf({ side, faint }) {
  return make("span", { class: `edge ${side}${faint ? " faint" : ""}`, "aria-hidden": "true" });
}

/** Return the filter of the outcomes that this document has, or null. */
export function outcomeFilter() {
  const doc = current();
  if (!doc || data.outcomes.length === 0) return null;
  const counts = tally(
    doc.marks.filter((mark) => isFirst(doc, mark)),
    (mark) => mark.outcome,
  );
  const choices = data.outcomes.map((outcome) => ({
    value: outcome.name,
    label: [outcomeSign(outcome), outcome.label],
    counts: [counts.get(outcome.name) ?? 0],
    title: outcome.explained,
  }));
  const present = choices.filter(({ value }) => counts.has(value));
  return present.length > 0 ? filter("Outcomes", "outcome", present) : null;
}

/** Return the filter of the categories, with a count for each layer. */
export function categoryFilter() {
  const marks = current()?.marks ?? [];
  const layers = layersInOrder();
  const counts = layers.map((layer) =>
    tally(
      marks.filter((mark) => mark.layer === layer),
      (mark) => categoryOf(mark),
    ),
  );
  const choices = data.categories.map((category, place) => ({
    value: place,
    label: [swatch(category), words("span", { class: "name" }, category.name)],
    counts: counts.map((each) => each.get(category) ?? 0),
    title: category.definition.split("\n")[0],
  }));
  const names = layers.map((layer) => make("span", {}, data.layers[layer].name));
  const columns = layers.length > 1 ? make("span", { class: "columns" }, ...names) : null;
  return filter("Categories", "category", choices, columns);
}

// ---- Their parts ----

/**
 * Return a group of check boxes with buttons for all and none.
 * @param {string} title
 * @param {Field} field
 * @param {Choice[]} choices
 * @param {Child} [columns] - names of the counts
 */
function filter(title, field, choices, columns) {
  const values = choices.map(({ value }) => value);
  return make(
    "fieldset",
    { class: `filter ${field}` },
    make("legend", {}, title),
    make(
      "div",
      { class: "all" },
      button({ id: `all-${field}` }, () => letThrough(field, values, true), "all"),
      button({ id: `none-${field}` }, () => letThrough(field, values, false), "none"),
      columns,
    ),
    ...choices.map((choice) => filterRow(field, choice)),
  );
}

/**
 * Return a check box with its label and counts; a button beside it leaves this one alone.
 * @param {Field} field
 * @param {Choice} choice
 */
function filterRow(field, { value, label, counts, title }) {
  const id = `${field}-${value}`.replace(/[^\w-]/g, "-");
  const box = make("input", { type: "checkbox", id, checked: !state.hidden[field].has(value) });
  box.addEventListener("change", () => letThrough(field, [value], box.checked));
  return make(
    "div",
    { class: "choice", title },
    box,
    make("label", { for: id }, ...label),
    button(
      { class: "only", id: `only-${id}`, "aria-label": "only this" },
      () => letOnlyThrough(field, value),
      "only",
    ),
    ...counts.map((count) =>
      make("span", { class: count > 0 ? "count" : "count zero" }, figure(count)),
    ),
  );
}

/**
 * Let marks with some values through, or keep them out.
 * @param {Field} field
 * @param {Value[]} values
 * @param {boolean} through
 */
function letThrough(field, values, through) {
  for (const value of values) {
    if (through) state.hidden[field].delete(value);
    else state.hidden[field].add(value);
  }
  changed("filters");
}

/**
 * Keep every other value of a field out.
 * @param {Field} field
 * @param {Value} value
 */
function letOnlyThrough(field, value) {
  /** @type {Record<Field, Value[]>} */
  const every = {
    layer: [...data.layers.keys()],
    outcome: data.outcomes.map((outcome) => outcome.name),
    category: [...data.categories.keys()],
  };
  state.hidden[field] = new Set(every[field].filter((each) => each !== value));
  changed("filters");
}
