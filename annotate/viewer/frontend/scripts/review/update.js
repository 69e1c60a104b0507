// Take in what the server says, and keep what is chosen and where the reader is.

import { data } from "../data.js";
import { find } from "../elements.js";
import { changed, selected, state } from "../state.js";
import { changedSince } from "./asking.js";
import { showDraft } from "./draft.js";
import { progress } from "./progress.js";

/**
 * Show what changed.
 * @param {import("./asking.js").News} news
 */
export function take(news) {
  const { documents, last, order, chunks, undo, redo } = news;
  Object.assign(progress, { last, order, chunks, undo, redo });
  for (const { id, blocks, marks } of documents) {
    const place = data.documents.findIndex((doc) => doc.id === id);
    if (place < 0) continue;
    const chosen = place === state.document ? selected()?.decided?.id : undefined;
    data.documents[place] = { ...data.documents[place], blocks, marks };
    if (place === state.document) redraw(chosen);
  }
  changed("panel");
}

/**
 * Draw the text that is read anew.
 * @param {string | undefined} chosen - the id of the mark that was chosen
 */
function redraw(chosen) {
  const { marks } = data.documents[state.document];
  const place = marks.findIndex((mark) => chosen !== undefined && mark.decided?.id === chosen);
  state.selected = place < 0 ? null : place;
  const reader = find("#text");
  const { scrollTop } = reader;
  changed("marks");
  reader.scrollTop = scrollTop;
  showDraft();
}

/** Take in what was decided in other windows. */
export async function lookAgain() {
  const { news } = await changedSince(progress.last);
  if (news) take(news);
}
