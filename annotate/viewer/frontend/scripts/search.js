// Search the text of all documents and what is annotated in them.

import { data } from "./data.js";
import { textOf } from "./documents.js";
import { find, tell } from "./elements.js";
import { statedLine, summary } from "./marks.js";
import { openDocument } from "./moves.js";
import { rangeOf } from "./sheet/ranges.js";
import { scrollTo } from "./sheet/scroll.js";
import { changed, state } from "./state.js";

/** @typedef {{ document: number, start: number, end: number }} TextHit */
/** @typedef {{ document: number, mark: number }} MarkHit */

export const MOST_RESULTS = 200;

/** What was found; `at` is the hit that was gone to, -1 before the first. */
export const results = {
  /** @type {TextHit[]} */
  texts: [],
  /** @type {MarkHit[]} */
  marks: [],
  at: -1,
};

/** Return the number of hits. */
export function resultCount() {
  return results.texts.length + results.marks.length;
}

function field() {
  return /** @type {HTMLInputElement} */ (find("#query"));
}

/** Select what stands in the field, to write over it. */
export function startSearch() {
  field().select();
}

/** Search for what stands in the field. */
export function onQuery() {
  const query = field().value.trim();
  if (query === state.query) return;
  const before = state.query;
  state.query = query;
  const found = pattern(query);
  results.texts = found ? textHits(found) : [];
  results.marks = found ? markHits(found) : [];
  results.at = -1;
  if (query) state.tab = "results";
  else if (before && state.tab === "results") state.tab = "details";
  changed("panel");
  showHits();
}

/**
 * Return a pattern for words, whatever white space stands between them; null for no words.
 * @param {string} query
 */
function pattern(query) {
  const parts = query
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  return parts.length > 0 ? new RegExp(parts.join("\\s+"), "gi") : null;
}

/** Return the places of the documents, the one that is read first. */
function searched() {
  const others = [...data.documents.keys()].filter((place) => place !== state.document);
  return data.documents.length > 0 ? [state.document, ...others] : [];
}

/** @param {RegExp} found */
function textHits(found) {
  /** @type {TextHit[]} */
  const hits = [];
  for (const place of searched()) {
    for (const match of textOf(data.documents[place]).matchAll(found)) {
      if (hits.length === MOST_RESULTS) return hits;
      hits.push({ document: place, start: match.index, end: match.index + match[0].length });
    }
  }
  return hits;
}

/** @param {RegExp} found */
function markHits(found) {
  /** @type {MarkHit[]} */
  const hits = [];
  for (const place of searched()) {
    data.documents[place].marks.forEach((mark, at) => {
      if (described(mark).search(found) >= 0) hits.push({ document: place, mark: at });
    });
  }
  return hits.slice(0, MOST_RESULTS);
}

/**
 * Return the words of a mark that are not words of its document.
 * @param {import("./data.js").Mark} mark
 */
function described(mark) {
  return `${summary(mark)} ${statedLine(mark)} ${(mark.facts ?? []).flat().join(" ")}`;
}

// ---- In the text ----

/**
 * Go to a hit in the text.
 * @param {number} place
 */
export function goToHit(place) {
  const hit = results.texts[place];
  if (!hit) return;
  results.at = place;
  if (hit.document !== state.document) openDocument(hit.document, { keepPanel: true });
  scrollTo(rangeOf(hit.start, hit.end));
  showHits();
  tell(`Hit ${place + 1} of ${results.texts.length}`);
}

/** Mark the hits in the text, without touching its elements. */
export function showHits() {
  if (!("highlights" in CSS)) return;
  const here = results.texts.filter((hit) => hit.document === state.document);
  const at = here.filter((hit) => hit === results.texts[results.at]);
  const ranges = (/** @type {TextHit[]} */ hits) => hits.map((hit) => rangeOf(hit.start, hit.end));
  CSS.highlights.set("hit", new Highlight(...ranges(here)));
  CSS.highlights.set("hit-now", new Highlight(...ranges(at)));
}

/**
 * Step through the hits with Enter, leave with Escape.
 * @param {KeyboardEvent} event
 */
export function onQueryKey(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    field().value = "";
    onQuery();
    find("#text").focus();
  }
  if (event.key !== "Enter" || results.texts.length === 0) return;
  event.preventDefault();
  const step = event.shiftKey ? -1 : 1;
  const from = results.at < 0 && event.shiftKey ? 0 : results.at;
  goToHit((from + step + results.texts.length) % results.texts.length);
}
