// Make elements. What documents, models and file names say only ever becomes a text node or the
// value of an attribute that is shown; no markup is ever parsed.

const SHOWN =
  /^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|data-[a-z]+|aria-[a-z]+)$/;

/** Return a new element with attributes and children; strings become text nodes. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) setShown(element, name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function setShown(element, name, value) {
  if (!SHOWN.test(name)) throw new Error(`no attribute of a page: ${name}`);
  element.setAttribute(name, value === true ? "" : String(value));
}

/** Return a button that calls `act` when it is pressed. */
function button(attributes, act, ...children) {
  const element = make("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", act);
  return element;
}

/** Return the first element of the page that `selector` names. */
function find(selector) {
  return document.querySelector(selector);
}

// Control characters, and those that turn the direction of what follows: shown, and kept from
// acting on anything but themselves.
const CONTROLS =
  /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;

/** Return text as nodes whose characters are those of `text`, steering characters made visible. */
function spoken(text) {
  return text
    .split(CONTROLS)
    .filter((part) => part !== "")
    .map((part) => (CONTROLS.test(part) ? control(part) : document.createTextNode(part)));
}

function control(character) {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return make("span", { class: "control", "data-label": `U+${code}` }, character);
}

/** Return words of a document or a model in an element of their own, in their own direction. */
function words(tag, attributes, text) {
  return make(tag, { dir: "auto", ...attributes }, ...spoken(text));
}

const ICONS = {
  light:
    "M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
  auto: "M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0 0 1 0 18",
  previous: "m15 5-7 7 7 7",
  next: "m9 5 7 7-7 7",
};

/** Return a drawn sign; it says nothing to a screen reader. */
function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  return picture;
}

/** Return a number as people write it. */
function figure(number) {
  return number.toLocaleString("en-US");
}

/** Return a count with its noun. */
function counted(number, noun) {
  return `${figure(number)} ${noun}${number === 1 ? "" : "s"}`;
}
