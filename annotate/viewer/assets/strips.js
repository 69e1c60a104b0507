// Paint the marks: a line a mark below the words (above them for the left side's layer), each in a
// lane of its own, so that marks that overlap are all seen.

const STEP = 4; // pixels from one lane to the next
const MOST_LANES = 6; // more than these are seen in the margin alone

/** Paint every piece and tag by what the filters let through. */
function paint() {
  const doc = current();
  if (!doc) return;
  const lanes = new Map([...lanesOf(doc, "left"), ...lanesOf(doc, "right")]);
  for (const piece of drawn.pieces) paintPiece(doc, piece, lanes);
  for (const group of drawn.groups) paintGroup(doc, group);
  for (const block of find(".sheet").querySelectorAll(".block")) paintBlock(block);
  paintChoice();
}

/** Give each shown mark of a side the first lane that is free all along it. */
function lanesOf(doc, side) {
  const ends = [];
  const lanes = new Map();
  doc.marks.forEach((mark, place) => {
    if (data.layers[mark.layer].side !== side || !isShown(mark)) return;
    const free = ends.findIndex((end) => end <= mark.start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = mark.end;
    lanes.set(place, Math.min(lane, MOST_LANES - 1));
  });
  return lanes;
}

function paintPiece(doc, piece, lanes) {
  const here = piece.marks.filter((place) => lanes.has(place));
  const style = piece.element.style;
  piece.element.classList.toggle("marked", here.length > 0);
  style.background = here.map((place) => strip(doc.marks[place], lanes.get(place))).join(", ");
  for (const side of ["left", "right"])
    style.setProperty(`--${side}`, deepest(doc, here, lanes, side));
  style.setProperty("--tint", tint(doc, here));
}

/** Return the hue of a piece: of its category, or none where it has several. */
function tint(doc, here) {
  const hues = new Set(here.map((place) => data.categories[doc.marks[place].category].hue));
  return hues.size === 1 ? `var(--hue-${[...hues][0]})` : "var(--soft)";
}

function deepest(doc, here, lanes, side) {
  const own = here.filter((place) => data.layers[doc.marks[place].layer].side === side);
  return Math.max(0, ...own.map((place) => lanes.get(place) + 1));
}

/** Return the line of a mark as a background layer. */
function strip(mark, lane) {
  const category = data.categories[mark.category];
  const above = data.layers[mark.layer].side === "left";
  const place = above
    ? `calc((var(--left) - ${lane + 1}) * ${STEP}px)`
    : `calc(100% - (var(--right) - ${lane + 1}) * ${STEP}px)`;
  return `${LINES[category.pattern](hueOf(mark))} 0 ${place} / 100% ${category.pattern === "double" ? 3 : 2}px no-repeat`;
}

function hueOf(mark) {
  const hue = `var(--hue-${data.categories[mark.category].hue})`;
  return data.layers[mark.layer].faint ? `color-mix(in oklab, ${hue} 45%, var(--paper))` : hue;
}

const LINES = {
  solid: (hue) => `linear-gradient(${hue} 0 0)`,
  dashed: (hue) => `repeating-linear-gradient(90deg, ${hue} 0 6px, #0000 6px 9px)`,
  dotted: (hue) => `repeating-linear-gradient(90deg, ${hue} 0 2px, #0000 2px 5px)`,
  double: (hue) => `linear-gradient(${hue} 0 1px, #0000 1px 2px, ${hue} 2px 3px)`,
};

/** Show the tags of a group that the filters let through; a lone one has room for its name. */
function paintGroup(doc, group) {
  const shown = group.marks.filter((place) => isShown(doc.marks[place]));
  group.element.hidden = shown.length === 0;
  group.element.dataset.count = shown.length;
  for (const place of group.marks) drawn.tags.get(place).hidden = !shown.includes(place);
}

/** Set off the mark that is chosen, and what it was paired with; let the keyboard reach its tag. */
function paintChoice() {
  for (const piece of find(".sheet").querySelectorAll(".chosen"))
    piece.classList.remove("chosen", "cited");
  for (const tag of find(".sheet").querySelectorAll(".partner")) tag.classList.remove("partner");
  find(".sheet .tag[aria-pressed=true]")?.setAttribute("aria-pressed", "false");
  find(".sheet .tag[tabindex='0']")?.setAttribute("tabindex", "-1");
  const first = current()?.marks.findIndex((mark) => isShown(mark));
  drawn.tags.get(state.selected ?? first)?.setAttribute("tabindex", "0");
  if (selected()) paintChosen(selected());
}

function paintChosen(mark) {
  for (const { element, cited } of drawn.byMark.get(state.selected) ?? []) {
    element.classList.add("chosen");
    element.classList.toggle("cited", !mark.evidence || cited.includes(state.selected));
    element.style.setProperty("--chosen", `var(--hue-${data.categories[mark.category].hue})`);
  }
  drawn.tags.get(state.selected)?.setAttribute("aria-pressed", "true");
  for (const place of mark.partners ?? []) drawn.tags.get(place)?.classList.add("partner");
}

/** Give a block the line height that its lanes need. */
function paintBlock(block) {
  const pieces = [...block.querySelectorAll(".marked")];
  for (const side of ["left", "right"]) {
    const depths = pieces.map((piece) => Number(piece.style.getPropertyValue(`--${side}`)));
    block.style.setProperty(`--most-${side}`, Math.max(0, ...depths));
  }
}
