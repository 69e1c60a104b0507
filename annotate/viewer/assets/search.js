// Search the text of all documents and what is annotated in them.

const MOST_RESULTS = 200;
const AROUND = 36; // characters shown on either side of a hit

let results = { texts: [], marks: [], more: false, at: -1 };

/** Search for what stands in the field. */
function onQuery() {
  const query = find("#query").value.trim();
  if (query === state.query) return;
  const before = state.query;
  state.query = query;
  results = { texts: textHits(query), marks: markHits(query), at: -1 };
  if (query) state.tab = "results";
  else if (before && state.tab === "results") state.tab = "details";
  drawPanel();
  showHits();
}

/** Return a pattern for words, whatever white space stands between them; null for no words. */
function pattern(query) {
  const parts = query
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  return parts.length > 0 ? new RegExp(parts.join("\\s+"), "gi") : null;
}

/** Return the places of the documents, the one that is read first. */
function searched() {
  const others = [...data.documents.keys()].filter((place) => place !== state.document);
  return data.documents.length > 0 ? [state.document, ...others] : [];
}

function textHits(query) {
  const hits = [];
  for (const place of searched()) {
    for (const match of textOf(data.documents[place]).matchAll(pattern(query) ?? /$^/g)) {
      if (hits.length === MOST_RESULTS) return hits;
      hits.push({ document: place, start: match.index, end: match.index + match[0].length });
    }
  }
  return hits;
}

function markHits(query) {
  const found = pattern(query);
  if (!found) return [];
  const hits = [];
  for (const place of searched()) {
    data.documents[place].marks.forEach((mark, at) => {
      if (described(mark).search(found) >= 0) hits.push({ document: place, mark: at });
    });
  }
  return hits.slice(0, MOST_RESULTS);
}

/** Return the words of a mark that are not words of its document. */
function described(mark) {
  return `${summary(mark)} ${statedLine(mark)} ${(mark.facts ?? []).flat().join(" ")}`;
}

function resultCount() {
  return results.texts.length + results.marks.length;
}

function resultsPanel() {
  const texts = results.texts.flatMap((hit, place) => [
    ...from(hit, results.texts[place - 1]),
    make("li", {}, hitButton(hit, place)),
  ]);
  const marks = results.marks.map((hit) => make("li", {}, quoteButton(hit.document, hit.mark)));
  if (texts.length + marks.length === 0) return [make("p", { class: "quiet" }, "Nothing found.")];
  return [
    texts.length > 0
      ? make(
          "section",
          {},
          make("h3", {}, `In the text: ${atLeast(results.texts.length)}`),
          make("ul", { class: "quotes" }, ...texts),
        )
      : null,
    marks.length > 0
      ? make(
          "section",
          {},
          make("h3", {}, `In annotations: ${atLeast(marks.length)}`),
          make("ul", { class: "quotes" }, ...marks),
        )
      : null,
  ].filter(Boolean);
}

function atLeast(count) {
  return count === MOST_RESULTS ? `the first ${count}` : figure(count);
}

/** Return the name of the document of a hit where the hit before it stands in another one. */
function from(hit, before) {
  if (data.documents.length < 2 || hit.document === before?.document) return [];
  return [words("li", { class: "from" }, data.documents[hit.document].name)];
}

function hitButton(hit, place) {
  const text = textOf(data.documents[hit.document]);
  const before = text.slice(Math.max(0, hit.start - AROUND), hit.start);
  const after = text.slice(hit.end, hit.end + AROUND);
  return button(
    { class: "quote", "data-hit": place },
    () => goToHit(place),
    make(
      "span",
      { class: "said", dir: "auto" },
      "…",
      ...spoken(hit.start > AROUND ? before.replace(/^\S*\s/, "") : before),
      make("mark", {}, ...spoken(text.slice(hit.start, hit.end))),
      ...spoken(after.replace(/\s\S*$/, "")),
      "…",
    ),
  );
}

/** Go to a hit in the text. */
function goToHit(place) {
  const hit = results.texts[place];
  if (!hit) return;
  results.at = place;
  if (hit.document !== state.document) openDocument(hit.document, true);
  scrollTo(rangeOf(hit.start, hit.end));
  showHits();
  tell(`Hit ${place + 1} of ${results.texts.length}`);
}

/** Mark the hits in the text, without touching its elements. */
function showHits() {
  if (!("highlights" in CSS)) return;
  const here = results.texts.filter((hit) => hit.document === state.document);
  const at = results.texts[results.at];
  CSS.highlights.set("hit", new Highlight(...here.map((hit) => rangeOf(hit.start, hit.end))));
  CSS.highlights.set(
    "hit-now",
    new Highlight(...here.filter((hit) => hit === at).map((hit) => rangeOf(hit.start, hit.end))),
  );
}

/** Step through the hits with Enter, leave with Escape. */
function onQueryKey(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    find("#query").value = "";
    onQuery();
    find("#text").focus();
  }
  if (event.key !== "Enter" || results.texts.length === 0) return;
  event.preventDefault();
  const step = event.shiftKey ? -1 : 1;
  const from = results.at < 0 && event.shiftKey ? 0 : results.at;
  goToHit((from + step + results.texts.length) % results.texts.length);
}
