// What a review adds to the page before it is drawn: keys, lines of the help, parts of the panel.

import { addHelp } from "../help.js";
import { addKeys } from "../keyboard.js";
import { addToDetails } from "../panels/details.js";
import { selected } from "../state.js";
import { accept, controls, mustBeFound, optional, reject, skip, turns } from "./controls.js";
import { goOn, turnBack } from "./decide.js";

addKeys({
  a: accept,
  x: reject,
  s: skip,
  o: optional,
  m: mustBeFound,
  u: () => void turnBack("undo"),
  U: () => void turnBack("redo"),
  n: () => goOn(selected()?.decided?.id),
  N: () => goOn(selected()?.decided?.id, -1),
});

addHelp([
  ["a", "", "accept, and go on to the next that is open"],
  ["x", "", "reject"],
  ["s", "", "skip: leave it for later"],
  ["o", "", "accept as optional, or as required again"],
  ["m", "", "accept as one that must be found, or as any other again"],
  ["u", "U", "undo, redo; Ctrl+Z and Ctrl+Shift+Z do the same"],
  ["n", "N", "next, previous that is open"],
]);

addToDetails(controls);
addToDetails(turns);
