// What a review does once its page is drawn.

import { find, make } from "../elements.js";
import { drawAlso, selected } from "../state.js";
import { goOn, turnBack } from "./decide.js";
import { onFieldKey } from "./form.js";
import { startChunks } from "./chunks.js";
import { progress } from "./progress.js";
import { drawReach } from "./reach.js";
import { lookAgain } from "./update.js";

/** Draw what is a review's own, and begin with the first annotation that is open. */
export function startReview() {
  find(".summary").after(make("div", { class: "reach", role: "group", "aria-label": "Progress" }));
  drawAlso("panel", drawReach);
  drawReach();
  if (progress.chunks.length > 0) startChunks();
  document.addEventListener("keydown", onControlKey);
  document.addEventListener("keydown", onFieldKey);
  window.addEventListener("focus", () => void lookAgain());
  if (!selected()) goOn(undefined);
}

/** @param {KeyboardEvent} event */
function onControlKey(event) {
  const isField = event.target instanceof Element && event.target.closest("input, textarea");
  if (isField || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  event.preventDefault();
  void turnBack(event.shiftKey ? "redo" : "undo");
}
