// What annotators decided differently, side by side, and the key that takes either.

import { data } from "../data.js";
import { button, make, tell, words } from "../elements.js";
import { statedLine } from "../marks.js";
import { key, swatch } from "../signs.js";
import { selected } from "../state.js";
import { decideHere } from "./decide.js";

/** @typedef {import("../data.js").Version} Version */

/** Whether this is a curation: marks have several versions. */
export const curates = data.documents.some((doc) =>
  doc.marks.some((mark) => (mark.decided?.versions.length ?? 0) > 0),
);

/** Return the versions of the mark that is chosen, null where it has none. */
export function versions() {
  const found = selected()?.decided?.versions ?? [];
  if (found.length === 0) return null;
  return make(
    "section",
    { class: "versions", "aria-label": "Versions" },
    found.map((version, place) => side(version, place)),
  );
}

/**
 * @param {Version} version
 * @param {number} place
 */
function side({ by, remarks, kept }, place) {
  const known = data.categories.find((each) => each.name === kept?.category);
  return button(
    { class: "version", "aria-keyshortcuts": String(place + 1) },
    () => void takeVersion(place),
    make("span", { class: "line" }, key(String(place + 1)), words("b", {}, by.join(", "))),
    kept ? null : make("span", { class: "none" }, "keeps nothing"),
    kept &&
      make("span", { class: "line" }, known && swatch(known), words("bdi", {}, kept.category)),
    kept && words("span", { class: "stated" }, statedLine({ attributes: kept.stated })),
    kept && words("span", { class: "said" }, kept.quote),
    kept && marked(kept),
    remarks.map((each) => words("span", { class: "why" }, each)),
  );
}

/** @param {NonNullable<Version["kept"]>} kept */
function marked(kept) {
  if (kept.must_find) return make("span", { class: "note" }, "must be found");
  return kept.status === "optional" ? make("span", { class: "note" }, "optional") : null;
}

/**
 * Decide for a version of the mark that is chosen.
 * @param {number} place
 */
export async function takeVersion(place) {
  const version = selected()?.decided?.versions[place];
  if (!version) return tell("There is no such version here.");
  if (!version.kept) return decideHere("reject");
  const { category, attributes, start, end, status, must_find: mustFind } = version.kept;
  const content = { category, attributes, start, end, exact: true, status, must_find: mustFind };
  return decideHere("correct", content);
}
