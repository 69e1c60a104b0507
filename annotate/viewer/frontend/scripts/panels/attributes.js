// The attributes of a mark, with those of what it was paired with, and what their values mean.

import { categoryOf, layerOf } from "../data.js";
import { make, words } from "../elements.js";
import { partnersOf } from "../marks.js";
import { state } from "../state.js";
import { quoteButton } from "./quotes.js";

/**
 * @typedef {import("../data.js").Attribute} Attribute
 * @typedef {import("../data.js").Doc} Doc
 * @typedef {import("../data.js").Mark} Mark
 */

/**
 * Return the attributes of a mark and, beside them, those of what it was paired with.
 * @param {Doc} doc
 * @param {Mark} mark
 */
export function attributes(doc, mark) {
  const partners = partnersOf(doc, mark);
  // Gold has the last layer and comes first.
  const shown = [mark, ...partners].sort((a, b) => b.layer - a.layer);
  const rows = attributeNames(shown).flatMap((name) => attributeRow(name, shown, mark));
  const moved = partners.filter(
    (other) =>
      other.start !== mark.start || other.end !== mark.end || other.category !== mark.category,
  );
  return [
    rows.length > 0 ? make("h3", {}, "Attributes") : null,
    rows.length > 0 ? make("dl", { class: "attributes" }, ...rows) : null,
    ...moved.map((other) => partnerLine(doc, other)),
  ];
}

/** @param {Mark[]} marks */
function attributeNames(marks) {
  return [...new Set(marks.flatMap((mark) => mark.attributes.map(([name]) => name)))];
}

/**
 * @param {string} name
 * @param {Mark[]} shown
 * @param {Mark} mark
 */
function attributeRow(name, shown, mark) {
  const known = categoryOf(mark).attributes[name];
  const differs = mark.differs?.includes(name) ?? false;
  const lines =
    shown.length > 1 && differs
      ? shown.map((each) => valueLine(each, name, layerOf(each).name, shown))
      : [valueLine(mark, name, "", [mark])];
  return [
    make(
      "dt",
      { title: known?.definition },
      words("bdi", {}, name),
      differs ? make("span", { class: "flag" }, "differs") : null,
    ),
    make("dd", {}, ...lines, ...valueNotes(name, shown, known)),
  ];
}

/**
 * Return the values of one attribute of a mark; those that not every side states are set off.
 * @param {Mark} mark
 * @param {string} name
 * @param {string} label
 * @param {Mark[]} sides
 */
function valueLine(mark, name, label, sides) {
  const values = valuesOf(mark, name).map((value) => {
    const common = sides.every((side) => valuesOf(side, name).includes(value));
    return words("span", { class: common ? "value" : "value odd" }, value);
  });
  return make(
    "div",
    { class: "values" },
    label ? make("span", { class: "whose" }, label) : null,
    values.length > 0 ? values : make("span", { class: "none" }, "nothing stated"),
  );
}

/**
 * @param {Mark} mark
 * @param {string} name
 */
function valuesOf(mark, name) {
  return mark.attributes.find(([each]) => each === name)?.[1] ?? [];
}

/**
 * Return the definitions of the values that are stated, else that of the attribute.
 * @param {string} name
 * @param {Mark[]} shown
 * @param {Attribute | undefined} known
 */
function valueNotes(name, shown, known) {
  if (!known) return [];
  const stated = new Set(shown.flatMap((mark) => valuesOf(mark, name)));
  // Values come from a model: one may be called "constructor".
  const defined = [...stated].filter((value) => Object.hasOwn(known.values, value));
  if (defined.length === 0) return [make("p", { class: "note" }, known.definition)];
  return defined.map((value) =>
    make("p", { class: "note" }, make("b", {}, value), ` ${known.values[value]}`),
  );
}

/**
 * Return what a mark was paired with, where it stands elsewhere or is of another category.
 * @param {Doc} doc
 * @param {Mark} other
 */
function partnerLine(doc, other) {
  return make(
    "div",
    { class: "other" },
    make("p", { class: "whose" }, `${layerOf(other).name}: ${categoryOf(other).name}`),
    quoteButton(state.document, doc.marks.indexOf(other)),
  );
}
