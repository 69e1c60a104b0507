// Draw a document: its blocks, their pieces, and a tag in the margin where a mark begins. The
// characters of the sheet are those of the document, one for one.

import { data, layersOf } from "../data.js";
import { chunkOf } from "../documents.js";
import { fill, find, make, spoken } from "../elements.js";
import { pagesLine } from "../numbers.js";
import { current } from "../state.js";
import { forget, keep } from "./drawn.js";
import { framed } from "./frames.js";
import { collectNodes } from "./ranges.js";
import { tagsOf } from "./tags.js";

/**
 * @typedef {import("../data.js").Block} Block
 * @typedef {import("../data.js").Doc} Doc
 * @typedef {import("../data.js").Piece} Piece
 */

/**
 * How far the drawing has come: the marks of the last piece, and the chunks with a banner.
 * @typedef {{ open: Set<number>, banners: Set<number> }} Progress
 */

/** Draw the document that is read onto the sheet. */
export function drawText() {
  const doc = current();
  /** @type {Progress} */
  const progress = { open: new Set(), banners: new Set() };
  forget();
  const sheet = find(".sheet");
  // Else the language of the page, which is that of its labels, would count for the text too.
  sheet.lang = doc?.language ?? "";
  fill(sheet, captions(), doc ? framed(doc.blocks, (block) => blockOf(doc, block, progress)) : []);
  collectNodes(sheet);
}

/** Return the names of the layers above the margins that their tags stand in. */
function captions() {
  const named = (/** @type {import("../data.js").Side} */ side) =>
    make(
      "span",
      { class: `caption ${side}` },
      // Names as attributes: words on the sheet would no longer be those of the document alone.
      layersOf(side).map((layer) => make("span", { "data-label": data.layers[layer].name })),
    );
  return make("div", { class: "captions", "aria-hidden": "true" }, named("left"), named("right"));
}

/**
 * @param {Doc} doc
 * @param {Block} block
 * @param {Progress} progress
 */
function blockOf(doc, block, progress) {
  const unread = block.pieces.find((piece) => piece.unread !== undefined);
  // The page itself has a heading of level 1, and the name of the document is one of level 2.
  const level = /** @type {"h3" | "h4" | "h5" | "h6"} */ (`h${Math.min(block.level + 2, 6)}`);
  const isItem = block.kind === "item";
  const isBulleted = isItem && !block.pieces.some((piece) => piece.role === "marker");
  const element = make(
    block.kind === "heading" ? level : "div",
    {
      class: `block ${block.kind}${unread ? " unread" : ""}${isBulleted ? " bulleted" : ""}`,
      "data-level": block.level,
      role: isItem && "listitem",
      "aria-level": isItem && block.level,
      lang: block.language,
      dir: "auto",
    },
    block.pieces.flatMap((piece) => [
      ...pageMark(piece, piece === block.pieces[0]),
      ...pieceOf(doc, piece, progress),
    ]),
  );
  return [...banner(doc, unread, progress), element];
}

/**
 * Return a note before the first block of a chunk that was not read.
 * @param {Doc} doc
 * @param {Piece | undefined} piece
 * @param {Progress} progress
 */
function banner(doc, piece, { banners }) {
  const chunk = chunkOf(doc, piece?.unread);
  if (!chunk || banners.has(chunk.chunk)) return [];
  banners.add(chunk.chunk);
  const reason = [chunk.status, chunk.note].filter(Boolean).join(", ");
  const label = `Chunk ${chunk.chunk} was not read: ${reason}`;
  return [make("div", { class: "banner", role: "note", "aria-label": label, "data-label": label })];
}

/**
 * Return a mark where pages of the source begin: a line above a block, or a sign within it.
 * @param {Piece} piece
 * @param {boolean} isFirst - in its block
 */
function pageMark({ pages }, isFirst) {
  if (!pages) return [];
  const label = pagesLine(pages);
  const kind = isFirst ? "page first" : "page";
  return [
    make("span", { class: kind, role: "doc-pagebreak", "aria-label": label, "data-label": label }),
  ];
}

/**
 * Return a piece, behind the tags of the marks that begin with it.
 * @param {Doc} doc
 * @param {Piece} piece
 * @param {Progress} progress
 */
function pieceOf(doc, piece, progress) {
  const lost = piece.unread === undefined ? "" : " lost";
  const style = piece.style ? ` ${piece.style}` : "";
  const kind = `piece ${piece.role ?? "content"}${style}${lost}`;
  const element = make("span", { class: kind }, spoken(piece.text));
  const marks = piece.marks ?? [];
  const begun = marks.filter((place) => !progress.open.has(place));
  progress.open = new Set(marks);
  if (marks.length > 0) keep({ element, marks, cited: piece.cited ?? marks });
  return [...tagsOf(doc, begun), element];
}
