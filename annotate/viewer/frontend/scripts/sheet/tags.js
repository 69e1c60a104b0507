// The tags in the margins: what the keyboard and a screen reader reach a mark by.

import { categoryOf, layerOf, layersOf, outcomeOf } from "../data.js";
import { quotesOf } from "../documents.js";
import { make } from "../elements.js";
import { summary, toneOf } from "../marks.js";
import { signed } from "../signs.js";
import { drawn } from "./drawn.js";

/** @typedef {import("../data.js").Doc} Doc */

/** @type {Array<import("../data.js").Side>} */
export const SIDES = ["left", "right"];

/**
 * Return the tags of marks that begin at one place, a group for each side of the text.
 * @param {Doc} doc
 * @param {number[]} begun
 */
export function tagsOf(doc, begun) {
  return SIDES.flatMap((side) => {
    const here = begun.filter((place) => layerOf(doc.marks[place]).side === side);
    return here.length > 0 ? [group(doc, here, side)] : [];
  });
}

/**
 * @param {Doc} doc
 * @param {number[]} here
 * @param {import("../data.js").Side} side
 */
function group(doc, here, side) {
  const columns = layersOf(side).map((layer) => {
    const own = here.filter((place) => doc.marks[place].layer === layer);
    return make(
      "span",
      { class: "column" },
      own.map((place) => tag(doc, place)),
    );
  });
  const element = make(
    "span",
    { class: `tags ${side}`, "data-columns": columns.length },
    ...columns,
  );
  drawn.groups.push({ element, marks: here });
  return element;
}

/**
 * Return the handle of a mark.
 * @param {Doc} doc
 * @param {number} place
 */
function tag(doc, place) {
  const mark = doc.marks[place];
  const category = categoryOf(mark);
  const element = make("button", {
    type: "button",
    class: layerOf(mark).faint ? "tag faint" : "tag",
    tabindex: -1,
    // What a tag says comes from the style sheet: its words are no words of the document.
    "data-mark": place,
    "data-name": category.name,
    "data-code": category.code,
    "data-sign": outcomeOf(mark)?.sign ?? "",
    "data-tone": toneOf(mark),
    title: summary(mark),
    "aria-label": `${summary(mark)}: ${quotesOf(doc)[place]}`,
  });
  drawn.tags.set(place, element);
  return signed(element, category);
}
