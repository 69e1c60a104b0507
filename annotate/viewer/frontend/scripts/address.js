// The address of the page names what is looked at, so that it can be passed on: `#document:mark`.

import { data } from "./data.js";
import { choose, openDocument } from "./moves.js";
import { state } from "./state.js";

const PAUSE = 150; // milliseconds: browsers refuse an address that changes at every step of many

/** @type {number | undefined} */
let waiting;

/** Keep in the address what is looked at. */
export function noteAddress() {
  clearTimeout(waiting);
  waiting = window.setTimeout(noteNow, PAUSE);
}

function noteNow() {
  const mark = state.selected === null ? "" : `:${state.selected}`;
  try {
    history.replaceState(null, "", `#${state.document}${mark}`);
  } catch {
    // A page inside another one has no address of its own.
  }
}

/** Look at what the address names; at the first document where it names nothing. */
export function restoreAddress() {
  const [, documentPlace, mark] = /^#(\d+)(?::(\d+))?$/.exec(location.hash) ?? [];
  const named = Number(documentPlace ?? 0);
  const doc = data.documents[named];
  openDocument(doc ? named : 0);
  if (doc?.marks[Number(mark)]) choose(named, Number(mark), { focus: false });
}
