// The panels beside the text: details, the index by category, problems, scores, search results.

const PANELS = {
  details: { label: "Details", draw: detailsPanel },
  index: { label: "Categories", draw: indexPanel },
  problems: { label: "Problems", draw: problemsPanel, count: () => problemCount() },
  report: {
    label: compares ? "Changes" : "Errors",
    draw: reportPanel,
    count: () => reported(current()).length,
    when: () => outcomes.size > 0,
  },
  results: {
    label: "Results",
    draw: resultsPanel,
    count: () => resultCount(),
    when: () => state.query !== "",
  },
};

/** Draw the tabs and the panel that is open. */
function drawPanel() {
  const open = Object.keys(PANELS).filter((name) => PANELS[name].when?.() ?? true);
  if (!open.includes(state.tab)) state.tab = "details";
  find(".tabs").replaceChildren(...open.map(tab));
  find(`#tab-${state.tab}`).scrollIntoView({ block: "nearest", inline: "nearest" });
  const body = find("#panel-body");
  body.replaceChildren(...PANELS[state.tab].draw());
  body.setAttribute("aria-labelledby", `tab-${state.tab}`);
}

function tab(name) {
  const { label, count } = PANELS[name];
  const open = name === state.tab;
  const number = count?.() ?? 0;
  const attributes = {
    class: "tab",
    role: "tab",
    id: `tab-${name}`,
    "aria-selected": String(open),
    "aria-controls": "panel-body",
    tabindex: open ? 0 : -1,
  };
  return button(
    attributes,
    () => pressTab(name),
    label,
    " ",
    number > 0 ? make("span", { class: "count" }, figure(number)) : null,
  );
}

/** Open a panel from its top. */
function openPanel(name) {
  state.tab = name;
  drawPanel();
  find("#panel-body").scrollTop = 0;
}

/** Open a panel by its tab, which keeps the focus. */
function pressTab(name) {
  openPanel(name);
  find(`#tab-${name}`).focus();
}

/** Move between tabs with the arrow keys. */
function onTabKey(event) {
  const tabs = [...find(".tabs").children];
  const at = tabs.indexOf(document.activeElement);
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  if (at < 0 || !(event.key in steps)) return;
  event.preventDefault();
  const next = tabs[(at + steps[event.key] + tabs.length) % tabs.length];
  next.focus();
  next.click();
}
