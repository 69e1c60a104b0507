// The index: what the documents say of each category, and on what they are silent.

function indexPanel() {
  const scope = make(
    "div",
    { class: "scope", role: "group", "aria-label": "Which documents" },
    scopeButton("This document", false),
    scopeButton("All documents", true),
  );
  const places = state.everywhere ? data.documents.map((_, place) => place) : [state.document];
  const sections = data.categories.map((category, place) => indexSection(category, place, places));
  return [data.documents.length > 1 ? scope : null, ...sections, silences()].filter(Boolean);
}

function scopeButton(label, everywhere) {
  const act = () => {
    state.everywhere = everywhere;
    drawPanel();
  };
  return button({ "aria-pressed": String(state.everywhere === everywhere) }, act, label);
}

/** Return what the documents say of one category, or null where they say nothing. */
function indexSection(category, place, documents) {
  const found = documents.flatMap((each) => marksOf(each, place).map((mark) => [each, mark]));
  if (found.length === 0) return null;
  const rows = make("ul", { class: "quotes" });
  const section = make(
    "details",
    { class: "category", "data-category": place },
    make(
      "summary",
      {},
      swatch(category),
      words("span", { class: "name" }, category.name),
      make("span", { class: "count" }, figure(found.length)),
    ),
    category.definition ? make("p", { class: "note" }, category.definition.split("\n")[0]) : null,
    rows,
  );
  section.addEventListener("toggle", () => fillIndex(section, rows, found));
  return section;
}

/** Draw the quotes of a category when it is opened, and not before: there may be thousands. */
function fillIndex(section, rows, found) {
  if (!section.open || rows.childElementCount > 0) return;
  let last = -1;
  for (const [documentPlace, place] of found) {
    if (state.everywhere && documentPlace !== last) {
      rows.append(words("li", { class: "from" }, data.documents[documentPlace].name));
    }
    last = documentPlace;
    rows.append(make("li", {}, quoteButton(documentPlace, place, false)));
  }
}

/** Return the marks of the first layer that are of a category. */
function marksOf(documentPlace, category) {
  const marks = data.documents[documentPlace].marks;
  return [...marks.keys()].filter(
    (place) => marks[place].category === category && marks[place].layer === 0,
  );
}

/** Say on what this document is silent, and on what nobody knows. */
function silences() {
  const silence = current()?.silence;
  if (!silence || (silence.silent.length === 0 && silence.open.length === 0)) return null;
  return make(
    "section",
    { class: "silence" },
    silence.silent.length > 0
      ? silent(
          "Silent",
          "Every chunk of this document was answered, and nothing of these was found.",
          silence.silent,
        )
      : null,
    silence.open.length > 0
      ? silent(
          "Not found, and not known to be absent",
          `No silence is claimed: ${silence.why}.`,
          silence.open,
        )
      : null,
  );
}

function silent(title, reason, places) {
  const rows = places.map((place) =>
    make("li", {}, swatch(data.categories[place]), words("span", {}, data.categories[place].name)),
  );
  return make(
    "div",
    {},
    make("h3", {}, title),
    make("p", { class: "note" }, reason),
    make("ul", { class: "names" }, ...rows),
  );
}
