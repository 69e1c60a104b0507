// Move: to a document, to a mark, to a chunk, to a panel.

import { data } from "./data.js";
import { chunkOf, quotesOf, unitAt } from "./documents.js";
import { find, tell } from "./elements.js";
import { reveal, stops, summary } from "./marks.js";
import { drawn, firstElement } from "./sheet/drawn.js";
import { rangeOf } from "./sheet/ranges.js";
import { scrollTo } from "./sheet/scroll.js";
import { changed, current, selected, state } from "./state.js";

/** @typedef {(mark: import("./data.js").Mark) => boolean} Wanted */

/**
 * Read another document.
 * @param {number} place
 * @param {{ keepPanel?: boolean }} [options] - whether the panel stays as it is
 */
export function openDocument(place, { keepPanel = false } = {}) {
  state.document = place;
  state.selected = null;
  changed("document");
  if (!keepPanel) changed("panel");
}

/**
 * Choose a mark, show what is known about it, and go to it.
 * @param {number} documentPlace
 * @param {number} place
 * @param {{ focus?: boolean, scroll?: boolean }} [options]
 */
export function choose(documentPlace, place, { focus = true, scroll = true } = {}) {
  if (documentPlace !== state.document) openDocument(documentPlace, { keepPanel: true });
  state.selected = place;
  const mark = selected();
  if (mark && reveal(mark)) changed("filters");
  changed("selection");
  openPanel("details");
  if (scroll) scrollTo(firstElement(place));
  if (focus) drawn.tags.get(place)?.focus({ preventScroll: true });
}

/** Choose nothing. */
export function leave() {
  state.selected = null;
  changed("selection");
  changed("panel");
}

/**
 * Open a panel from its top.
 * @param {string} name
 */
export function openPanel(name) {
  state.tab = name;
  changed("panel");
  find("#panel-body").scrollTop = 0;
}

/**
 * Go to where a chunk of this document begins.
 * @param {number} number
 */
export function goToChunk(number) {
  const doc = current();
  const chunk = chunkOf(doc, number);
  if (!doc || !chunk) return;
  const start = unitAt(doc, chunk.start);
  scrollTo(rangeOf(start, start + 1));
  tell(`Chunk ${number}`);
}

// ---- From mark to mark ----

/**
 * Choose the next mark that is wanted, in this document or in the next that has one.
 * @param {1 | -1} direction
 * @param {Wanted} [wanted]
 */
export function step(direction, wanted = () => true) {
  const found = nextStop(direction, wanted);
  if (!found) return tell("There is none.");
  const [documentPlace, place] = found;
  choose(documentPlace, place);
  const doc = data.documents[documentPlace];
  const here = stops(doc, wanted);
  const at = `${here.indexOf(place) + 1} of ${here.length}`;
  return tell(`${at}. ${summary(doc.marks[place])}: ${quotesOf(doc)[place]}`);
}

/**
 * @param {1 | -1} direction
 * @param {Wanted} wanted
 * @returns {[documentPlace: number, place: number] | null}
 */
function nextStop(direction, wanted) {
  const count = data.documents.length;
  // Once around: at last the document that is read comes again, from its other end.
  for (let away = 0; away <= count; away += 1) {
    const place = (state.document + direction * away + 2 * count * (away + 1)) % count;
    const here = stops(data.documents[place], wanted);
    const ahead = away > 0 ? here : here.filter((each) => isAhead(each, direction));
    const next = direction > 0 ? ahead[0] : ahead.at(-1);
    if (next !== undefined) return [place, next];
  }
  return null;
}

/**
 * @param {number} place
 * @param {1 | -1} direction
 */
function isAhead(place, direction) {
  if (state.selected === null) return direction > 0;
  return direction > 0 ? place > state.selected : place < state.selected;
}
