// The problems: what was not read, which answers were refused, and how every chunk ended.

function problemCount() {
  const doc = current();
  return (doc ? problemsOf(doc) : 0) + data.unreadable.length;
}

function problemsPanel() {
  const doc = current();
  const lost = doc?.chunks.filter((chunk) => !chunk.answered) ?? [];
  const parts = [
    problems(
      "Not read",
      "These parts of the text are hatched: nothing is known about them.",
      lost.map(lostChunk),
    ),
    problems(
      "Refused answers",
      "They broke the schema or quoted words that the text does not hold, and no repair mended them.",
      (doc?.refused ?? []).map(refusedAnswer),
    ),
    problems("Unreadable inputs", "", data.unreadable.map(unreadable)),
  ].filter(Boolean);
  return [...(parts.length > 0 ? parts : [noProblems(doc)]), chunkTable(doc)].filter(Boolean);
}

function problems(title, explained, rows) {
  if (rows.length === 0) return null;
  return make(
    "section",
    {},
    make("h3", {}, title),
    explained ? make("p", { class: "note" }, explained) : null,
    make("ul", { class: "problems" }, ...rows),
  );
}

function noProblems(doc) {
  const chunks = doc?.chunks.length ?? 0;
  const said =
    chunks > 0
      ? `All ${counted(chunks, "chunk")} of this document were answered, and no answer was refused.`
      : "Nothing is known of how this text was read.";
  return make("p", { class: "quiet" }, said);
}

function lostChunk(chunk) {
  return make(
    "li",
    {},
    button({ class: "problem" }, () => goToChunk(chunk.chunk), words("span", {}, chunkLine(chunk))),
  );
}

function refusedAnswer(refused) {
  return make(
    "li",
    { class: "refused" },
    make(
      "p",
      {},
      make("span", { class: "badge error" }, refused.kind),
      " ",
      words("b", {}, refused.category || "no category"),
    ),
    refused.quote ? words("blockquote", {}, refused.quote) : null,
    refused.answer ? words("pre", {}, refused.answer) : null,
    words("p", { class: "stated" }, statedLine(refused)),
    make("ul", { class: "note" }, ...refused.problems.map((problem) => words("li", {}, problem))),
    refused.chunk === null
      ? null
      : button({ class: "link" }, () => goToChunk(refused.chunk), `chunk ${refused.chunk}`),
  );
}

function unreadable(row) {
  return make("li", {}, words("b", {}, row.source), " ", words("span", {}, row.reason));
}

/** Return the ledger of the document. */
function chunkTable(doc) {
  if (!doc || doc.chunks.length === 0) return null;
  const head = make(
    "tr",
    {},
    ...["chunk", "ended", "found", "answers", "tokens"].map((name) =>
      make("th", { "aria-label": name }, name),
    ),
  );
  const table = make(
    "table",
    { class: "ledger" },
    make("thead", {}, head),
    make("tbody", {}, ...doc.chunks.map(chunkRow)),
  );
  return make("section", {}, make("h3", {}, "Chunks"), table);
}

function chunkRow(chunk) {
  const first = make(
    "td",
    {},
    button({ class: "link" }, () => goToChunk(chunk.chunk), String(chunk.chunk)),
  );
  const cells = [
    chunk.status,
    figure(chunk.annotations),
    figure(chunk.requests),
    figure(chunk.tokens),
  ];
  return make(
    "tr",
    { class: chunk.answered ? "" : "lost", title: chunkLine(chunk) },
    first,
    ...cells.map((cell) => make("td", {}, cell)),
  );
}
