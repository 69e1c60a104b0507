// What keys and clicks do.

import { data } from "./data.js";
import { find } from "./elements.js";
import { showHelp } from "./help.js";
import { isChange, isError, isShown } from "./marks.js";
import { choose, leave, openDocument, step } from "./moves.js";
import { isRailOpen, openRail } from "./rail/rail.js";
import { startSearch } from "./search.js";
import { current, state } from "./state.js";
import { turnTheme } from "./theme.js";

/** @type {Record<string, () => void>} */
const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  e: () => step(1, isError),
  E: () => step(-1, isError),
  c: () => step(1, isChange),
  C: () => step(-1, isChange),
  d: () => turnDocument(1),
  D: () => turnDocument(-1),
  "/": startSearch,
  "?": showHelp,
  t: turnTheme,
  Escape: () => (isRailOpen() ? openRail(false) : leave()),
};

/**
 * Let more keys act.
 * @param {Record<string, () => void>} keys
 */
export function addKeys(keys) {
  Object.assign(ACTIONS, keys);
}

// What is typed into these is no key.
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, dialog[open]";

// These act also where single letters are kept from it, and where there is nothing to read.
const ALWAYS = ["?", "Escape"];

/** @param {1 | -1} direction */
function turnDocument(direction) {
  const count = data.documents.length;
  openDocument((state.document + direction + count) % count);
}

/** Who is asked before a key acts; true where they have seen to it. @type {(event: KeyboardEvent) => boolean} */
let askedFirst = () => false;

/**
 * Ask somebody first before a key acts, who says whether they have seen to it.
 * @param {(event: KeyboardEvent) => boolean} ask
 */
export function askFirst(ask) {
  askedFirst = ask;
}

/**
 * Act on a key, unless it is meant for a field, a dialog or the browser.
 * @param {KeyboardEvent} event
 */
export function onKey(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(FIELDS)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (askedFirst(event)) return;
  const tag = target?.closest(".tag");
  if (event.key === "Enter" && tag instanceof HTMLElement) {
    event.preventDefault();
    readAbout(tag);
  } else if (acts(event.key)) {
    event.preventDefault();
    ACTIONS[event.key]();
  }
}

/** @param {string} key */
function acts(key) {
  if (!Object.hasOwn(ACTIONS, key)) return false;
  if (data.documents.length === 0 && key !== "?") return false;
  return state.keys || ALWAYS.includes(key);
}

/**
 * Choose the mark of a tag and go to what is said about it.
 * @param {HTMLElement} tag
 */
function readAbout(tag) {
  choose(state.document, Number(tag.dataset.mark), { focus: false, scroll: false });
  find(".subject").focus();
}

/**
 * Choose what was clicked; clicking again goes through what lies on top of each other.
 * @param {MouseEvent} event
 */
export function onSheetClick(event) {
  const target = /** @type {Element} */ (event.target);
  const tag = target.closest(".tag");
  if (tag instanceof HTMLElement) {
    return choose(state.document, Number(tag.dataset.mark), { scroll: false });
  }
  const piece = target.closest(".marked");
  const selecting = getSelection()?.isCollapsed === false;
  if (!(piece instanceof HTMLElement) || selecting) return undefined;
  const here = (piece.dataset.marks ?? "")
    .split(" ")
    .map(Number)
    .filter((place) => isShown(/** @type {import("./data.js").Doc} */ (current()).marks[place]));
  const at = state.selected === null ? -1 : here.indexOf(state.selected);
  return choose(state.document, here[(at + 1) % here.length], { scroll: false });
}
