// What the documents say of each category, and on what they are silent.

import { data } from "../data.js";
import { button, fill, make, words } from "../elements.js";
import { figure } from "../numbers.js";
import { swatch } from "../signs.js";
import { changed, current, state } from "../state.js";
import { comesFrom, quoteButton } from "./quotes.js";

/** @typedef {Array<[documentPlace: number, place: number]>} Found - marks, in order */

/** @type {import("./panels.js").Panel} */
export const categoriesPanel = {
  label: "Categories",
  draw() {
    const every = [...data.documents.keys()];
    const places = every.filter((place) => state.everywhere || place === state.document);
    const sections = data.categories.map((_, category) => categorySection(category, places));
    return [every.length > 1 ? scope() : null, ...sections, silences()];
  },
};

/** Return the choice between this document and all of them. */
function scope() {
  return make(
    "div",
    { class: "scope", role: "group", "aria-label": "Which documents" },
    scopeButton("This document", false),
    scopeButton("All documents", true),
  );
}

/**
 * @param {string} label
 * @param {boolean} everywhere
 */
function scopeButton(label, everywhere) {
  const act = () => {
    state.everywhere = everywhere;
    changed("panel");
  };
  return button({ "aria-pressed": String(state.everywhere === everywhere) }, act, label);
}

/**
 * Return what documents say of one category, or null where they say nothing.
 * @param {number} place
 * @param {number[]} documents
 */
function categorySection(place, documents) {
  const category = data.categories[place];
  const found = documents.flatMap((each) => marksOf(each, place));
  if (found.length === 0) return null;
  const rows = make("ul", { class: "quotes" });
  const section = make(
    "details",
    { class: "category", "data-category": place },
    make(
      "summary",
      {},
      swatch(category),
      words("span", { class: "name" }, category.name),
      make("span", { class: "count" }, figure(found.length)),
    ),
    category.definition ? make("p", { class: "note" }, category.definition.split("\n")[0]) : null,
    rows,
  );
  // The quotes are drawn when it is opened, and not before: there may be thousands.
  section.addEventListener("toggle", () => {
    if (section.open && rows.childElementCount === 0) fill(rows, ...quoteRows(found));
  });
  return section;
}

/** @param {Found} found */
function quoteRows(found) {
  return found.flatMap(([documentPlace, place], at) => [
    state.everywhere ? comesFrom(documentPlace, found[at - 1]?.[0]) : null,
    make("li", {}, quoteButton(documentPlace, place, { withCategory: false })),
  ]);
}

/**
 * Return the marks of the first layer that are of a category.
 * @param {number} documentPlace
 * @param {number} category
 * @returns {Found}
 */
function marksOf(documentPlace, category) {
  return data.documents[documentPlace].marks.flatMap((mark, place) =>
    mark.category === category && mark.layer === 0 ? [[documentPlace, place]] : [],
  );
}

/** Say on what this document is silent, and on what nobody knows; null where there is neither. */
function silences() {
  const silence = current()?.silence;
  if (!silence || silence.silent.length + silence.open.length === 0) return null;
  const sure = "Every chunk of this document was answered, and nothing of these was found.";
  const unsure = `No silence is claimed: ${silence.why}.`;
  return make(
    "section",
    { class: "silence" },
    absent("Silent", sure, silence.silent),
    absent("Not found, and not known to be absent", unsure, silence.open),
  );
}

/**
 * @param {string} title
 * @param {string} reason
 * @param {number[]} places
 */
function absent(title, reason, places) {
  if (places.length === 0) return null;
  const rows = places.map((place) =>
    make("li", {}, swatch(data.categories[place]), words("span", {}, data.categories[place].name)),
  );
  return make(
    "div",
    {},
    make("h3", {}, title),
    make("p", { class: "note" }, reason),
    make("ul", { class: "names" }, ...rows),
  );
}
