// The rail: which document is read, what is let through, and how the run was made.

import { data } from "../data.js";
import { button, fill, find, make, words } from "../elements.js";
import { documentList } from "./documents.js";
import { categoryFilter, layerFilter, outcomeFilter } from "./filters.js";

/** Draw the rail anew; what has the focus in it keeps it. */
export function drawRail() {
  const focus = document.activeElement?.closest("#rail") ? document.activeElement.id : "";
  fill(
    find("#rail"),
    button({ class: "close", id: "close-rail" }, () => openRail(false), "Close"),
    documentList(),
    layerFilter(),
    outcomeFilter(),
    categoryFilter(),
    runFacts(),
  );
  if (focus) document.getElementById(focus)?.focus();
}

/** Return how the run was made, or null. */
function runFacts() {
  if (data.facts.length === 0) return null;
  const rows = data.facts.flatMap(([name, value]) => [
    make("dt", {}, name),
    words("dd", {}, value),
  ]);
  return make(
    "details",
    { class: "run" },
    make("summary", {}, "About this run"),
    make("dl", {}, ...rows),
  );
}

/** Tell whether the rail lies over the text, where it has no room of its own. */
export function isRailOpen() {
  return find("#rail").classList.contains("open");
}

/**
 * Open or close the rail where it has no room of its own.
 * @param {boolean} open
 */
export function openRail(open) {
  if (isRailOpen() === open) return;
  find("#rail").classList.toggle("open", open);
  find("#open-rail").setAttribute("aria-expanded", String(open));
  find(open ? "#close-rail" : "#open-rail").focus();
}
