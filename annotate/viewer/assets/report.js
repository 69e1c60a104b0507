// The report: scores, and the errors of a document; of a comparison, what changed.

/** Return the places of the marks that the report lists. */
function reported(doc) {
  return doc ? stops(doc, compares ? isChange : isError) : [];
}

function reportPanel() {
  const doc = current();
  const report = data.documents.length > 1 || compares ? data.report : [];
  const rows = reported(doc).map((place) => make("li", {}, quoteButton(state.document, place)));
  const judged = (doc?.report.length ?? 0) > 0;
  return [
    ...report.map(reportSection),
    ...(doc?.report ?? []).map(reportSection),
    judged
      ? make("h3", {}, counted(rows.length, compares ? "change" : "error"))
      : make("p", { class: "quiet" }, "There is no gold for this document."),
    make("ul", { class: "quotes" }, ...rows),
  ].filter(Boolean);
}

const MOST_NOTES = 4; // that are open at once

function moreNotes(notes) {
  if (notes.length === 0) return null;
  return make(
    "details",
    {},
    make("summary", {}, `${figure(notes.length)} more`),
    ...notes.map((note) => words("p", { class: "note" }, note)),
  );
}

/** Return a section of the report: a title, sentences, a table. */
function reportSection({ title, notes, columns, rows }) {
  const head = make("tr", {}, ...columns.map((name) => make("th", {}, name)));
  const body = rows.map(([name, ...figures]) =>
    make("tr", {}, words("th", {}, name), ...figures.map((each) => make("td", {}, each))),
  );
  return make(
    "section",
    { class: "report" },
    words("h3", {}, title),
    ...notes.slice(0, MOST_NOTES).map((note) => words("p", { class: "note" }, note)),
    moreNotes(notes.slice(MOST_NOTES)),
    rows.length > 0 ? make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)) : null,
  );
}
