// How many annotations are decided, and how fast it goes.

import { fill, find, make } from "../elements.js";
import { figure } from "../numbers.js";
import { pace, reach } from "./progress.js";

/** Draw into the bar how far the review has come. */
export function drawReach() {
  const { done, all } = reach();
  const meter = make("progress", { "aria-label": "Decided" });
  meter.max = Math.max(all, 1);
  meter.value = done;
  fill(
    find(".reach"),
    meter,
    make("span", { class: "counted" }, `${figure(done)} of ${figure(all)}`),
    make("span", { class: "pace" }, speed(all - done)),
  );
}

/**
 * Return how fast it goes, and how long it will take; "" where nobody knows yet.
 * @param {number} left
 */
function speed(left) {
  const now = pace();
  if (now === 0) return "";
  const rest = left === 0 ? "" : `, ${figure(Math.ceil(left / now))} min left`;
  return `${figure(Math.round(now))} a minute${rest}`;
}
