// The panels beside the text: their tabs, and the one that is open. A new panel is a module in this
// folder and an entry in `PANELS`.

import { button, fill, find, make } from "../elements.js";
import { openPanel } from "../moves.js";
import { figure } from "../numbers.js";
import { state } from "../state.js";
import { categoriesPanel } from "./categories.js";
import { detailsPanel } from "./details.js";
import { problemsPanel } from "./problems.js";
import { reportPanel } from "./report.js";
import { resultsPanel } from "./results.js";

/**
 * A panel: its tab, what it shows, how many things of note it holds, and whether it has a tab now.
 * @typedef {{
 *   label: string, draw: () => import("../elements.js").Child[], count?: () => number,
 *   when?: () => boolean,
 * }} Panel
 */

/** In the order of the tabs. @type {Record<string, Panel>} */
const PANELS = {
  details: detailsPanel,
  index: categoriesPanel,
  problems: problemsPanel,
  report: reportPanel,
  results: resultsPanel,
};

/**
 * Add a panel, behind the others.
 * @param {string} name
 * @param {Panel} panel
 */
export function addPanel(name, panel) {
  PANELS[name] = panel;
}

/** Draw the tabs and the panel that is open. */
export function drawPanel() {
  const open = Object.keys(PANELS).filter((name) => PANELS[name].when?.() ?? true);
  if (!open.includes(state.tab)) state.tab = "details";
  fill(find(".tabs"), ...open.map(tab));
  find(`#tab-${state.tab}`).scrollIntoView({ block: "nearest", inline: "nearest" });
  const body = find("#panel-body");
  fill(body, ...PANELS[state.tab].draw());
  body.setAttribute("aria-labelledby", `tab-${state.tab}`);
}

/** @param {string} name */
function tab(name) {
  const { label, count } = PANELS[name];
  const open = name === state.tab;
  const number = count?.() ?? 0;
  const attributes = {
    class: "tab",
    role: "tab",
    id: `tab-${name}`,
    "aria-selected": String(open),
    "aria-controls": "panel-body",
    tabindex: open ? 0 : -1,
  };
  return button(
    attributes,
    () => pressTab(name),
    label,
    " ",
    number > 0 ? make("span", { class: "count" }, figure(number)) : null,
  );
}

/**
 * Open a panel by its tab, which keeps the focus.
 * @param {string} name
 */
function pressTab(name) {
  openPanel(name);
  find(`#tab-${name}`).focus();
}

/**
 * Move between tabs with the arrow keys.
 * @param {KeyboardEvent} event
 */
export function onTabKey(event) {
  const tabs = /** @type {HTMLElement[]} */ ([...find(".tabs").children]);
  const at = tabs.findIndex((each) => each === document.activeElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (at < 0 || step === undefined) return;
  event.preventDefault();
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next.focus();
  next.click();
}
