// Numbers as people read them.

/**
 * Return a number as people write it.
 * @param {number} number
 */
export function figure(number) {
  return number.toLocaleString("en-US");
}

/**
 * Return a count with its noun.
 * @param {number} number
 * @param {string} noun
 */
export function counted(number, noun) {
  return `${figure(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * Count things by what `key` returns of them.
 * @template Thing, Key
 * @param {Iterable<Thing>} things
 * @param {(thing: Thing) => Key} key
 */
export function tally(things, key) {
  /** @type {Map<Key, number>} */
  const counts = new Map();
  for (const thing of things) counts.set(key(thing), (counts.get(key(thing)) ?? 0) + 1);
  return counts;
}

/**
 * Return the numbers of pages in words, for the beginning of a line.
 * @param {number[]} pages
 */
export function pagesLine(pages) {
  return pages.length === 1 ? `Page ${figure(pages[0])}` : `Pages ${pages.map(figure).join(", ")}`;
}
