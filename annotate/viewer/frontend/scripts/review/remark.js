// What is said about an annotation, while it is typed.

import { find, make } from "../elements.js";
import { key } from "../signs.js";

/** @type {{ id: string, text: string }} */
const typed = { id: "", text: "" };

/**
 * Return what was typed about an annotation, undefined where nothing was.
 * @param {string} id
 */
export function remarkOn(id) {
  return typed.id === id ? typed.text : undefined;
}

/** Forget what was typed, once it is kept. */
export function forgetRemark() {
  typed.id = "";
}

/**
 * Return the field in which a remark is typed; Enter keeps it, Escape leaves the field.
 * @param {string} id - of the annotation
 * @param {string} kept - what was said before
 * @param {() => void} keep
 */
export function remarkField(id, kept, keep) {
  const box = make("input", { type: "text", id: "remark", "aria-keyshortcuts": "w" });
  box.autocomplete = "off";
  box.value = remarkOn(id) ?? kept;
  box.addEventListener("input", () => Object.assign(typed, { id, text: box.value }));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") keep();
    if (event.key === "Enter" || event.key === "Escape") find("#text").focus();
  });
  return make("div", { class: "remark" }, make("label", { for: "remark" }, "Why ", key("w")), box);
}

/** Go to the field. */
export function startRemark() {
  document.getElementById("remark")?.focus();
}
