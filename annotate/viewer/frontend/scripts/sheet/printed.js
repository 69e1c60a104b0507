// The annotations as a list below the text, on paper alone: nobody can open them there.

import { categoryOf } from "../data.js";
import { quotesOf } from "../documents.js";
import { fill, find, make, words } from "../elements.js";
import { isShown, statedLine, summary } from "../marks.js";
import { pagesLine } from "../numbers.js";
import { current } from "../state.js";

/**
 * Draw the list while the page is on paper, and take it away afterwards.
 * @param {boolean} onPaper
 */
export function drawPrinted(onPaper) {
  const doc = onPaper ? current() : undefined;
  const rows = doc?.marks.flatMap((mark, place) =>
    isShown(mark) ? [row(mark, quotesOf(doc)[place])] : [],
  );
  const list = rows && rows.length > 0 ? [make("h3", {}, "Annotations"), make("ol", {}, rows)] : [];
  fill(find(".printed"), list);
}

/** Draw the list whenever the page goes to paper. */
export function listenForPaper() {
  window.addEventListener("beforeprint", () => drawPrinted(true));
  window.addEventListener("afterprint", () => drawPrinted(false));
  window.matchMedia("print").addEventListener("change", ({ matches }) => drawPrinted(matches));
}

/**
 * @param {import("../data.js").Mark} mark
 * @param {string} quote
 */
function row(mark, quote) {
  return make(
    "li",
    {},
    make("b", {}, categoryOf(mark).code),
    " ",
    words("span", {}, summary(mark)),
    ": ",
    words("q", {}, quote.trim()),
    mark.pages ? ` (${pagesLine(mark.pages).toLowerCase()})` : null,
    words("div", {}, statedLine(mark)),
  );
}
