// From offsets in the text of a document to places on the sheet. Offsets count UTF-16 units, as
// browsers do.

/** @type {Array<{ node: Text, start: number }>} */
let nodes = [];

/**
 * Note each text node of the document with the offset that its text starts at.
 * @param {Element} sheet
 */
export function collectNodes(sheet) {
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  nodes = [];
  let start = 0;
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    nodes.push({ node, start });
    start += node.length;
  }
}

/**
 * Return the range of the characters from `start` to `end` of the text on the sheet.
 * @param {number} start
 * @param {number} end
 */
export function rangeOf(start, end) {
  const range = document.createRange();
  const first = nodeAt(start);
  const last = nodeAt(end - 1);
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}

/**
 * Return the offsets of the characters of a range on the sheet.
 * @param {Element} sheet
 * @param {Range} range
 */
export function offsetsOf(sheet, range) {
  const before = document.createRange();
  before.setStart(sheet, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return { start, end: start + range.toString().length };
}

/** @param {number} offset */
function nodeAt(offset) {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (nodes[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return nodes[low];
}
