// What stands on the sheet, so that it can be painted and found without searching the page.

/** @typedef {{ element: HTMLElement, marks: number[], cited: number[] }} DrawnPiece */
/** @typedef {{ element: HTMLElement, marks: number[] }} TagGroup */

/** Elements on the sheet; marks are positions in the document. */
export const drawn = {
  /** The pieces that marks cover. @type {DrawnPiece[]} */
  pieces: [],
  /** The same by mark. @type {Map<number, DrawnPiece[]>} */
  byMark: new Map(),
  /** The tag of each mark. @type {Map<number, HTMLElement>} */
  tags: new Map(),
  /** The tags that stand together. @type {TagGroup[]} */
  groups: [],
};

/** Forget the sheet, which is about to be drawn anew. */
export function forget() {
  drawn.pieces = [];
  drawn.byMark = new Map();
  drawn.tags = new Map();
  drawn.groups = [];
}

/**
 * Note a piece that marks cover.
 * @param {DrawnPiece} piece
 */
export function keep(piece) {
  piece.element.dataset.marks = piece.marks.join(" ");
  drawn.pieces.push(piece);
  for (const place of piece.marks) {
    const others = drawn.byMark.get(place);
    if (others) others.push(piece);
    else drawn.byMark.set(place, [piece]);
  }
}

/**
 * Return the element in which a mark begins, as far as a reader sees it.
 * @param {number} place
 */
export function firstElement(place) {
  const elements = drawn.byMark.get(place)?.map((piece) => piece.element) ?? [];
  return elements.find((element) => element.getClientRects().length > 0) ?? elements[0];
}
