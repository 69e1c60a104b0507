// The index of a large run: find documents by name and by what was found in them, and open them.
//
// Its rows stand in the page as one packed text, so that a million of them load from disk; only
// those of one turn are drawn.

import { find, make, words } from "./elements.js";
import { counted, figure } from "./numbers.js";

/**
 * The documents of one page, as `annotate/viewer/run_folder.py` wrote them: of each its name, its
 * annotations, what came to nothing, and the categories that it has.
 * @typedef {{ names: string[], found: number[], problems: number[], categories: number[][] }} Listed
 * @typedef {{
 *   name: string, found: number, problems: number, categories: number[], page: number, at: number,
 * }} Row
 */

const DRAWN = 100; // rows of one turn
const ANY = "";
const NONE = "none";

const form = /** @type {HTMLFormElement} */ (find("#filters"));
const body = /** @type {HTMLTableElement} */ (find("#documents")).tBodies[0];
const previous = /** @type {HTMLButtonElement} */ (find("#previous"));
const next = /** @type {HTMLButtonElement} */ (find("#next"));

/** @type {Row[]} */
let rows = [];
/** @type {Row[]} */
let chosen = [];
let first = 0;

/** @returns {Promise<Row[]>} */
async function read() {
  const packed = atob(find("#rows").textContent);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const lines = (await new Response(plain).text()).split("\n").slice(0, -1);
  return lines.flatMap((line, page) => rowsOf(JSON.parse(line), page));
}

/**
 * @param {Listed} listed
 * @param {number} page
 * @returns {Row[]}
 */
function rowsOf(listed, page) {
  return listed.names.map((name, at) => ({
    name,
    found: listed.found[at],
    problems: listed.problems[at],
    categories: listed.categories[at],
    page,
    at,
  }));
}

/** @param {string} name */
function field(name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** Keep the documents for which all that is asked for holds, and draw the first of them. */
function choose() {
  const typed = field("name").value.trim().toLowerCase();
  const category = field("category").value;
  const troubled = field("problems").checked;
  chosen = rows.filter(
    (row) =>
      (typed === "" || row.name.toLowerCase().includes(typed)) &&
      (category === ANY || has(row, category)) &&
      (!troubled || row.problems > 0),
  );
  turn(0);
}

/**
 * @param {Row} row
 * @param {string} category
 */
function has(row, category) {
  return category === NONE ? row.found === 0 : row.categories.includes(Number(category));
}

/** @param {number} start */
function turn(start) {
  first = start;
  const shown = chosen.slice(first, first + DRAWN);
  body.replaceChildren(...shown.map(drawn));
  previous.disabled = first === 0;
  next.disabled = first + DRAWN >= chosen.length;
  const range = shown.length > 0 ? `, ${figure(first + 1)} to ${figure(first + shown.length)}` : "";
  const all = counted(rows.length, "document");
  find("#shown").textContent = `${figure(chosen.length)} of ${all}${range}`;
}

/** @param {Row} row */
function drawn(row) {
  const link = words("a", {}, row.name);
  // Of numbers alone: an address is never made of what a document or a model says.
  link.href = `pages/${String(row.page).padStart(6, "0")}.html#${row.at}`;
  return make(
    "tr",
    {},
    make("td", {}, link),
    make("td", { class: "figure" }, figure(row.found)),
    make("td", { class: "figure" }, row.problems > 0 ? figure(row.problems) : ""),
  );
}

previous.addEventListener("click", () => turn(first - DRAWN));
next.addEventListener("click", () => turn(first + DRAWN));
form.addEventListener("input", choose);
form.addEventListener("submit", (event) => event.preventDefault());
document.documentElement.dataset.ready = "true";
rows = await read();
form.hidden = false;
choose();
