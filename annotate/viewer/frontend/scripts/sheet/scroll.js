// Scroll the text.

import { find } from "../elements.js";

/**
 * Bring an element or a range into the middle of what is seen.
 * @param {Element | Range | undefined} target
 */
export function scrollTo(target) {
  if (!target) return;
  const around = target instanceof Range ? target.startContainer.parentElement : target;
  // What is not shown, as it only marks words up, has no place: its block has one.
  const isShown = target.getClientRects().length > 0;
  const box = (isShown ? target : (around?.closest(".block") ?? target)).getBoundingClientRect();
  scrollAcross(around?.closest(".table"), box);
  const reader = find("#text");
  // On paper and where a style is missing the whole window scrolls, not the text in it.
  const scrolls = getComputedStyle(reader).overflowY === "auto";
  const view = scrolls ? reader.getBoundingClientRect() : { top: 0, height: innerHeight };
  const away = box.top - view.top - view.height / 2 + Math.min(box.height, view.height / 2) / 2;
  (scrolls ? reader : window).scrollBy({ top: away, behavior: "instant" });
}

/**
 * Bring a box into view in a table that is wider than the text.
 * @param {Element | null | undefined} table
 * @param {DOMRect} box
 */
function scrollAcross(table, box) {
  if (!table) return;
  const view = table.getBoundingClientRect();
  if (box.left < view.left || box.right > view.right) {
    table.scrollLeft += box.left - view.left - Math.max(0, view.width - box.width) / 2;
  }
}

/** Go to the beginning of the text. */
export function scrollToTop() {
  find("#text").scrollTop = 0;
}
