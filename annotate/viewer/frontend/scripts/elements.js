// Make elements. What documents, models and file names say only ever becomes a text node or the
// value of an attribute that is shown; no markup is ever parsed.

/** @typedef {string | Node | null | undefined} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

// The attributes that a page may set: none of them runs code, loads anything or names an address.
const SHOWN =
  /^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;

/**
 * Return a new element with attributes and children; strings become text nodes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes] - those that are false, null or undefined are left out
 * @param {Array<Child | Child[]>} children - null and undefined are left out
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) setShown(element, name, value);
  }
  element.append(...present(children));
  return element;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | number | true} value
 */
function setShown(element, name, value) {
  if (!SHOWN.test(name)) throw new Error(`a page does not set the attribute ${name}`);
  element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {Array<Child | Child[]>} children
 * @returns {Array<string | Node>}
 */
function present(children) {
  return children.flat().filter((child) => child !== null && child !== undefined);
}

/**
 * Put children into an element instead of those that it has.
 * @param {Element} element
 * @param {Array<Child | Child[]>} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/**
 * Return a button that calls `act` when it is pressed.
 * @param {Attributes} attributes
 * @param {() => void} act
 * @param {Array<Child | Child[]>} children
 */
export function button(attributes, act, ...children) {
  const element = make("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", act);
  return element;
}

/**
 * Return the first element of the page that `selector` names; the page has one.
 * @param {string} selector
 */
export function find(selector) {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return element;
}

// Control characters, and those that turn the direction of what follows: shown, and kept from
// acting on anything but themselves.
const CONTROLS =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;

/**
 * Return text as nodes whose characters are those of `text`, steering characters made visible.
 * @param {string} text
 */
export function spoken(text) {
  return text
    .split(CONTROLS)
    .filter((part) => part !== "")
    .map((part) => (CONTROLS.test(part) ? control(part) : document.createTextNode(part)));
}

/** @param {string} character */
function control(character) {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return make("span", { class: "control", "data-label": `U+${code}` }, character);
}

/**
 * Return words of a document or a model in an element of their own, in their own direction.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {string} text
 */
export function words(tag, attributes, text) {
  return make(tag, { dir: "auto", ...attributes }, ...spoken(text));
}

/**
 * Return a section under a heading.
 * @param {string} title
 * @param {Array<Child | Child[]>} children
 */
export function section(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}

/**
 * Say something to a screen reader.
 * @param {string} message
 */
export function tell(message) {
  find(".spoken").textContent = message;
}
