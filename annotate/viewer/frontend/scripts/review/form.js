// The panel in which an annotation is corrected or added.

import { data } from "../data.js";
import { fill, make, words } from "../elements.js";
import { definition } from "../panels/details.js";
import { changed, state } from "../state.js";
import { act, problems } from "./controls.js";
import { decideFully, goOn, show } from "./decide.js";
import {
  draft,
  draftedWords,
  isElsewhere,
  moveSpan,
  snap,
  showDraft,
  stopDrafting,
  takeSelection,
} from "./draft.js";
import { fieldOf } from "./fields.js";
import { progress } from "./progress.js";

/** @typedef {import("./draft.js").Draft} Draft */

/** @type {import("../panels/panels.js").Panel} */
export const editPanel = {
  label: "Write",
  when: () => draft.now !== null && !isElsewhere(),
  draw() {
    const { now } = draft;
    if (!now) return [];
    return [
      make(
        "h2",
        { class: "drafted", tabindex: -1 },
        now.action === "add" ? "Add an annotation" : "Correct",
      ),
      problems(),
      ends(),
      span(now),
      ...category(now),
      inTheGold(now),
      why(now),
      ends(),
    ];
  },
};

/** Return the buttons that end the writing. */
function ends() {
  return make(
    "div",
    { class: "choices", role: "group", "aria-label": "End" },
    act("Save", "Ctrl+Enter", save, { class: "accept", "aria-keyshortcuts": "Control+Enter" }),
    act("Cancel", "Esc", stopDrafting, { "aria-keyshortcuts": "Escape" }),
  );
}

/** @param {Draft} now */
function span(now) {
  const box = make("input", { type: "checkbox", id: "draft-exact", checked: now.exact });
  box.addEventListener("change", () => {
    now.exact = box.checked;
    snap();
    changed("panel");
    showDraft();
  });
  return make(
    "section",
    { class: "span", "aria-label": "Words" },
    words("blockquote", {}, draftedWords()),
    make(
      "div",
      { class: "choices", role: "group", "aria-label": "Move the words" },
      act("Earlier", ",", () => moveSpan("both", -1)),
      act("Later", ".", () => moveSpan("both", 1)),
      act("Start −", "{", () => moveSpan("start", -1)),
      act("Start +", "}", () => moveSpan("start", 1)),
      act("End −", "[", () => moveSpan("end", -1)),
      act("End +", "]", () => moveSpan("end", 1)),
      act("Take what is selected", "v", takeSelection),
    ),
    progress.unit === null
      ? null
      : make(
          "p",
          { class: "option" },
          box,
          make("label", { for: "draft-exact" }, "As it is, not whole sentences and items"),
        ),
    now.exact && progress.unit !== null
      ? make("p", { class: "note" }, "The lint of the gold will ask for whole units.")
      : null,
  );
}

/** @param {Draft} now */
function category(now) {
  const list = make("select", { id: "draft-category" });
  const names = Object.keys(progress.forms);
  const none = names.includes(now.category) ? [] : [""];
  for (const name of [...none, ...names]) {
    list.append(make("option", { value: name }, name || "choose one"));
  }
  list.value = now.category;
  // The list itself stays: who types the name of a category types one letter after the other.
  const below = make("div", {}, ...whatItAsks(now));
  list.addEventListener("change", () => {
    now.category = list.value;
    fill(below, ...whatItAsks(now));
  });
  const label = make("label", { for: "draft-category" }, "Category");
  return [make("div", { class: "field" }, label, list), below];
}

/**
 * Return the definition of the category, and a field for each of its attributes.
 * @param {Draft} now
 */
function whatItAsks(now) {
  const known = data.categories.find((each) => each.name === now.category);
  const fields = (progress.forms[now.category] ?? []).map((field) =>
    fieldOf(field, now.attributes[field.name], (value) => {
      now.attributes[field.name] = value;
    }),
  );
  return [known ? definition(known) : null, ...fields];
}

/** @param {Draft} now */
function inTheGold(now) {
  /**
   * @param {string} id
   * @param {string} label
   * @param {boolean} checked
   * @param {(checked: boolean) => void} keep
   */
  const row = (id, label, checked, keep) => {
    const box = make("input", { type: "checkbox", id, checked });
    box.addEventListener("change", () => keep(box.checked));
    return make("div", { class: "option" }, box, make("label", { for: id }, label));
  };
  return make(
    "fieldset",
    { class: "field" },
    make("legend", {}, "In the gold"),
    row("draft-optional", "optional: may be annotated or not", now.status === "optional", (on) => {
      now.status = on ? "optional" : "required";
    }),
    row("draft-must", "must be found: no change may lose it", now.must_find, (on) => {
      now.must_find = on;
    }),
  );
}

/** @param {Draft} now */
function why(now) {
  const box = make("textarea", { id: "draft-why" });
  box.value = now.why;
  box.addEventListener("input", () => {
    now.why = box.value;
  });
  return make("div", { class: "field" }, make("label", { for: "draft-why" }, "Why"), box);
}

/** Keep what is written; where it is refused, say why and go on writing. */
export async function save() {
  const { now } = draft;
  if (!now) return;
  const { attributes, ...rest } = now;
  const names = new Set((progress.forms[now.category] ?? []).map((field) => field.name));
  // What another category had is left behind, and what was never chosen is said to be missing.
  const own = Object.entries(attributes).filter(([name]) => names.has(name));
  const missing = (progress.forms[now.category] ?? []).filter(
    (field) => field.many && attributes[field.name] === undefined,
  );
  const filled = Object.fromEntries([...own, ...missing.map((field) => [field.name, []])]);
  const made = await decideFully({ ...rest, attributes: filled });
  if (!made) return;
  stopDrafting();
  if (now.action === "correct") goOn(made);
  else show(made);
}

/**
 * See to a key while something is written: it moves the span or ends the writing, and decides
 * nothing else.
 * @param {KeyboardEvent} event
 */
export function onDraftKey(event) {
  if (!draft.now || state.tab !== "edit") return false;
  /** @type {Record<string, () => void>} */
  const actions = {
    ",": () => moveSpan("both", -1),
    ".": () => moveSpan("both", 1),
    "{": () => moveSpan("start", -1),
    "}": () => moveSpan("start", 1),
    "[": () => moveSpan("end", -1),
    "]": () => moveSpan("end", 1),
    v: takeSelection,
    Escape: stopDrafting,
  };
  const action = actions[event.key];
  if (action) {
    event.preventDefault();
    keepingFocus(action);
  }
  return Boolean(action) || /^[a-zA-Z]$/.test(event.key);
}

/**
 * Do something that draws the panel anew; what has the focus in it keeps it.
 * @param {() => void} action
 */
function keepingFocus(action) {
  const { id } = document.activeElement ?? {};
  action();
  if (id && draft.now) document.getElementById(id)?.focus();
}

/**
 * Save with Ctrl+Enter and leave with Escape, also in a field.
 * @param {KeyboardEvent} event
 */
export function onFieldKey(event) {
  if (!draft.now || state.tab !== "edit") return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    void save();
  } else if (event.key === "Escape" && event.target instanceof Element) {
    if (event.target.closest("input[type=text], textarea, select")) stopDrafting();
  }
}
