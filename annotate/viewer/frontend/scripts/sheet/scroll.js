// Scroll the text.

import { find } from "../elements.js";

/**
 * Bring an element or a range into the middle of what is seen.
 * @param {Element | Range | undefined} target
 */
export function scrollTo(target) {
  if (!target) return;
  const box = target.getBoundingClientRect();
  const reader = find("#text");
  // On paper and where a style is missing the whole window scrolls, not the text in it.
  const scrolls = getComputedStyle(reader).overflowY === "auto";
  const view = scrolls ? reader.getBoundingClientRect() : { top: 0, height: innerHeight };
  const away = box.top - view.top - view.height / 2 + Math.min(box.height, view.height / 2) / 2;
  (scrolls ? reader : window).scrollBy({ top: away, behavior: "instant" });
}

/** Go to the beginning of the text. */
export function scrollToTop() {
  find("#text").scrollTop = 0;
}
