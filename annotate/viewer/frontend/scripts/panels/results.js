// What the search found.

import { data } from "../data.js";
import { textOf } from "../documents.js";
import { button, make, section, spoken } from "../elements.js";
import { figure } from "../numbers.js";
import { goToHit, MOST_RESULTS, resultCount, results } from "../search.js";
import { state } from "../state.js";
import { comesFrom, quoteButton } from "./quotes.js";

/** @typedef {import("../search.js").TextHit} TextHit */

const AROUND = 36; // characters shown on either side of a hit

/** @type {import("./panels.js").Panel} */
export const resultsPanel = {
  label: "Results",
  when: () => state.query !== "",
  count: resultCount,
  draw() {
    if (resultCount() === 0) return [make("p", { class: "quiet" }, "Nothing found.")];
    const { texts, marks } = results;
    const several = data.documents.length > 1;
    return [
      hits(
        "In the text",
        texts.length,
        texts.flatMap((hit, place) => [
          several ? comesFrom(hit.document, texts[place - 1]?.document) : null,
          make("li", {}, hitButton(hit, place)),
        ]),
      ),
      hits(
        "In annotations",
        marks.length,
        marks.map((hit) => make("li", {}, quoteButton(hit.document, hit.mark))),
      ),
    ];
  },
};

/**
 * @param {string} where
 * @param {number} count
 * @param {import("../elements.js").Child[]} rows
 */
function hits(where, count, rows) {
  if (count === 0) return null;
  const many = count === MOST_RESULTS ? `the first ${count}` : figure(count);
  return section(`${where}: ${many}`, make("ul", { class: "quotes" }, ...rows));
}

/**
 * @param {TextHit} hit
 * @param {number} place
 */
function hitButton({ document, start, end }, place) {
  const text = textOf(data.documents[document]);
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  return button(
    { class: "quote", "data-hit": place },
    () => goToHit(place),
    make(
      "span",
      { class: "said", dir: "auto" },
      "…",
      // Words that were cut are left out.
      ...spoken(start > AROUND ? before.replace(/^\S*\s/, "") : before),
      make("mark", {}, ...spoken(text.slice(start, end))),
      ...spoken(after.replace(/\s\S*$/, "")),
      "…",
    ),
  );
}
