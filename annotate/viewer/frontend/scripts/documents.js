// What follows from a document alone, worked out when it is first asked for.

/** @typedef {import("./data.js").Doc} Doc */

/**
 * Return a function that does its work once for each document.
 * @template Result
 * @param {(doc: Doc) => Result} work
 * @returns {(doc: Doc) => Result}
 */
function once(work) {
  /** @type {WeakMap<Doc, Result>} */
  const done = new WeakMap();
  return (doc) => {
    const known = done.get(doc);
    if (known !== undefined) return known;
    const result = work(doc);
    done.set(doc, result);
    return result;
  };
}

/** Return the pieces of a document in order. */
export const piecesOf = once((doc) => doc.blocks.flatMap((block) => block.pieces));

/** Return the text of a document. */
export const textOf = once((doc) =>
  piecesOf(doc)
    .map((piece) => piece.text)
    .join(""),
);

/** Return the characters that each mark of a document covers. */
export const quotesOf = once((doc) => {
  /** @type {string[][]} */
  const parts = doc.marks.map(() => []);
  for (const piece of piecesOf(doc)) {
    for (const place of piece.marks ?? []) parts[place].push(piece.text);
  }
  return parts.map((each) => each.join(""));
});

// Browsers count UTF-16 units, of which characters beyond U+FFFF have two: where these stand.
const wideOf = once((doc) => {
  /** @type {number[]} */
  const found = [];
  let place = 0;
  for (const character of textOf(doc)) {
    if (character.length > 1) found.push(place);
    place += 1;
  }
  return found;
});

/**
 * Return the offset in UTF-16 units of a code point.
 * @param {Doc} doc
 * @param {number} point
 */
export function unitAt(doc, point) {
  return point + wideOf(doc).filter((place) => place < point).length;
}

/**
 * Return the code point at an offset in UTF-16 units.
 * @param {Doc} doc
 * @param {number} unit
 */
export function pointAt(doc, unit) {
  return unit - wideOf(doc).filter((place, before) => place + before < unit).length;
}

/**
 * Return the number of annotations in the first layer: what the run made.
 * @param {Doc} doc
 */
export function foundIn(doc) {
  return doc.marks.filter((mark) => mark.layer === 0).length;
}

/**
 * Return how many answers and chunks of a document came to nothing.
 * @param {Doc} doc
 */
export function problemsOf(doc) {
  return doc.refused.length + doc.chunks.filter((chunk) => !chunk.answered).length;
}

/**
 * Return a chunk of a document by its number.
 * @param {Doc | undefined} doc
 * @param {number | undefined} number
 */
export function chunkOf(doc, number) {
  return doc?.chunks.find((each) => each.chunk === number);
}
