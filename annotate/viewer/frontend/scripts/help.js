// The dialog that lists the keys and the signs.

import { compares, data, isJudged } from "./data.js";
import { button, fill, find, make } from "./elements.js";
import { key, outcomeSign } from "./signs.js";
import { state } from "./state.js";

/** @type {Array<[key: string, shifted: string, said: string]>} */
const KEYS = [
  ["j", "k", "next, previous annotation"],
  ...(compares ? [line("c", "C", "next, previous change")] : []),
  ...(isJudged ? [line("e", "E", "next, previous error")] : []),
  ["d", "D", "next, previous document"],
  ["Enter", "", "read about the annotation that has the focus"],
  ["/", "", "search; Enter goes from hit to hit"],
  ["t", "", "light, dark, or as the system has it"],
  ["Esc", "", "choose nothing"],
  ["?", "", "this list"],
];

/**
 * @param {string} plain
 * @param {string} shifted
 * @param {string} said
 * @returns {[string, string, string]}
 */
function line(plain, shifted, said) {
  return [plain, shifted, said];
}

/**
 * List more keys, before the others.
 * @param {typeof KEYS} lines
 */
export function addHelp(lines) {
  KEYS.unshift(...lines);
}

/** Show the keys and the signs. */
export function showHelp() {
  const dialog = /** @type {HTMLDialogElement} */ (find("#keys"));
  const keys = KEYS.map(([plain, shifted, said]) => [
    make("dt", {}, key(plain), shifted ? key(shifted) : null),
    make("dd", {}, said),
  ]);
  const signs = data.outcomes.map((outcome) => [
    make("dt", {}, outcomeSign(outcome)),
    make("dd", {}, make("b", {}, outcome.label), ` ${outcome.explained}`),
  ]);
  fill(
    dialog,
    make("h2", { id: "keys-title" }, "Keys"),
    make("dl", {}, ...keys),
    signs.length > 0 ? [make("h2", {}, "Signs"), make("dl", {}, ...signs)] : null,
    make(
      "p",
      { class: "note" },
      "A line stands for a category; its hue, its pattern and its code are in the list of categories. Click again on words that carry several annotations to go through them.",
    ),
    keysChoice(),
    button({ class: "close" }, () => dialog.close(), "Close"),
  );
  dialog.showModal();
}

/** Return a box that keeps single letters from acting, for who dictates or types by accident. */
function keysChoice() {
  const box = make("input", { type: "checkbox", id: "single-keys", checked: state.keys });
  box.addEventListener("change", () => {
    state.keys = box.checked;
  });
  return make("p", {}, box, make("label", { for: "single-keys" }, " Single letters act as keys"));
}
