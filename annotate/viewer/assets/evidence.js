// What was cited for a mark, how it was found in the text, and how its chunk ended.

/** Return what was cited for a mark, how it was found, and how its chunk ended. */
function evidenceOf(doc, mark) {
  if (!mark.evidence) return null;
  return make(
    "section",
    {},
    make("h3", {}, "Evidence"),
    ...mark.evidence.map((each) => citation(doc, mark, each)),
  );
}

const FOUND = {
  exact: "Cited letter by letter.",
  folded: "Cited with other white space, quotes, dashes, case or Markdown marks.",
  fuzzy: "Cited with two neighbouring letters swapped inside one long word.",
};

function citation(doc, mark, evidence) {
  // The ledger of the page is that of its first layer.
  const chunk =
    mark.layer === 0 ? doc.chunks.find((each) => each.chunk === evidence.chunk) : undefined;
  return make(
    "div",
    { class: "citation" },
    make(
      "p",
      {},
      make("span", { class: `grounding ${evidence.grounding}` }, evidence.grounding),
      ` ${FOUND[evidence.grounding] ?? ""}`,
    ),
    evidence.cited ? labelled("cited", evidence.cited) : null,
    evidence.part ? labelled(evidence.cited ? "printed" : "cited part", evidence.part) : null,
    chunk ? make("p", { class: "note" }, chunkLine(chunk)) : null,
  );
}

function labelled(label, text) {
  return make(
    "div",
    { class: "labelled" },
    make("span", { class: "whose" }, label),
    words("q", {}, text),
  );
}

/** Return how a chunk ended, with what it took to mend its answers. */
function chunkLine(chunk) {
  const repairs = chunk.invalid + chunk.ungrounded;
  return (
    [
      `Chunk ${chunk.chunk}, characters ${figure(chunk.start)}–${figure(chunk.end)}: ${chunk.status}`,
      chunk.requests > 1 ? `${counted(chunk.requests, "answer")} used` : "",
      repairs > 0
        ? `${chunk.invalid} invalid and ${chunk.ungrounded} ungrounded annotations sent back`
        : "",
      chunk.note,
    ]
      .filter(Boolean)
      .join("; ") + "."
  );
}
