// Say everything there is to say about one mark.

/** Return the panel of the mark that is chosen. */
function detailsPanel() {
  const mark = selected();
  if (!mark) return [opening()];
  const doc = current();
  const category = data.categories[mark.category];
  return [
    heading(doc, mark, category),
    quoteOf(doc, mark),
    placeOf(doc, mark),
    claimed(mark),
    ...sides(doc, mark, category),
    evidenceOf(doc, mark),
    factsOf(doc, mark),
    definitionOf(category),
    others(doc, mark),
  ].filter(Boolean);
}

/** Return what the panel says before anything is chosen. */
function opening() {
  const doc = current();
  if (!doc) return make("p", { class: "quiet" }, "This run holds no document.");
  const found = doc.marks.filter((mark) => mark.layer === 0).length;
  return make(
    "div",
    { class: "opening" },
    make(
      "p",
      { class: "large" },
      `${counted(found, "annotation")} in ${counted(doc.characters, "character")}.`,
    ),
    make(
      "p",
      {},
      "Click a highlight, or press ",
      key("j"),
      " and ",
      key("k"),
      " to walk through them.",
    ),
    outcomes.size > 0 && !compares && doc.report.length > 0
      ? make(
          "p",
          {},
          key("e"),
          " goes to the next error. Lines above the words are gold, lines below are predicted.",
        )
      : null,
    make("p", {}, key("/"), " searches, ", key("?"), " lists all keys and signs."),
  );
}

function key(name) {
  return make("kbd", {}, name);
}

function heading(doc, mark, category) {
  return make(
    "h2",
    { class: "subject", tabindex: -1 },
    swatch(category),
    words("span", { class: "name" }, category.name),
    data.layers.length > 1 ? make("span", { class: "of" }, data.layers[mark.layer].name) : null,
    badge(mark),
  );
}

/** Return the sign and the name of what became of a mark, or null. */
function badge(mark) {
  const outcome = outcomes.get(mark.outcome);
  if (!outcome) return null;
  const kind = outcome.error ? "error" : "fine";
  return make(
    "span",
    { class: `badge ${kind}`, title: outcome.explained },
    make("span", { class: "sign", "aria-hidden": "true" }, outcome.sign),
    outcome.label,
  );
}

/** Return the quote of a mark with what was cited of it set off. */
function quoteOf(doc, mark) {
  const place = doc.marks.indexOf(mark);
  const element = make("blockquote", { dir: "auto" });
  for (const piece of piecesOf(doc)) {
    if (!piece.marks?.includes(place)) continue;
    const whole = !mark.evidence || (piece.cited ?? piece.marks).includes(place);
    element.append(make("span", { class: whole ? "words" : "around" }, ...spoken(piece.text)));
  }
  return element;
}

function placeOf(doc, mark) {
  const range = `characters ${figure(mark.start)}–${figure(mark.end)}`;
  return make("p", { class: "place" }, range, " of ", words("bdi", {}, doc.name));
}

/** Return a warning where the mark claims other words than the text has at its place. */
function claimed(mark) {
  if (!mark.claimed) return null;
  return make(
    "div",
    { class: "warning" },
    "It claims to quote other words than stand at its place:",
    words("blockquote", {}, mark.claimed),
  );
}

/** Return what else there is to say about a mark, and about the gold that it was paired with. */
function factsOf(doc, mark) {
  const gold = (mark.partners ?? [])
    .map((place) => doc.marks[place])
    .filter((other) => data.layers[other.layer].side === "left");
  const facts = [mark, ...gold].flatMap((each) => each.facts ?? []);
  if (facts.length === 0) return null;
  const rows = facts.flatMap(([name, text]) => [make("dt", {}, name), words("dd", {}, text)]);
  return make("dl", { class: "facts" }, ...rows);
}

/** Return the definition of a category, its first paragraph open. */
function definitionOf(category) {
  if (!category.definition) {
    return make("p", { class: "quiet" }, "The schema at hand has no definition of this category.");
  }
  const [first, ...rest] = category.definition.split("\n");
  return make(
    "section",
    { class: "definition" },
    make("h3", {}, "Definition"),
    make("p", {}, first),
    rest.length > 0
      ? make(
          "details",
          {},
          make("summary", {}, "All of it"),
          make("p", { class: "lines" }, rest.join("\n").trim()),
        )
      : null,
  );
}

/** Return the other marks that touch this one. */
function others(doc, mark) {
  const partners = new Set((mark.partners ?? []).map((place) => doc.marks[place]));
  const touching = doc.marks.filter(
    (each) =>
      each !== mark &&
      !partners.has(each) &&
      isShown(each) &&
      each.start < mark.end &&
      mark.start < each.end,
  );
  if (touching.length === 0) return null;
  const rows = touching.map((each) =>
    make("li", {}, quoteButton(state.document, doc.marks.indexOf(each))),
  );
  return make(
    "section",
    {},
    make("h3", {}, "Also on these words"),
    make("ul", { class: "quotes" }, ...rows),
  );
}

/** Return a small picture of a category: its hue, its line, its code. */
function swatch(category) {
  return signed(make("span", { class: "swatch", "aria-hidden": "true" }, category.code), category);
}

/** Return a button that shows a mark and goes to it. */
function quoteButton(documentPlace, place, withCategory = true) {
  const doc = data.documents[documentPlace];
  const mark = doc.marks[place];
  const category = data.categories[mark.category];
  return button(
    {
      class: "quote",
      "aria-label": `${summary(mark)}: ${quotesOf(doc)[place]}`,
      "data-goto": `${documentPlace}:${place}`,
    },
    () => choose(documentPlace, place),
    withCategory
      ? make(
          "span",
          { class: "line" },
          swatch(category),
          make("span", { class: "name" }, category.name),
          badge(mark),
        )
      : badge(mark),
    words("span", { class: "said" }, quotesOf(doc)[place].trim()),
    make("span", { class: "stated" }, statedLine(mark)),
  );
}

/** Return the attributes of a mark in one line. */
function statedLine(mark) {
  return mark.attributes
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name} ${values.join(", ")}`)
    .join(" · ");
}
