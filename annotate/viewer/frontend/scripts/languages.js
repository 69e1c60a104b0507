// The names of languages.

const names = new Intl.DisplayNames(["en"], { type: "language" });

/**
 * Return the name of a language, its code where that has none.
 * @param {string} code
 */
export function languageName(code) {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * Return the languages of a document in a line, "" where none is known.
 * @param {import("./data.js").Doc} doc
 */
export function languagesLine({ language, others }) {
  const parts = others.map(languageName).join(", ");
  if (!language) return parts && `parts in ${parts}`;
  return [languageName(language), ...(parts ? [`parts in ${parts}`] : [])].join(", ");
}
