// What can be decided about the annotation that is chosen: buttons for what the keys do.

import { button, make, words } from "../elements.js";
import { key } from "../signs.js";
import { selected } from "../state.js";
import { decideHere, refused, turnBack } from "./decide.js";
import { startAdding, startCorrecting } from "./draft.js";
import { progress } from "./progress.js";
import { remarkField } from "./remark.js";

/** @typedef {import("../elements.js").Child} Child */

/** Return the controls for the mark that is chosen, null where none is. */
export function controls() {
  const mark = selected();
  if (!mark?.decided) return null;
  const { id, status, must_find: mustFind, why } = mark.decided;
  if (!id) return ofGold();
  return make(
    "section",
    { class: "decide", "aria-label": "Decide" },
    problems(),
    make(
      "div",
      // What keeps and what rejects stand apart, so that neither is hit instead of the other.
      { class: "choices verdicts", role: "group", "aria-label": "Decision" },
      act("Accept", "a", accept, { class: "accept" }),
      act("Skip", "s", skip),
      act("Reject", "x", reject, { class: "reject" }),
    ),
    make(
      "div",
      { class: "choices", role: "group", "aria-label": "Otherwise" },
      act("Correct", "e", startCorrecting),
      act("Optional", "o", optional, { "aria-pressed": String(status === "optional") }),
      act("Must find", "m", mustBeFound, { "aria-pressed": String(mustFind) }),
    ),
    remarkField(id, why, comment),
  );
}

/** Return the controls for what gold says. */
function ofGold() {
  return make(
    "section",
    { class: "decide", "aria-label": "Decide" },
    problems(),
    make("div", { class: "choices" }, act("Take it over", "a", accept, { class: "accept" })),
  );
}

/** Return why the last decision was not kept, or null. */
export function problems() {
  if (refused.problems.length === 0) return null;
  const rows = refused.problems.map((each) => words("li", {}, each));
  return make("ul", { class: "warning", role: "alert" }, rows);
}

/** Return the buttons that take decisions back. */
export function turns() {
  const { undo, redo } = progress;
  return make(
    "div",
    { class: "choices turns", role: "group", "aria-label": "Take back, add" },
    act("Undo", "u", () => turnBack("undo"), { disabled: !undo }),
    act("Redo", "U", () => turnBack("redo"), { disabled: !redo }),
    act("Add", "i", startAdding),
  );
}

/**
 * @param {string} label
 * @param {string} letter
 * @param {() => void} does
 * @param {import("../elements.js").Attributes & { disabled?: boolean }} [attributes]
 */
export function act(label, letter, does, { disabled = false, ...attributes } = {}) {
  const element = button({ "aria-keyshortcuts": letter, ...attributes }, does, label, key(letter));
  element.disabled = disabled;
  return element;
}

/** Keep what is typed about it, and nothing else. */
function comment() {
  return decideHere("comment");
}

/** Keep what is suggested, as it is. */
export function accept() {
  return decideHere("accept");
}

/** Keep nothing of it. */
export function reject() {
  return decideHere("reject");
}

/** Leave it for later. */
export function skip() {
  return decideHere("skip");
}

/** Keep it as one that may be left out; or as any other, where it is that already. */
export function optional() {
  const isOptional = selected()?.decided?.status === "optional";
  return decideHere("accept", {
    status: isOptional ? "required" : "optional",
    must_find: false,
  });
}

/** Keep it as one that no change may lose; or as any other, where it is that already. */
export function mustBeFound() {
  const must = selected()?.decided?.must_find ?? false;
  return decideHere("accept", { must_find: !must, status: "required" });
}
