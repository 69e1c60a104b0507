// The report: scores, and the errors of a document; of a comparison, what changed.

import { compares, data, isJudged } from "../data.js";
import { make, words } from "../elements.js";
import { isChange, isError, stops } from "../marks.js";
import { counted, figure } from "../numbers.js";
import { current, state } from "../state.js";
import { quoteButton } from "./quotes.js";

const MOST_NOTES = 4; // that are open at once

/** @type {import("./panels.js").Panel} */
export const reportPanel = {
  label: compares ? "Changes" : "Errors",
  when: () => isJudged,
  count: () => reported().length,
  draw() {
    const own = current()?.report ?? [];
    // On the page of one document the scores of the run would be those of the document again.
    const whole = data.documents.length > 1 || compares ? data.report : [];
    const rows = reported().map((place) => make("li", {}, quoteButton(state.document, place)));
    return [
      ...[...whole, ...own].map(reportSection),
      own.length > 0
        ? make("h3", {}, counted(rows.length, compares ? "change" : "error"))
        : make("p", { class: "quiet" }, "There is no gold for this document."),
      make("ul", { class: "quotes" }, ...rows),
    ];
  },
};

/** Return the places of the marks that the report lists. */
function reported() {
  const doc = current();
  return doc ? stops(doc, compares ? isChange : isError) : [];
}

/** @param {import("../data.js").Section} section */
function reportSection({ title, notes, columns, rows }) {
  return make(
    "section",
    { class: "report" },
    words("h3", {}, title),
    ...notes.slice(0, MOST_NOTES).map(note),
    moreNotes(notes.slice(MOST_NOTES)),
    rows.length > 0 ? table(columns, rows) : null,
  );
}

/** @param {string} text */
function note(text) {
  return words("p", { class: "note" }, text);
}

/** @param {string[]} notes */
function moreNotes(notes) {
  if (notes.length === 0) return null;
  const head = make("summary", {}, `${figure(notes.length)} more`);
  return make("details", {}, head, ...notes.map(note));
}

/**
 * @param {string[]} columns
 * @param {string[][]} rows
 */
function table(columns, rows) {
  const head = make("tr", {}, ...columns.map((name) => make("th", {}, name)));
  const body = rows.map(([name, ...figures]) =>
    make("tr", {}, words("th", {}, name), ...figures.map((each) => make("td", {}, each))),
  );
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}
