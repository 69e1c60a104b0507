// Put the page together and listen.

const THEMES = ["auto", "light", "dark"];

/** Draw what stays above the text: the name of the document, where the reader is in it. */
function drawTitle() {
  const doc = current();
  if (!doc) return find(".title").replaceChildren();
  return find(".title").replaceChildren(
    words("h2", { class: "name" }, doc.name),
    ...[
      steps(doc, "annotation", "jk"),
      compares ? steps(doc, "change", "cC", isChange) : null,
      outcomes.size > 0 ? steps(doc, "error", "eE", isError) : null,
    ].filter(Boolean),
  );
}

/** Return the two buttons that step through the marks of a kind, around their number. */
function steps(doc, noun, keys, wanted) {
  const here = stops(doc, wanted);
  const at = here.indexOf(state.selected) + 1;
  const go = (name, direction, label) =>
    button(
      { class: "step", "aria-label": label, title: label },
      () => step(direction, wanted),
      icon(name),
    );
  return make(
    "div",
    { class: `steps ${noun}s`, role: "group", "aria-label": `${noun}s` },
    go("previous", -1, `Previous ${noun} (${keys[1]})`),
    make(
      "span",
      {},
      at > 0 ? `${figure(at)} of ${figure(here.length)}` : counted(here.length, noun),
    ),
    go("next", 1, `Next ${noun} (${keys[0]})`),
  );
}

/** Draw the bar at the top. */
function drawBar() {
  find(".brand").append(...spoken(data.title));
  const found = data.documents
    .flatMap((doc) => doc.marks)
    .filter((mark) => mark.layer === 0).length;
  if (data.subtitle) find(".summary").append(words("bdi", {}, data.subtitle), " · ");
  const documents = counted(data.documents.length, "document");
  find(".summary").append(compares ? documents : `${counted(found, "annotation")} in ${documents}`);
  if (data.badge)
    find(".summary").append(
      make("span", { class: `badge ${data.badge.good ? "fine" : "error"}` }, data.badge.label),
    );
  for (const notice of data.notices)
    find(".bar").after(words("p", { class: "notice", role: "note" }, notice));
}

/** Show the page in the next theme, or in the one that was chosen last. */
function turnTheme(theme = THEMES[(THEMES.indexOf(themeOf()) + 1) % THEMES.length]) {
  document.documentElement.dataset.theme = theme;
  find("#theme").replaceChildren(icon(theme));
  find("#theme").setAttribute("aria-label", `Theme: ${theme}`);
  find("#theme").title = `Theme: ${theme} (t)`;
  try {
    localStorage.setItem("annotate-theme", theme);
  } catch {
    // A sandboxed page keeps nothing.
  }
}

function themeOf() {
  return document.documentElement.dataset.theme ?? "auto";
}

function lastTheme() {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem("annotate-theme")) ?? "auto";
  } catch {
    return "auto";
  }
}

const HELP = [
  ["j", "k", "next, previous annotation"],
  ...(compares ? [["c", "C", "next, previous change"]] : []),
  ...(outcomes.size > 0 ? [["e", "E", "next, previous error"]] : []),
  ["d", "D", "next, previous document"],
  ["Enter", "", "read about the annotation that has the focus"],
  ["/", "", "search; Enter goes from hit to hit"],
  ["t", "", "light, dark, or as the system has it"],
  ["Esc", "", "choose nothing"],
  ["?", "", "this list"],
];

/** Show the keys and the signs. */
function showKeys() {
  const dialog = find("#keys");
  const rows = HELP.map(([first, second, said]) => [
    make("dt", {}, key(first), second ? key(second) : null),
    make("dd", {}, said),
  ]);
  const signs = data.outcomes.map((outcome) => [
    make("dt", {}, outcomeSign(outcome)),
    make("dd", {}, make("b", {}, outcome.label), ` ${outcome.explained}`),
  ]);
  dialog.replaceChildren(
    make("h2", { id: "keys-title" }, "Keys"),
    make("dl", {}, ...rows.flat()),
    ...(signs.length > 0 ? [make("h2", {}, "Signs"), make("dl", {}, ...signs.flat())] : []),
    make(
      "p",
      { class: "note" },
      "A line stands for a category; its hue, its pattern and its code are in the list of categories. Click again on words that carry several annotations to go through them.",
    ),
    keysChoice(),
    button({ class: "close" }, () => dialog.close(), "Close"),
  );
  dialog.showModal();
}

/** Return a box that keeps single letters from acting, for who dictates or types by accident. */
function keysChoice() {
  const box = make("input", { type: "checkbox", id: "single-keys", checked: state.keys });
  box.addEventListener("change", () => {
    state.keys = box.checked;
  });
  return make("p", {}, box, make("label", { for: "single-keys" }, " Single letters act as keys"));
}

function listen() {
  find(".sheet").addEventListener("click", onSheetClick);
  find(".tabs").addEventListener("keydown", onTabKey);
  find("#query").addEventListener("input", onQuery);
  find("#query").addEventListener("keydown", onQueryKey);
  find("#theme").addEventListener("click", () => turnTheme());
  find("#help").addEventListener("click", showKeys);
  find("#open-rail").addEventListener("click", () => openRail(true));
  find("#text").addEventListener("click", () => openRail(false), { capture: true });
  document.addEventListener("keydown", onKey);
}

document.documentElement.dataset.layers = data.layers.length;
if (compares) state.tab = "report";
turnTheme(lastTheme());
drawBar();
listen();
restore();
document.documentElement.dataset.ready = "true";
