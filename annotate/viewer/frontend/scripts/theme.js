// Light, dark, or as the system has it.

import { find } from "./elements.js";
import { icon } from "./icons.js";

const THEMES = /** @type {const} */ (["auto", "light", "dark"]);
const KEPT_AS = "annotate-theme";

/** @typedef {(typeof THEMES)[number]} Theme */

/** Show the page in the theme after the one that it has. */
export function turnTheme() {
  const now = THEMES.findIndex((theme) => theme === document.documentElement.dataset.theme);
  setTheme(THEMES[(now + 1) % THEMES.length]);
}

/** Show the page in the theme that was chosen last. */
export function restoreTheme() {
  setTheme(lastTheme());
}

/** @param {Theme} theme */
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  const chooser = find("#theme");
  chooser.replaceChildren(icon(theme));
  chooser.setAttribute("aria-label", `Theme: ${theme}`);
  chooser.title = `Theme: ${theme} (t)`;
  try {
    localStorage.setItem(KEPT_AS, theme);
  } catch {
    // A sandboxed page keeps nothing.
  }
}

/** @returns {Theme} */
function lastTheme() {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEPT_AS)) ?? "auto";
  } catch {
    return "auto";
  }
}
