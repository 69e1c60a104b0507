// Filter the matrix of a report: rows by fact, category and what documents say, columns by document.
// The table stands in the page without this script; here rows and columns are only hidden.

import { find } from "./elements.js";

const form = /** @type {HTMLFormElement} */ (find("#filters"));
const table = /** @type {HTMLTableElement} */ (find("#matrix"));
const LEADING = 5; // columns that are no documents

const heads = [...table.rows[0].cells].slice(LEADING);
const rows = [...table.tBodies[0].rows];

/** @param {string} name */
function typed(name) {
  const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name));
  return field.value.trim().toLowerCase();
}

/**
 * Return the columns of the documents whose name holds what was typed.
 * @returns {Set<number>}
 */
function chosenColumns() {
  const words = typed("documents");
  const chosen = new Set();
  heads.forEach((head, at) => {
    if (head.textContent.toLowerCase().includes(words)) chosen.add(at);
  });
  return chosen;
}

/**
 * @param {HTMLTableRowElement} row
 * @param {Set<number>} columns
 */
function isChosen(row, columns) {
  const category = typed("category");
  const state = typed("state");
  const differ = /** @type {HTMLInputElement} */ (form.elements.namedItem("differ")).checked;
  const words = typed("facts");
  const name = `${row.cells[0].textContent} ${row.dataset.fact}`.toLowerCase();
  const cells = [...row.cells].slice(LEADING).filter((_, at) => columns.has(at));
  return (
    name.includes(words) &&
    (category === "" || row.dataset.category?.toLowerCase() === category) &&
    (state === "" || cells.some((cell) => cell.classList.contains(state))) &&
    (!differ || new Set(cells.map((cell) => cell.textContent)).size > 1)
  );
}

function filter() {
  const columns = chosenColumns();
  heads.forEach((head, at) => {
    head.hidden = !columns.has(at);
  });
  const chosen = new Set(rows.filter((row) => isChosen(row, columns)));
  const categories = new Set([...chosen].map((row) => row.dataset.category));
  for (const row of rows) {
    const leads = row.classList.contains("category") && categories.has(row.dataset.category);
    row.hidden = !chosen.has(row) && !leads;
    [...row.cells].slice(LEADING).forEach((cell, at) => {
      cell.hidden = !columns.has(at);
    });
  }
  const documents = heads.length > 0 ? `, ${columns.size} of ${heads.length} documents` : "";
  find("#shown").textContent = `${chosen.size} of ${rows.length} facts${documents}`;
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
filter();
document.documentElement.dataset.ready = "true";
