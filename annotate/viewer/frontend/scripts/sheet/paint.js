// Paint the marks: a line for each mark below the words (above them for the left side's layer), in
// a lane of its own, so that marks that overlap are all seen.

import { categoryOf, layerOf } from "../data.js";
import { find } from "../elements.js";
import { isShown } from "../marks.js";
import { current, selected, state } from "../state.js";
import { drawn } from "./drawn.js";
import { SIDES } from "./tags.js";

/**
 * @typedef {import("../data.js").Doc} Doc
 * @typedef {import("../data.js").Mark} Mark
 * @typedef {import("../data.js").Side} Side
 * @typedef {Map<number, number>} Lanes - the lane of each mark that is shown
 */

const STEP = 4; // pixels from one lane to the next
const MOST_LANES = 6; // more than these are seen in the margin alone

/** Paint every piece and tag by what the filters let through. */
export function paint() {
  const doc = current();
  if (!doc) return;
  const lanes = new Map([...lanesOf(doc, "left"), ...lanesOf(doc, "right")]);
  for (const piece of drawn.pieces) paintPiece(doc, piece, lanes);
  for (const group of drawn.groups) paintGroup(doc, group);
  for (const block of find(".sheet").querySelectorAll(".block")) {
    paintBlock(/** @type {HTMLElement} */ (block));
  }
  paintChoice();
}

/**
 * Give each shown mark of a side the first lane that is free all along it.
 * @param {Doc} doc
 * @param {Side} side
 */
function lanesOf(doc, side) {
  /** @type {number[]} */
  const ends = [];
  /** @type {Lanes} */
  const lanes = new Map();
  doc.marks.forEach((mark, place) => {
    if (layerOf(mark).side !== side || !isShown(mark)) return;
    const free = ends.findIndex((end) => end <= mark.start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = mark.end;
    lanes.set(place, Math.min(lane, MOST_LANES - 1));
  });
  return lanes;
}

/**
 * @param {Doc} doc
 * @param {import("./drawn.js").DrawnPiece} piece
 * @param {Lanes} lanes
 */
function paintPiece(doc, { element, marks }, lanes) {
  const here = marks.filter((place) => lanes.has(place));
  element.classList.toggle("marked", here.length > 0);
  element.style.background = here
    .map((place) => strip(doc.marks[place], lanes.get(place) ?? 0))
    .join(", ");
  for (const side of SIDES) {
    element.style.setProperty(`--${side}`, String(deepest(doc, here, lanes, side)));
  }
  element.style.setProperty("--tint", tint(doc, here));
}

/**
 * Return the hue of a piece: of its category, or none where it has several.
 * @param {Doc} doc
 * @param {number[]} here
 */
function tint(doc, here) {
  const hues = new Set(here.map((place) => categoryOf(doc.marks[place]).hue));
  return hues.size === 1 ? `var(--hue-${[...hues][0]})` : "var(--soft)";
}

/**
 * Return how many lanes a side needs for marks.
 * @param {Doc} doc
 * @param {number[]} here
 * @param {Lanes} lanes
 * @param {Side} side
 */
function deepest(doc, here, lanes, side) {
  const own = here.filter((place) => layerOf(doc.marks[place]).side === side);
  return Math.max(0, ...own.map((place) => (lanes.get(place) ?? 0) + 1));
}

/**
 * Return the line of a mark as a background layer.
 * @param {Mark} mark
 * @param {number} lane
 */
function strip(mark, lane) {
  const { pattern } = categoryOf(mark);
  const place =
    layerOf(mark).side === "left"
      ? `calc((var(--left) - ${lane + 1}) * ${STEP}px)`
      : `calc(100% - (var(--right) - ${lane + 1}) * ${STEP}px)`;
  const thickness = pattern === "double" ? 3 : 2;
  return `${LINES[pattern](hueOf(mark))} 0 ${place} / 100% ${thickness}px no-repeat`;
}

/** @param {Mark} mark */
function hueOf(mark) {
  const hue = `var(--hue-${categoryOf(mark).hue})`;
  return layerOf(mark).faint ? `color-mix(in oklab, ${hue} 45%, var(--paper))` : hue;
}

/** @type {Record<string, (hue: string) => string>} */
const LINES = {
  solid: (hue) => `linear-gradient(${hue} 0 0)`,
  dashed: (hue) => `repeating-linear-gradient(90deg, ${hue} 0 6px, #0000 6px 9px)`,
  dotted: (hue) => `repeating-linear-gradient(90deg, ${hue} 0 2px, #0000 2px 5px)`,
  double: (hue) => `linear-gradient(${hue} 0 1px, #0000 1px 2px, ${hue} 2px 3px)`,
};

/**
 * Show the tags of a group that the filters let through; a lone one has room for its name.
 * @param {Doc} doc
 * @param {import("./drawn.js").TagGroup} group
 */
function paintGroup(doc, { element, marks }) {
  const shown = marks.filter((place) => isShown(doc.marks[place]));
  element.hidden = shown.length === 0;
  element.dataset.count = String(shown.length);
  for (const place of marks) {
    const tag = drawn.tags.get(place);
    if (tag) tag.hidden = !shown.includes(place);
  }
}

/**
 * Give a block the line height that its lanes need.
 * @param {HTMLElement} block
 */
function paintBlock(block) {
  const pieces = [.../** @type {NodeListOf<HTMLElement>} */ (block.querySelectorAll(".marked"))];
  for (const side of SIDES) {
    const depths = pieces.map((piece) => Number(piece.style.getPropertyValue(`--${side}`)));
    block.style.setProperty(`--most-${side}`, String(Math.max(0, ...depths)));
  }
}

// ---- What is chosen ----

/** Set off the mark that is chosen, and what it was paired with; let the keyboard reach its tag. */
export function paintChoice() {
  const sheet = find(".sheet");
  for (const piece of sheet.querySelectorAll(".chosen")) piece.classList.remove("chosen", "cited");
  for (const tag of sheet.querySelectorAll(".partner")) tag.classList.remove("partner");
  sheet.querySelector(".tag[aria-pressed=true]")?.setAttribute("aria-pressed", "false");
  sheet.querySelector(".tag[tabindex='0']")?.setAttribute("tabindex", "-1");
  const first = current()?.marks.findIndex((mark) => isShown(mark)) ?? -1;
  drawn.tags.get(state.selected ?? first)?.setAttribute("tabindex", "0");
  const mark = selected();
  if (mark && state.selected !== null) paintChosen(mark, state.selected);
}

/**
 * @param {Mark} mark
 * @param {number} place
 */
function paintChosen(mark, place) {
  for (const { element, cited } of drawn.byMark.get(place) ?? []) {
    element.classList.add("chosen");
    element.classList.toggle("cited", !mark.evidence || cited.includes(place));
    element.style.setProperty("--chosen", `var(--hue-${categoryOf(mark).hue})`);
  }
  drawn.tags.get(place)?.setAttribute("aria-pressed", "true");
  for (const partner of mark.partners ?? []) drawn.tags.get(partner)?.classList.add("partner");
}
