// What the page is about, as `annotate/viewer/content.py` wrote it beside this script.

/**
 * A layer: who made marks, and on which side of the text their tags stand.
 * @typedef {{ name: string, side: Side, column: number, faint: boolean }} Layer
 * @typedef {"left" | "right"} Side
 */

/**
 * What became of a mark, in words for a reader.
 * @typedef {{
 *   name: string, label: string, sign: string, explained: string, error: boolean, change: boolean,
 * }} Outcome
 */

/**
 * @typedef {{ definition: string, values: Record<string, string> }} Attribute
 * @typedef {{
 *   name: string, code: string, hue: number, pattern: "solid" | "dashed" | "dotted" | "double",
 *   definition: string, attributes: Record<string, Attribute>,
 * }} Category
 */

/**
 * What was cited for a mark. `cited` is "" where the text has the very words, `part` is "" where all
 * of the mark was cited. `places` is at how many places the words stand, `choice` why they are these.
 * @typedef {{
 *   grounding: string, chunk: number, start: number, end: number, cited: string, part: string,
 *   places: number, choice: string,
 * }} Evidence
 */

/**
 * An annotation as it stands on a text. Offsets count code points; `layer` and `category` are
 * positions in the lists of the page, `partners` in the marks of the document.
 * @typedef {{
 *   layer: number, category: number, start: number, end: number,
 *   attributes: Array<[name: string, values: string[]]>, outcome?: string, partners?: number[],
 *   differs?: string[], facts?: Array<[name: string, text: string]>, evidence?: Evidence[],
 *   claimed?: string, pages?: number[], decided?: Decided,
 * }} Mark
 */

/**
 * What a review says of a mark: `n` is the number of the last decision on it, `attributes` are its
 * values as they are kept, `suggested` says whether the run made it.
 * @typedef {{
 *   id: string, n: number, attributes: Record<string, unknown>, status: "required" | "optional",
 *   must_find: boolean, why: string, suggested: boolean, versions: Version[],
 * }} Decided
 */

/**
 * What some annotators made of a mark that others made something else of; `kept` is null where they
 * kept nothing, `stated` are its attributes as they are shown.
 * @typedef {{
 *   by: string[], remarks: string[], kept: {
 *     category: string, attributes: Record<string, unknown>, stated: Mark["attributes"],
 *     start: number, end: number, quote: string, status: "required" | "optional",
 *     must_find: boolean,
 *   } | null,
 * }} Version
 */

/**
 * Characters that all stand under the same marks; `unread` is the chunk that was not answered,
 * `pages` are those that begin with it.
 * @typedef {{
 *   text: string, role?: string, marks?: number[], cited?: number[], unread?: number,
 *   style?: "strong" | "em" | "code", pages?: number[],
 * }} Piece
 */

/**
 * Where a block stands in a table; `before` is how many empty columns are before its cell.
 * @typedef {{
 *   table: number, row: number, column: number, before: number, rows: number, columns: number,
 *   head: boolean,
 * }} Cell
 */

/**
 * A block. `around` says what it is where it is no text but stands around it, `language` is its own
 * where the document has another.
 * @typedef {{
 *   kind: string, level: number, pieces: Piece[], around?: string, language?: string, cell?: Cell,
 * }} Block
 */

/**
 * How a chunk ended.
 * @typedef {{
 *   chunk: number, start: number, end: number, status: string, answered: boolean,
 *   annotations: number, invalid: number, ungrounded: number, requests: number, tokens: number,
 *   note: string,
 * }} Chunk
 */

/**
 * An answer that became no annotation.
 * @typedef {{
 *   kind: string, chunk: number | null, category: string, quote: string, answer: string,
 *   attributes: Mark["attributes"], problems: string[],
 * }} Refusal
 */

/**
 * An input that was not read, and why.
 * @typedef {{ source: string, reason: string }} Unread
 */

/**
 * A part of the report: a title, sentences, a table whose first column holds names.
 * @typedef {{ title: string, notes: string[], columns: string[], rows: string[][] }} Section
 */

/**
 * A document. `language` is the code of its language, "" where that is not known; `others` are
 * those of long blocks in it; `facts` are about its source. `id` and `units` are there in a review.
 * @typedef {{
 *   name: string, language: string, others: string[], facts: Array<[name: string, text: string]>,
 *   characters: number, blocks: Block[], marks: Mark[], chunks: Chunk[],
 *   refused: Refusal[], silence: { silent: number[], open: number[], why: string } | null,
 *   report: Section[], id?: string, units?: Array<[start: number, end: number]>,
 * }} Doc
 */

/**
 * @typedef {{
 *   title: string, subtitle: string, badge: { label: string, good: boolean } | null,
 *   facts: Array<[name: string, value: string]>, notices: string[], report: Section[],
 *   unreadable: Unread[], skipped: Unread[], layers: Layer[], outcomes: Outcome[],
 *   categories: Category[], documents: Doc[],
 * }} Data
 */

/** @type {Data} */
export const data = JSON.parse(document.getElementById("data")?.textContent ?? "");

const outcomes = new Map(data.outcomes.map((outcome) => [outcome.name, outcome]));

/** Whether annotations are decided on here. */
export const reviews = data.documents.some((doc) => doc.units);

/** Whether there is gold, so that outcomes are known. */
export const isJudged = outcomes.size > 0 && !reviews;

/** Whether the page is about what changed from one side to another. */
export const compares = data.outcomes.some((outcome) => outcome.change);

/**
 * Return what became of a mark, undefined where nothing is known.
 * @param {Mark} mark
 */
export function outcomeOf(mark) {
  return outcomes.get(mark.outcome ?? "");
}

/**
 * Return the category of a mark.
 * @param {Mark} mark
 */
export function categoryOf(mark) {
  return data.categories[mark.category];
}

/**
 * Return the layer of a mark.
 * @param {Mark} mark
 */
export function layerOf(mark) {
  return data.layers[mark.layer];
}

/**
 * Return the layers that stand on one side of the text, in the order of their columns.
 * @param {Side} side
 */
export function layersOf(side) {
  const layers = [...data.layers.keys()].filter((layer) => data.layers[layer].side === side);
  return layers.sort((a, b) => data.layers[a].column - data.layers[b].column);
}

/** Return the layers from the left margin to the right one. */
export function layersInOrder() {
  return [...layersOf("left"), ...layersOf("right")];
}
