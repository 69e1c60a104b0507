// Everything there is to say about the mark that is chosen.

import { categoryOf, compares, data, isJudged, layerOf } from "../data.js";
import { foundIn, piecesOf } from "../documents.js";
import { make, section, spoken, words } from "../elements.js";
import { languagesLine } from "../languages.js";
import { isShown, partnersOf } from "../marks.js";
import { counted, figure, pagesLine } from "../numbers.js";
import { badge, key, swatch } from "../signs.js";
import { current, selected, state } from "../state.js";
import { attributes } from "./attributes.js";
import { evidence } from "./evidence.js";
import { quoteButton } from "./quotes.js";

/**
 * @typedef {import("../elements.js").Child} Child
 * @typedef {import("../data.js").Category} Category
 * @typedef {import("../data.js").Doc} Doc
 * @typedef {import("../data.js").Mark} Mark
 */

/** What else is said of a mark, below its heading. @type {Array<() => Child>} */
const added = [];

/**
 * Say more of the mark that is chosen.
 * @param {() => Child} draw
 */
export function addToDetails(draw) {
  added.push(draw);
}

/** @type {import("./panels.js").Panel} */
export const detailsPanel = {
  label: "Details",
  draw() {
    const doc = current();
    if (!doc) return [make("p", { class: "quiet" }, "This run holds no document.")];
    const mark = selected();
    return mark ? details(doc, mark) : [opening(doc)];
  },
};

/**
 * @param {Doc} doc
 * @param {Mark} mark
 */
function details(doc, mark) {
  return [
    heading(mark),
    ...added.map((draw) => draw()),
    quoteOf(doc, mark),
    placeOf(doc, mark),
    claimed(mark),
    ...attributes(doc, mark),
    evidence(doc, mark),
    facts(doc, mark),
    definition(categoryOf(mark)),
    others(doc, mark),
  ];
}

/**
 * Return what the panel says before anything is chosen.
 * @param {Doc} doc
 */
function opening(doc) {
  const size = `${counted(foundIn(doc), "annotation")} in ${counted(doc.characters, "character")}.`;
  const walk = ["Click a highlight, or press ", key("j"), " and ", key("k")];
  const errors =
    " goes to the next error. Lines above the words are gold, lines below are predicted.";
  return make(
    "div",
    { class: "opening" },
    make("p", { class: "large" }, size),
    make("p", {}, ...walk, " to walk through them."),
    isJudged && !compares && doc.report.length > 0 ? make("p", {}, key("e"), errors) : null,
    make("p", {}, key("/"), " searches, ", key("?"), " lists all keys and signs."),
    source(doc),
  );
}

/**
 * Return what is known of the source of a document.
 * @param {Doc} doc
 */
function source(doc) {
  const said = languagesLine(doc);
  /** @type {Doc["facts"]} */
  const languages = said ? [["language", said]] : [];
  return section("This document", factList([...languages, ...doc.facts]));
}

/** @param {Doc["facts"]} found */
function factList(found) {
  const rows = found.flatMap(([name, text]) => [words("dt", {}, name), words("dd", {}, text)]);
  return make("dl", { class: "facts" }, ...rows);
}

/** @param {Mark} mark */
function heading(mark) {
  const category = categoryOf(mark);
  return make(
    "h2",
    { class: "subject", tabindex: -1 },
    swatch(category),
    words("span", { class: "name" }, category.name),
    data.layers.length > 1 ? make("span", { class: "of" }, layerOf(mark).name) : null,
    badge(mark),
  );
}

/**
 * Return the quote of a mark with what was cited of it set off.
 * @param {Doc} doc
 * @param {Mark} mark
 */
function quoteOf(doc, mark) {
  const place = doc.marks.indexOf(mark);
  const parts = piecesOf(doc)
    .filter((piece) => piece.marks?.includes(place))
    .map((piece) => {
      const cited = !mark.evidence || (piece.cited ?? piece.marks ?? []).includes(place);
      return make("span", { class: cited ? "words" : "around" }, ...spoken(piece.text));
    });
  return make("blockquote", { dir: "auto" }, ...parts);
}

/**
 * @param {Doc} doc
 * @param {Mark} mark
 */
function placeOf(doc, mark) {
  const range = `characters ${figure(mark.start)}–${figure(mark.end)}`;
  const pages = mark.pages ? `${pagesLine(mark.pages)}, ` : "";
  return make("p", { class: "place" }, pages, range, " of ", words("bdi", {}, doc.name));
}

/**
 * Return a warning where the mark claims other words than the text has at its place.
 * @param {Mark} mark
 */
function claimed(mark) {
  if (!mark.claimed) return null;
  return make(
    "div",
    { class: "warning" },
    "It claims to quote other words than stand at its place:",
    words("blockquote", {}, mark.claimed),
  );
}

/**
 * Return what else there is to say about a mark, and about the gold that it was paired with.
 * @param {Doc} doc
 * @param {Mark} mark
 */
function facts(doc, mark) {
  const gold = partnersOf(doc, mark).filter((other) => layerOf(other).side === "left");
  const found = [mark, ...gold].flatMap((each) => each.facts ?? []);
  return found.length > 0 ? factList(found) : null;
}

/**
 * Return the definition of a category, its first paragraph open.
 * @param {Category} category
 */
export function definition(category) {
  if (!category.definition) {
    return make("p", { class: "quiet" }, "The schema at hand has no definition of this category.");
  }
  const [first, ...rest] = category.definition.split("\n");
  const more = make(
    "details",
    {},
    make("summary", {}, "All of it"),
    make("p", { class: "lines" }, rest.join("\n").trim()),
  );
  return make(
    "section",
    { class: "definition" },
    make("h3", {}, "Definition"),
    make("p", {}, first),
    rest.length > 0 ? more : null,
  );
}

/**
 * Return the other marks that touch this one, or null.
 * @param {Doc} doc
 * @param {Mark} mark
 */
function others(doc, mark) {
  const partners = partnersOf(doc, mark);
  const rows = doc.marks.flatMap((other, place) => {
    const touches = other.start < mark.end && mark.start < other.end;
    const isOther = other !== mark && !partners.includes(other);
    if (!touches || !isOther || !isShown(other)) return [];
    return [make("li", {}, quoteButton(state.document, place))];
  });
  if (rows.length === 0) return null;
  return section("Also on these words", make("ul", { class: "quotes" }, ...rows));
}
