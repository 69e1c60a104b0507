// Rules for the scripts of the pages. Undefined names and types are what tsc looks for.

import js from "@eslint/js";

const MARKUP =
  "Text of documents and models must stay text: make elements with make() and words().";
const markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe"];

// The page of a review alone asks, and only its own server.
const asking = "annotate/viewer/frontend/scripts/review/asking.js";

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["annotate/viewer/frontend/**/*.js"],
    rules: {
      "consistent-return": "error",
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-lines": ["error", 350],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-restricted-globals": ["error", "DOMParser", "fetch", "XMLHttpRequest", "WebSocket"],
      "no-restricted-properties": [
        "error",
        ...markup.map((property) => ({ property, message: MARKUP })),
        { object: "document", property: "write", message: MARKUP },
      ],
      "no-shadow": "error",
      "no-undef": "off",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: [asking], rules: { "no-restricted-globals": "off" } },
];
