// The fields of a form, made from the schema: one for each attribute of a category.

import { make, words } from "../elements.js";

/**
 * @typedef {import("./progress.js").Field} Field
 * @typedef {(value: unknown) => void} Keep - takes what was chosen or typed
 */

/** What to write where the words of a value have a form. @type {Record<string, string>} */
const FORMS = {
  duration: "as ISO 8601 writes it: P90D, P12M, P7Y, PT48H",
  date: "as 2024-05-20, 2024-05 or 2024",
  country: "as two capital letters: US, DE",
};

/**
 * Return the field of an attribute.
 * @param {Field} field
 * @param {unknown} value
 * @param {Keep} keep
 */
export function fieldOf(field, value, keep) {
  const note = `about-${field.name}`.replace(/[^\w-]/g, "-");
  return make(
    "fieldset",
    { class: "field", "aria-describedby": note },
    make("legend", {}, words("bdi", {}, field.name)),
    words("p", { class: "note", id: note }, field.definition),
    inner(field, value, keep),
  );
}

/**
 * @param {Field} field
 * @param {unknown} value
 * @param {Keep} keep
 */
function inner(field, value, keep) {
  if (field.kind === "boolean") {
    const options = [
      { value: "yes", definition: "" },
      { value: "no", definition: "" },
    ];
    const stated = value === true ? "yes" : value === false ? "no" : null;
    return single(field, options, stated, (chosen) =>
      keep(chosen === null ? null : chosen === "yes"),
    );
  }
  if (field.values === null) return [typed(field, value, keep)];
  const { values } = field;
  if (!field.many) return single(field, values, value, keep);
  const present = new Set(Array.isArray(value) ? value : []);
  return values.map((each, place) =>
    option(field, place, "checkbox", each, present.has(each.value), (checked) => {
      if (checked) present.add(each.value);
      else present.delete(each.value);
      keep(values.map((one) => one.value).filter((one) => present.has(one)));
    }),
  );
}

/**
 * Return a choice of one value, or of none where nothing need be stated.
 * @param {Field} field
 * @param {Array<{ value: string, definition: string }>} options
 * @param {unknown} value
 * @param {Keep} keep
 */
function single(field, options, value, keep) {
  const chosen = options.map((each, place) =>
    option(field, place, "radio", each, each.value === value, () => keep(each.value)),
  );
  if (field.required) return chosen;
  const nothing = { value: "nothing stated", definition: "" };
  const stated = options.some((each) => each.value === value);
  return [...chosen, option(field, options.length, "radio", nothing, !stated, () => keep(null))];
}

/**
 * @param {Field} field
 * @param {number} place
 * @param {"radio" | "checkbox"} type
 * @param {{ value: string, definition: string }} shown
 * @param {boolean} checked
 * @param {(checked: boolean) => void} act
 */
function option(field, place, type, shown, checked, act) {
  const id = `draft-${field.name}-${place}`.replace(/[^\w-]/g, "-");
  const box = make("input", { type, id, name: `draft-${field.name}`, checked });
  box.addEventListener("change", () => act(box.checked));
  return make(
    "div",
    { class: "option" },
    box,
    make(
      "label",
      { for: id },
      words("b", {}, shown.value),
      shown.definition ? words("span", { class: "note" }, ` ${shown.definition}`) : null,
    ),
  );
}

// ---- Values that are typed ----

/**
 * @param {Field} field
 * @param {unknown} value
 * @param {Keep} keep
 */
function typed(field, value, keep) {
  const id = `draft-${field.name}`.replace(/[^\w-]/g, "-");
  const box = field.many ? make("textarea", { id }) : make("input", { type: "text", id });
  const values = Array.isArray(value)
    ? value
    : value === null || value === undefined
      ? []
      : [value];
  box.value = values.map(asText).join("\n");
  box.addEventListener("input", () => {
    const lines = box.value.split("\n").filter((line) => line.trim());
    const read = lines.map((line) => readAs(field, line.trim()));
    keep(field.many ? read : (read[0] ?? null));
  });
  const how = [FORMS[field.form], field.many ? "one to a line" : ""].filter(Boolean).join("; ");
  return make("div", {}, make("label", { for: id }, how ? `Value, ${how}` : "Value"), box);
}

/** @param {unknown} value */
function asText(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Return what was typed as a value of its kind; the server says what is wrong with it.
 * @param {Field} field
 * @param {string} line
 */
function readAs(field, line) {
  const isNumber = field.kind === "integer" || field.kind === "number";
  if (isNumber && line !== "" && Number.isFinite(Number(line))) return Number(line);
  if (!/^[[{]/.test(line)) return line;
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
