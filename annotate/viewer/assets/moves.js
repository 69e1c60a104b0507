// Move: to a document, to a mark, to a chunk; with the mouse and with the keyboard.

/** Read another document; `keep` leaves the panel as it is. */
function openDocument(place, keep = false) {
  state.document = place;
  state.selected = null;
  drawText();
  drawTitle();
  drawRail();
  paint();
  if (!keep) drawPanel();
  showHits();
  find("#text").scrollTop = 0;
  openRail(false);
  note();
}

/** Choose a mark, show what is known about it, and go to it. */
function choose(documentPlace, place, { focus = true, scroll = true } = {}) {
  if (documentPlace !== state.document) openDocument(documentPlace, true);
  state.selected = place;
  if (reveal(selected())) filtered();
  paintChoice();
  drawTitle();
  openPanel("details");
  if (scroll) scrollTo(firstPiece(place));
  if (focus) drawn.tags.get(place)?.focus({ preventScroll: true });
  note();
}

/** Choose nothing. */
function leave() {
  state.selected = null;
  paintChoice();
  drawTitle();
  drawPanel();
  note();
}

function firstPiece(place) {
  return drawn.byMark.get(place)?.[0].element;
}

/** Bring an element or a range into the middle of what is seen. */
function scrollTo(target) {
  if (!target) return;
  const box = target.getBoundingClientRect();
  const reader = find("#text");
  const scrolls = getComputedStyle(reader).overflowY === "auto";
  const view = scrolls ? reader.getBoundingClientRect() : { top: 0, height: innerHeight };
  const away = box.top - view.top - view.height / 2 + Math.min(box.height, view.height / 2) / 2;
  (scrolls ? reader : window).scrollBy({ top: away, behavior: "instant" });
}

/** Go to where a chunk of this document begins. */
function goToChunk(number) {
  const chunk = current().chunks.find((each) => each.chunk === number);
  if (!chunk) return;
  const start = [...textOf(current())].slice(0, chunk.start).join("").length;
  scrollTo(rangeOf(start, start + 1));
  tell(`Chunk ${number}`);
}

/** Say something to a screen reader. */
function tell(message) {
  find(".spoken").textContent = message;
}

// ---- From mark to mark ----

/** Choose the next mark that is wanted, in this document or in the next that has one. */
function step(direction, wanted = () => true) {
  const found = nextStop(direction, wanted);
  if (!found) return tell("There is none.");
  choose(...found);
  const here = stops(current(), wanted);
  return tell(
    `${here.indexOf(found[1]) + 1} of ${here.length}. ${summary(selected())}: ${quotesOf(current())[found[1]]}`,
  );
}

function nextStop(direction, wanted) {
  for (let away = 0; away <= data.documents.length; away += 1) {
    const place =
      (state.document + direction * away + 2 * data.documents.length * (away + 1)) %
      data.documents.length;
    const here = stops(data.documents[place], wanted);
    const ahead = away > 0 ? here : here.filter((each) => isAhead(each, direction));
    const next = direction > 0 ? ahead[0] : ahead.at(-1);
    if (next !== undefined) return [place, next];
  }
  return null;
}

function isAhead(place, direction) {
  if (state.selected === null) return direction > 0;
  return direction > 0 ? place > state.selected : place < state.selected;
}

// ---- Mouse and keyboard ----

/** Choose what was clicked; clicking again goes through what lies on top of each other. */
function onSheetClick(event) {
  const handle = event.target.closest(".tag");
  if (handle) return choose(state.document, Number(handle.dataset.mark), { scroll: false });
  const element = event.target.closest(".marked");
  if (!element || !getSelection().isCollapsed) return undefined;
  const here = element.dataset.marks
    .split(" ")
    .map(Number)
    .filter((place) => isShown(current().marks[place]));
  const next = here[(here.indexOf(state.selected) + 1) % here.length];
  return choose(state.document, next, { scroll: false });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  e: () => step(1, isError),
  E: () => step(-1, isError),
  c: () => step(1, isChange),
  C: () => step(-1, isChange),
  d: () => openDocument((state.document + 1) % data.documents.length),
  D: () => openDocument((state.document + data.documents.length - 1) % data.documents.length),
  "/": () => find("#query").select(),
  "?": () => showKeys(),
  t: () => turnTheme(),
  Escape: () => (find("#rail").classList.contains("open") ? openRail(false) : leave()),
};

/** Act on a key, unless it is meant for a field, a dialog or the browser. */
function onKey(event) {
  const typing = event.target.closest?.("input:not([type=checkbox]), dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return undefined;
  if (event.key === "Enter" && event.target.closest?.(".tag")) return openDetails(event);
  if (!Object.hasOwn(KEYS, event.key) || (data.documents.length === 0 && event.key !== "?"))
    return undefined;
  if (!state.keys && !["?", "Escape"].includes(event.key)) return undefined;
  event.preventDefault();
  return KEYS[event.key]();
}

/** Choose the tag that has the focus and go to what is said about it. */
function openDetails(event) {
  event.preventDefault();
  choose(state.document, Number(event.target.closest(".tag").dataset.mark), {
    focus: false,
    scroll: false,
  });
  find(".subject").focus();
}

let noting;

/** Keep in the address what is looked at, so that it can be passed on; not at every step of many. */
function note() {
  clearTimeout(noting);
  noting = setTimeout(noteNow, 150);
}

function noteNow() {
  const mark = state.selected === null ? "" : `:${state.selected}`;
  try {
    history.replaceState(null, "", `#${state.document}${mark}`);
  } catch {
    // A page inside another one has no address of its own.
  }
}

/** Look at what the address names. */
function restore() {
  const [, place, mark] = /^#(\d+)(?::(\d+))?$/.exec(location.hash) ?? [];
  const doc = data.documents[Number(place ?? 0)];
  openDocument(doc ? Number(place ?? 0) : 0);
  if (doc?.marks[Number(mark)]) choose(state.document, Number(mark), { focus: false });
}
