// The list of the documents.

import { data } from "../data.js";
import { foundIn, problemsOf } from "../documents.js";
import { button, make, words } from "../elements.js";
import { openDocument } from "../moves.js";
import { counted, figure } from "../numbers.js";
import { state } from "../state.js";

/** Return the documents, each with what was found in it. */
export function documentList() {
  const rows = data.documents.map((doc, place) => make("li", {}, documentButton(doc, place)));
  return make(
    "section",
    { class: "documents" },
    make("h2", {}, counted(data.documents.length, "document")),
    make("ul", {}, ...rows),
  );
}

/**
 * @param {import("../data.js").Doc} doc
 * @param {number} place
 */
function documentButton(doc, place) {
  const attributes = {
    id: `document-${place}`,
    class: "document",
    "aria-current": place === state.document ? "page" : null,
  };
  const found = foundIn(doc);
  return button(
    attributes,
    () => openDocument(place),
    words("span", { class: "name" }, doc.name),
    warning(problemsOf(doc)),
    make("span", { class: "count", title: counted(found, "annotation") }, figure(found)),
  );
}

/** @param {number} problems */
function warning(problems) {
  if (problems === 0) return null;
  const said = counted(problems, "problem");
  return make("span", { class: "warn", title: said, "aria-label": said }, `! ${problems}`);
}
