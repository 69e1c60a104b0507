// What is being written: an annotation that is corrected or added, before it is decided on.

import { categoryOf, data } from "../data.js";
import { pointAt, textOf, unitAt } from "../documents.js";
import { find, tell } from "../elements.js";
import { openPanel } from "../moves.js";
import { offsetsOf, rangeOf } from "../sheet/ranges.js";
import { scrollTo } from "../sheet/scroll.js";
import { changed, current, selected, state } from "../state.js";
import { refused } from "./decide.js";
import { progress } from "./progress.js";
import { beginningOf } from "./turn.js";

/** @typedef {import("../data.js").Doc} Doc */

/**
 * An annotation as it is written. Offsets count code points; `exact` says whether they are meant as
 * they are, also within a unit.
 * @typedef {{
 *   action: "correct" | "add", id: string, seen: number, document: string, category: string,
 *   attributes: Record<string, unknown>, start: number, end: number, exact: boolean,
 *   status: "required" | "optional", must_find: boolean, why: string,
 * }} Draft
 */

/** What is being written now; null where nothing is. @type {{ now: Draft | null }} */
export const draft = { now: null };

/** Begin to correct the annotation that is chosen. */
export function startCorrecting() {
  const doc = current();
  const mark = selected();
  if (!doc?.id || !mark?.decided) return tell("Choose an annotation first.");
  const { id, n, attributes, status, must_find: mustFind, why } = mark.decided;
  if (!id) return tell("Gold is not decided on here.");
  return start({
    action: "correct",
    id,
    seen: n,
    document: doc.id,
    category: categoryOf(mark).name,
    attributes: structuredClone(attributes),
    start: mark.start,
    end: mark.end,
    exact: !isWhole(doc, mark.start, mark.end),
    status,
    must_find: mustFind,
    why,
  });
}

/** Begin to add an annotation: on the words that are selected, else on the next unit. */
export function startAdding() {
  const doc = current();
  if (!doc?.id) return;
  const [first, last] = selectedWords(doc) ?? nextUnit(doc);
  start({
    action: "add",
    id: "",
    seen: 0,
    document: doc.id,
    category: "",
    attributes: {},
    start: first,
    end: last,
    exact: false,
    status: "required",
    must_find: false,
    why: "",
  });
  showSpan();
}

/** @param {Draft} begun */
function start(begun) {
  draft.now = begun;
  refused.problems = [];
  snap();
  openPanel("edit");
  showDraft();
  find(begun.action === "add" ? "#draft-category" : ".drafted").focus();
}

/** Write no more, and keep nothing of it. */
export function stopDrafting() {
  draft.now = null;
  refused.problems = [];
  showDraft();
  openPanel("details");
  find("#text").focus();
}

// ---- Its span ----

/**
 * Return the words that are selected on the sheet, null where none are.
 * @param {Doc} doc
 * @returns {[start: number, end: number] | null}
 */
function selectedWords(doc) {
  const sheet = find(".sheet");
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!sheet.contains(range.commonAncestorContainer)) return null;
  const { start: from, end } = offsetsOf(sheet, range);
  return textOf(doc).slice(from, end).trim() ? [pointAt(doc, from), pointAt(doc, end)] : null;
}

/**
 * Return the unit that follows what is chosen; the first one to read where nothing is.
 * @param {Doc} doc
 * @returns {[start: number, end: number]}
 */
function nextUnit(doc) {
  const units = doc.units ?? [];
  const behind = selected()?.end ?? beginningOf(doc);
  return units.find(([from]) => from >= behind) ?? units.at(-1) ?? [0, 1];
}

/** Take the words that are selected for the span. */
export function takeSelection() {
  const doc = current();
  const words = doc && selectedWords(doc);
  if (!words || !draft.now) return tell("Select words of the text first.");
  [draft.now.start, draft.now.end] = words;
  return moved();
}

/**
 * Move an end of the span, or all of it, by a unit; by a word where it is meant as it is.
 * @param {"start" | "end" | "both"} which
 * @param {1 | -1} direction
 */
export function moveSpan(which, direction) {
  const doc = current();
  const now = draft.now;
  if (!doc || !now) return;
  const steps = now.exact ? wordsAround(doc, now) : (doc.units ?? []);
  if (which === "both") {
    const next =
      direction > 0
        ? steps.find(([from]) => from >= now.end)
        : steps.findLast(([, end]) => end <= now.start);
    if (next) [now.start, now.end] = next;
  } else {
    const edge = which === "start" ? 0 : 1;
    const edges = steps.map((each) => each[edge]);
    const next =
      direction > 0
        ? edges.find((place) => place > now[which])
        : edges.findLast((place) => place < now[which]);
    if (next !== undefined) now[which] = next;
  }
  if (now.start < now.end) moved();
  else tell("The span would be empty.");
}

/**
 * Return the words near a span.
 * @param {Doc} doc
 * @param {Draft} now
 * @returns {Array<[start: number, end: number]>}
 */
function wordsAround(doc, now) {
  const from = Math.max(0, unitAt(doc, now.start) - 300);
  const near = textOf(doc).slice(from, unitAt(doc, now.end) + 300);
  return [...near.matchAll(/\S+/g)].map((match) => [
    pointAt(doc, from + match.index),
    pointAt(doc, from + match.index + match[0].length),
  ]);
}

function moved() {
  snap();
  changed("panel");
  showSpan();
}

/** Let the span cover whole units, unless it is meant as it is. */
export function snap() {
  const doc = current();
  const now = draft.now;
  if (!doc || !now || now.exact || progress.unit === null) return;
  const touched = (doc.units ?? []).filter(([from, end]) => from < now.end && now.start < end);
  if (touched.length === 0) return;
  now.start = touched[0][0];
  now.end = /** @type {[number, number]} */ (touched.at(-1))[1];
}

/**
 * Tell whether a span covers whole units.
 * @param {Doc} doc
 * @param {number} from
 * @param {number} end
 */
function isWhole(doc, from, end) {
  const units = doc.units ?? [];
  return units.some((unit) => unit[0] === from) && units.some((unit) => unit[1] === end);
}

/** Return the words of the span. */
export function draftedWords() {
  const doc = current();
  const now = draft.now;
  if (!doc || !now) return "";
  return textOf(doc).slice(unitAt(doc, now.start), unitAt(doc, now.end));
}

/** Return the range of the span on the sheet; null where nothing is written on this document. */
function draftedRange() {
  const doc = current();
  const now = draft.now;
  if (!doc || !now || doc.id !== now.document) return null;
  return rangeOf(unitAt(doc, now.start), unitAt(doc, now.end));
}

/** Mark the span on the sheet, without touching its elements. */
export function showDraft() {
  if (!("highlights" in CSS)) return;
  const range = draftedRange();
  if (range) CSS.highlights.set("draft", new Highlight(range));
  else CSS.highlights.delete("draft");
}

function showSpan() {
  showDraft();
  scrollTo(draftedRange() ?? undefined);
  tell(draftedWords());
}

/** Return the document that is written on, where it is not the one that is read. */
export function isElsewhere() {
  return draft.now !== null && data.documents[state.document]?.id !== draft.now.document;
}
