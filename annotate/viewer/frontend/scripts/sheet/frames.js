// Put blocks into what they stand in: a table, a list, what stands around the text.

import { make } from "../elements.js";

/**
 * @typedef {import("../data.js").Block} Block
 * @typedef {import("../data.js").Cell} Cell
 * @typedef {(block: Block) => Node[]} Draw - draws a block; they come in the order of the text
 */

/**
 * Return the nodes of blocks in their frames.
 * @param {Block[]} blocks
 * @param {Draw} draw
 */
export function framed(blocks, draw) {
  return runs(blocks, (block) => block.around).flatMap((run) => {
    const inner = runs(run, frameOf).flatMap((part) => frame(part, draw));
    const [{ around }] = run;
    return around ? [aside(around, inner)] : inner;
  });
}

/**
 * Return rows of blocks that follow each other and have the same key.
 * @param {Block[]} blocks
 * @param {(block: Block) => string | number | undefined} key
 */
function runs(blocks, key) {
  /** @type {Block[][]} */
  const found = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (last && key(last[0]) === key(block)) last.push(block);
    else found.push([block]);
  }
  return found;
}

/** @param {Block} block */
function frameOf(block) {
  if (block.cell) return block.cell.table;
  return block.kind === "item" ? "list" : "";
}

/**
 * @param {Block[]} part
 * @param {Draw} draw
 * @returns {Node[]}
 */
function frame(part, draw) {
  const kind = frameOf(part[0]);
  if (kind === "") return part.flatMap(draw);
  if (kind === "list") return [make("div", { role: "list" }, part.flatMap(draw))];
  return [table(part, draw)];
}

/**
 * Return what stands around the text, under a label that says what it is.
 * @param {string} label
 * @param {Node[]} inner
 */
function aside(label, inner) {
  // The label is no text of the document: it comes from the style sheet.
  const shown = make("div", { class: "label", "aria-hidden": "true", "data-label": label });
  return make("div", { class: "around", role: "group", "aria-label": label }, shown, inner);
}

// ---- Tables ----

/**
 * Return a table that scrolls by itself where it is wider than the text.
 * @param {Block[]} blocks
 * @param {Draw} draw
 */
function table(blocks, draw) {
  const rows = runs(blocks, (block) => block.cell?.row).map((row) =>
    make(
      "tr",
      {},
      runs(row, (block) => block.cell?.column).flatMap((own) => cell(own, row, draw)),
    ),
  );
  return make("div", { class: "table" }, make("table", { dir: "auto" }, make("tbody", {}, rows)));
}

/**
 * Return a cell, behind an empty one where columns are.
 * @param {Block[]} own - the blocks that stand in it
 * @param {Block[]} row
 * @param {Draw} draw
 */
function cell(own, row, draw) {
  const { before, rows, columns, head } = /** @type {Cell} */ (own[0].cell);
  const heads = row.every((block) => block.cell?.head);
  const element = make(
    head ? "th" : "td",
    {
      colspan: columns > 1 && columns,
      rowspan: rows > 1 && rows,
      scope: head && (heads ? "col" : "row"),
    },
    own.flatMap(draw),
  );
  return before > 0 ? [make("td", { colspan: before }), element] : [element];
}
