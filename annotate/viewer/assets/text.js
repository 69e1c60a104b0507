// Draw a document: its blocks, their pieces, and a tag in the margin where a mark begins. The
// characters of the sheet are those of the document, one for one.

/** What stands on the sheet: pieces, also by mark, tags by mark, text nodes by their offset. */
let drawn = blank();

function blank() {
  return {
    pieces: [],
    byMark: new Map(),
    tags: new Map(),
    groups: [],
    nodes: [],
    open: new Set(),
    banners: new Set(),
  };
}

/** Draw the document that is read onto the sheet. */
function drawText() {
  const doc = current();
  drawn = blank();
  const sheet = find(".sheet");
  sheet.replaceChildren(
    captions(),
    ...(doc ? doc.blocks.flatMap((block) => blockOf(doc, block)) : []),
  );
  collectNodes(sheet);
}

/** Return the names of the layers above the margins that their tags stand in. */
function captions() {
  const named = (side) =>
    make(
      "span",
      { class: `caption ${side}` },
      ...layersOf(side).map((layer) => make("span", { "data-label": data.layers[layer].name })),
    );
  return make("div", { class: "captions", "aria-hidden": "true" }, named("left"), named("right"));
}

/** Return the layers that stand on one side of the text, in the order of their columns. */
function layersOf(side) {
  const layers = [...data.layers.keys()].filter((layer) => data.layers[layer].side === side);
  return layers.sort((a, b) => data.layers[a].column - data.layers[b].column);
}

function blockOf(doc, block) {
  const parts = block.pieces.flatMap((piece) => pieceOf(doc, piece));
  const element = make(block.kind === "heading" ? `h${Math.min(block.level + 2, 6)}` : "div", {
    class: `block ${block.kind}`,
    "data-level": block.level,
    dir: "auto",
  });
  element.append(...parts);
  const unread = block.pieces.find((piece) => piece.unread !== undefined);
  element.classList.toggle("unread", unread !== undefined);
  return [...banner(doc, unread), element];
}

/** Return a note before the first block of a chunk that was not read. */
function banner(doc, piece) {
  if (piece === undefined || drawn.banners.has(piece.unread)) return [];
  drawn.banners.add(piece.unread);
  const chunk = doc.chunks.find((each) => each.chunk === piece.unread);
  const label = `Chunk ${chunk.chunk} was not read: ${[chunk.status, chunk.note].filter(Boolean).join(", ")}`;
  return [make("div", { class: "banner", role: "note", "aria-label": label, "data-label": label })];
}

/** Return a piece, behind the tags of the marks that begin with it. */
function pieceOf(doc, piece) {
  const element = make(
    "span",
    { class: `piece ${piece.role ?? "content"}` },
    ...spoken(piece.text),
  );
  element.classList.toggle("lost", piece.unread !== undefined);
  const marks = piece.marks ?? [];
  const begun = marks.filter((place) => !drawn.open.has(place));
  drawn.open = new Set(marks);
  if (marks.length > 0) keep({ element, marks, cited: piece.cited ?? marks });
  return [...tagsOf(doc, begun), element];
}

/** Note a piece that marks cover. */
function keep(piece) {
  piece.element.dataset.marks = piece.marks.join(" ");
  drawn.pieces.push(piece);
  for (const place of piece.marks) {
    if (!drawn.byMark.has(place)) drawn.byMark.set(place, []);
    drawn.byMark.get(place).push(piece);
  }
}

/** Return the tags of marks that begin at one place, a group for each side of the text. */
function tagsOf(doc, begun) {
  return ["left", "right"].flatMap((side) => {
    const here = begun.filter((place) => data.layers[doc.marks[place].layer].side === side);
    if (here.length === 0) return [];
    const columns = layersOf(side).map((layer) =>
      here.filter((place) => doc.marks[place].layer === layer),
    );
    const group = make(
      "span",
      { class: `tags ${side}`, "data-columns": columns.length },
      ...columns.map((places) =>
        make("span", { class: "column" }, ...places.map((place) => tag(doc, place))),
      ),
    );
    drawn.groups.push({ element: group, marks: here });
    return [group];
  });
}

/** Return the handle of a mark: what the keyboard and a screen reader reach it by. */
function tag(doc, place) {
  const mark = doc.marks[place];
  const category = data.categories[mark.category];
  const element = make("button", {
    type: "button",
    class: "tag",
    tabindex: -1,
    "data-mark": place,
    "data-name": category.name,
    "data-code": category.code,
    "data-sign": outcomes.get(mark.outcome)?.sign ?? "",
    "data-tone": toneOf(mark),
    title: summary(mark),
    "aria-label": `${summary(mark)}: ${quotesOf(doc)[place]}`,
  });
  signed(element, category).classList.toggle("faint", data.layers[mark.layer].faint);
  drawn.tags.set(place, element);
  return element;
}

/** Return how loud a mark is: "error", "good" for other changes, "calm"; "" where nothing is known. */
function toneOf(mark) {
  if (!outcomes.has(mark.outcome)) return "";
  if (isError(mark)) return "error";
  return isChange(mark) ? "good" : "calm";
}

/** Return what a mark is, in a line. */
function summary(mark) {
  const outcome = outcomes.get(mark.outcome);
  const layer = data.layers.length > 1 ? [data.layers[mark.layer].name] : [];
  return [data.categories[mark.category].name, ...layer, ...(outcome ? [outcome.label] : [])].join(
    ", ",
  );
}

/** Give an element the hue and the line of a category. */
function signed(element, category) {
  element.style.setProperty("--hue", `var(--hue-${category.hue})`);
  element.style.setProperty("--line", category.pattern);
  return element;
}

/** Note each text node of the document with the offset that its text starts at. */
function collectNodes(sheet) {
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  let start = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    drawn.nodes.push({ node, start });
    start += node.length;
  }
}

/** Return the range of the characters from `start` to `end` of the text on the sheet. */
function rangeOf(start, end) {
  const range = document.createRange();
  const first = nodeAt(start);
  const last = nodeAt(end - 1);
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}

function nodeAt(offset) {
  let low = 0;
  let high = drawn.nodes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (drawn.nodes[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return drawn.nodes[low];
}
