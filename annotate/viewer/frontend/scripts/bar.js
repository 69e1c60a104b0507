// The bar at the top: what the page is about, and notices below it.

import { compares, data } from "./data.js";
import { foundIn } from "./documents.js";
import { find, make, spoken, words } from "./elements.js";
import { counted } from "./numbers.js";

/** Draw the bar, once. */
export function drawBar() {
  find(".brand").append(...spoken(data.title));
  const found = data.documents.reduce((sum, doc) => sum + foundIn(doc), 0);
  const documents = counted(data.documents.length, "document");
  const line = find(".summary");
  if (data.subtitle) line.append(words("bdi", {}, data.subtitle), " · ");
  line.append(compares ? documents : `${counted(found, "annotation")} in ${documents}`);
  if (data.badge) {
    const kind = data.badge.good ? "fine" : "error";
    line.append(make("span", { class: `badge ${kind}` }, data.badge.label));
  }
  for (const notice of data.notices) {
    find(".bar").after(words("p", { class: "notice", role: "note" }, notice));
  }
}
