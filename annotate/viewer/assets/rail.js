// The rail: which document is read, and what is let through.

/** Draw the rail anew; what has the focus in it keeps it. */
function drawRail() {
  const focus = document.activeElement?.closest("#rail") ? document.activeElement.id : "";
  find("#rail").replaceChildren(
    ...[
      button({ class: "close", id: "close-rail" }, () => openRail(false), "Close"),
      documentList(),
      layerFilter(),
      outcomeFilter(),
      categoryFilter(),
      runFacts(),
    ].filter(Boolean),
  );
  if (focus) document.getElementById(focus)?.focus();
}

/** Draw again what the filters change. */
function filtered() {
  drawRail();
  paint();
  drawTitle();
  drawPanel();
}

/** Open or close the rail where it has no room of its own. */
function openRail(open) {
  const rail = find("#rail");
  if (rail.classList.contains("open") === open) return;
  rail.classList.toggle("open", open);
  find("#open-rail").setAttribute("aria-expanded", String(open));
  (open ? rail.firstElementChild : find("#open-rail")).focus();
}

// ---- Documents ----

function documentList() {
  const rows = data.documents.map((doc, place) => make("li", {}, documentButton(doc, place)));
  return make(
    "section",
    { class: "documents" },
    make("h2", {}, counted(data.documents.length, "document")),
    make("ul", {}, ...rows),
  );
}

function documentButton(doc, place) {
  const found = doc.marks.filter((mark) => mark.layer === 0).length;
  const problems = problemsOf(doc);
  const attributes = {
    id: `document-${place}`,
    class: "document",
    "aria-current": place === state.document ? "page" : null,
  };
  return button(
    attributes,
    () => openDocument(place),
    words("span", { class: "name" }, doc.name),
    problems > 0
      ? make(
          "span",
          {
            class: "warn",
            title: counted(problems, "problem"),
            "aria-label": counted(problems, "problem"),
          },
          `! ${problems}`,
        )
      : null,
    make("span", { class: "count", title: counted(found, "annotation") }, figure(found)),
  );
}

// ---- Filters ----

function layerFilter() {
  if (data.layers.length < 2) return null;
  const marks = current()?.marks ?? [];
  const counts = tally(marks, (mark) => mark.layer);
  const rows = layersInOrder().map((place) =>
    filterRow(
      "layer",
      place,
      [edgeOf(data.layers[place]), data.layers[place].name],
      [counts.get(place) ?? 0],
    ),
  );
  return filter("Layers", "layer", data.layers.keys(), rows);
}

/** Return a small picture of where the lines of a layer run. */
function edgeOf(layer) {
  return make("span", {
    class: `edge ${layer.side}${layer.faint ? " faint" : ""}`,
    "aria-hidden": "true",
  });
}

/** Return the layers from the left margin to the right one. */
function layersInOrder() {
  return [...layersOf("left"), ...layersOf("right")];
}

function outcomeFilter() {
  if (outcomes.size === 0) return null;
  const counts = tally(
    (current()?.marks ?? []).filter((mark) => isFirst(current(), mark)),
    (mark) => mark.outcome,
  );
  const present = data.outcomes.filter((outcome) => counts.has(outcome.name));
  const rows = present.map((outcome) =>
    filterRow(
      "outcome",
      outcome.name,
      [outcomeSign(outcome), outcome.label],
      [counts.get(outcome.name)],
      outcome.explained,
    ),
  );
  return rows.length > 0
    ? filter(
        "Outcomes",
        "outcome",
        present.map((outcome) => outcome.name),
        rows,
      )
    : null;
}

function outcomeSign(outcome) {
  return make(
    "span",
    { class: `sign ${outcome.error ? "error" : "fine"}`, "aria-hidden": "true" },
    outcome.sign,
  );
}

function categoryFilter() {
  const marks = current()?.marks ?? [];
  const counts = layersInOrder().map((layer) =>
    tally(
      marks.filter((mark) => mark.layer === layer),
      (mark) => mark.category,
    ),
  );
  const rows = data.categories.map((category, place) =>
    filterRow(
      "category",
      place,
      [swatch(category), words("span", { class: "name" }, category.name)],
      counts.map((each) => each.get(place) ?? 0),
      category.definition.split("\n")[0],
    ),
  );
  return filter("Categories", "category", data.categories.keys(), rows);
}

/** Return a group of check boxes with buttons for all and none. */
function filter(title, field, values, rows) {
  const every = [...values];
  const set = (hidden) => {
    for (const value of every) state.hidden[field][hidden ? "add" : "delete"](value);
    filtered();
  };
  const names =
    field === "category" && data.layers.length > 1
      ? make(
          "span",
          { class: "columns" },
          ...layersInOrder().map((layer) => make("span", {}, data.layers[layer].name)),
        )
      : null;
  return make(
    "fieldset",
    { class: `filter ${field}` },
    make("legend", {}, title),
    make(
      "div",
      { class: "all" },
      button({ id: `all-${field}` }, () => set(false), "all"),
      button({ id: `none-${field}` }, () => set(true), "none"),
      names,
    ),
    ...rows,
  );
}

/** Return a check box with its label and counts; a button beside it leaves this one alone. */
function filterRow(field, value, label, counts, title) {
  const id = `${field}-${value}`.replace(/[^\w-]/g, "-");
  const box = make("input", { type: "checkbox", id, checked: !state.hidden[field].has(value) });
  box.addEventListener("change", () => {
    state.hidden[field][box.checked ? "delete" : "add"](value);
    filtered();
  });
  const figures = counts.map((count) =>
    make("span", { class: count > 0 ? "count" : "count zero" }, figure(count)),
  );
  return make(
    "div",
    { class: "choice", title },
    box,
    make("label", { for: id }, ...label),
    button(
      { class: "only", id: `only-${id}`, "aria-label": "only this" },
      () => only(field, value),
      "only",
    ),
    ...figures,
  );
}

/** Hide every other value of a field. */
function only(field, value) {
  const every = {
    layer: data.layers.keys(),
    outcome: outcomes.keys(),
    category: data.categories.keys(),
  }[field];
  state.hidden[field] = new Set([...every].filter((each) => each !== value));
  filtered();
}

// ---- The run ----

function runFacts() {
  if (data.facts.length === 0) return null;
  const rows = data.facts.flatMap(([name, value]) => [
    make("dt", {}, name),
    words("dd", {}, value),
  ]);
  return make(
    "details",
    { class: "run" },
    make("summary", {}, "About this run"),
    make("dl", {}, ...rows),
  );
}
