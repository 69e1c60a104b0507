// The attributes of a mark, with those of what it was paired with, and what their values mean.

/** Return the attributes of a mark and, beside them, those of what it was paired with. */
function sides(doc, mark, category) {
  const partners = (mark.partners ?? []).map((place) => doc.marks[place]);
  const shown = [mark, ...partners].sort((a, b) => b.layer - a.layer);
  const rows = attributeNames(shown).map((name) => attributeRow(name, shown, mark, category));
  const moved = partners.filter(
    (other) =>
      other.start !== mark.start || other.end !== mark.end || other.category !== mark.category,
  );
  return [
    rows.length > 0 ? make("h3", {}, "Attributes") : null,
    rows.length > 0 ? make("dl", { class: "attributes" }, ...rows.flat()) : null,
    ...moved.map((other) => partnerLine(doc, other)),
  ];
}

function attributeNames(marks) {
  return [...new Set(marks.flatMap((mark) => mark.attributes.map(([name]) => name)))];
}

function attributeRow(name, shown, mark, category) {
  const known = category.attributes[name];
  const differs = mark.differs?.includes(name) ?? false;
  const lines =
    shown.length > 1 && differs
      ? shown.map((each) => valueLine(each, name, data.layers[each.layer].name, shown))
      : [valueLine(mark, name, "", [mark])];
  return [
    make(
      "dt",
      { title: known?.definition },
      words("bdi", {}, name),
      differs ? make("span", { class: "flag" }, "differs") : null,
    ),
    make("dd", {}, ...lines.flat(), ...valueNotes(name, shown, known)),
  ];
}

/** Return the values of one attribute of a mark; those that not every side states are set off. */
function valueLine(mark, name, label, sides) {
  const values = valuesOf(mark, name);
  const common = (value) => sides.every((side) => valuesOf(side, name).includes(value));
  const shown =
    values.length > 0
      ? values.map((value) =>
          words("span", { class: common(value) ? "value" : "value odd" }, value),
        )
      : [make("span", { class: "none" }, "nothing stated")];
  return make(
    "div",
    { class: "values" },
    label ? make("span", { class: "whose" }, label) : null,
    ...shown,
  );
}

function valuesOf(mark, name) {
  return mark.attributes.find(([each]) => each === name)?.[1] ?? [];
}

/** Return the definitions of the values that are stated. */
function valueNotes(name, shown, known) {
  const stated = new Set(shown.flatMap((mark) => valuesOf(mark, name)));
  const defined = [...stated].filter((value) => known && Object.hasOwn(known.values, value));
  if (defined.length === 0) return known ? [make("p", { class: "note" }, known.definition)] : [];
  return defined.map((value) =>
    make("p", { class: "note" }, make("b", {}, value), ` ${known.values[value]}`),
  );
}

function partnerLine(doc, other) {
  const place = doc.marks.indexOf(other);
  return make(
    "div",
    { class: "other" },
    make(
      "p",
      { class: "whose" },
      `${data.layers[other.layer].name}: ${data.categories[other.category].name}`,
    ),
    quoteButton(state.document, place),
  );
}
