// Lists of quotes that go to what they quote.

import { categoryOf, data } from "../data.js";
import { quotesOf } from "../documents.js";
import { button, make, words } from "../elements.js";
import { statedLine, summary } from "../marks.js";
import { choose } from "../moves.js";
import { badge, swatch } from "../signs.js";

/**
 * Return a button that shows a mark and goes to it.
 * @param {number} documentPlace
 * @param {number} place
 * @param {{ withCategory?: boolean }} [options]
 */
export function quoteButton(documentPlace, place, { withCategory = true } = {}) {
  const doc = data.documents[documentPlace];
  const mark = doc.marks[place];
  const quote = quotesOf(doc)[place];
  return button(
    {
      class: "quote",
      "aria-label": `${summary(mark)}: ${quote}`,
      "data-goto": `${documentPlace}:${place}`,
    },
    () => choose(documentPlace, place),
    withCategory ? categoryLine(mark) : badge(mark),
    words("span", { class: "said" }, quote.trim()),
    make("span", { class: "stated" }, statedLine(mark)),
  );
}

/** @param {import("../data.js").Mark} mark */
function categoryLine(mark) {
  const category = categoryOf(mark);
  return make(
    "span",
    { class: "line" },
    swatch(category),
    make("span", { class: "name" }, category.name),
    badge(mark),
  );
}

/**
 * Return the name of a document where a list of several comes to it.
 * @param {number} documentPlace
 * @param {number | undefined} before - the document of the row before
 */
export function comesFrom(documentPlace, before) {
  if (documentPlace === before) return null;
  return words("li", { class: "from" }, data.documents[documentPlace].name);
}
