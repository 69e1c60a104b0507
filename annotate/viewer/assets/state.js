// What the page shows and what is chosen on it. Everything else is drawn from here.

const data = JSON.parse(document.getElementById("data").textContent);
const outcomes = new Map(data.outcomes.map((outcome) => [outcome.name, outcome]));

const state = {
  document: 0,
  selected: null, // position of a mark in the document
  tab: "details",
  everywhere: false, // whether the index lists all documents
  query: "",
  keys: true, // whether single letters act
  hidden: { category: new Set(), outcome: new Set(), layer: new Set() },
};

/** Return the document that is read. */
function current() {
  return data.documents[state.document];
}

/** Return the mark that is chosen, or undefined. */
function selected() {
  return state.selected === null ? undefined : current()?.marks[state.selected];
}

/** Tell whether the filters let a mark through. */
function isShown(mark) {
  return !Object.entries(state.hidden).some(([field, hidden]) => hidden.has(mark[field]));
}

/** Tell whether a mark speaks for its pair, so that a pair is counted and visited once. */
function isFirst(doc, mark) {
  return !mark.partners?.some((place) => doc.marks[place].layer < mark.layer);
}

/** Tell whether a mark is one that a reader who looks for errors stops at. */
function isError(mark) {
  return Boolean(outcomes.get(mark.outcome)?.error);
}

/** Tell whether a mark is one that a reader who looks for what changed stops at. */
function isChange(mark) {
  return Boolean(outcomes.get(mark.outcome)?.change);
}

/** Whether the page is about what changed. */
const compares = data.outcomes.some((outcome) => outcome.change);

/** Return the places of the marks of a document that are wanted and let through, a pair once. */
function stops(doc, wanted = () => true) {
  return [...doc.marks.keys()].filter((place) => {
    const mark = doc.marks[place];
    return isShown(mark) && isFirst(doc, mark) && wanted(mark);
  });
}

/** Return the pieces of a document in order. */
function piecesOf(doc) {
  doc.pieces ??= doc.blocks.flatMap((block) => block.pieces);
  return doc.pieces;
}

/** Return the characters that each mark of a document covers. */
function quotesOf(doc) {
  doc.quotes ??= quotes(doc);
  return doc.quotes;
}

function quotes(doc) {
  const parts = doc.marks.map(() => []);
  for (const piece of piecesOf(doc)) {
    for (const place of piece.marks ?? []) parts[place].push(piece.text);
  }
  return parts.map((each) => each.join(""));
}

/** Return the text of a document. */
function textOf(doc) {
  doc.text ??= piecesOf(doc)
    .map((piece) => piece.text)
    .join("");
  return doc.text;
}

/** Count marks by what `field` returns of them. */
function tally(marks, field) {
  const counts = new Map();
  for (const mark of marks) counts.set(field(mark), (counts.get(field(mark)) ?? 0) + 1);
  return counts;
}

/** Return how many answers and chunks of a document came to nothing. */
function problemsOf(doc) {
  return doc.refused.length + doc.chunks.filter((chunk) => !chunk.answered).length;
}

/** Let a mark through every filter. */
function reveal(mark) {
  let changed = false;
  for (const [field, hidden] of Object.entries(state.hidden)) {
    changed = hidden.delete(mark[field]) || changed;
  }
  return changed;
}
