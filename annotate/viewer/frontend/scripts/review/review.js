// What a review adds to the page before it is drawn: keys, lines of the help, parts of the panel.

import { addHelp } from "../help.js";
import { addKeys, askFirst } from "../keyboard.js";
import { addToDetails } from "../panels/details.js";
import { addPanel } from "../panels/panels.js";
import { selected } from "../state.js";
import { accept, controls, mustBeFound, optional, reject, skip, turns } from "./controls.js";
import { sayRead } from "./chunks.js";
import { goOn, turnBack } from "./decide.js";
import { startAdding, startCorrecting } from "./draft.js";
import { editPanel, onDraftKey } from "./form.js";
import { progress } from "./progress.js";
import { startRemark } from "./remark.js";
import { goToTurn } from "./turn.js";
import { curates, takeVersion, versions } from "./versions.js";

addKeys({
  a: accept,
  x: reject,
  s: skip,
  e: startCorrecting,
  i: startAdding,
  w: startRemark,
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
  ["e", "", "correct its category, words and attributes"],
  ["i", "", "add what is missing: on the words that are selected, or on the next sentence or item"],
  ["w", "", "say why; Enter keeps it"],
  ["o", "", "accept as optional, or as required again"],
  ["m", "", "accept as one that must be found, or as any other again"],
  ["u", "U", "undo, redo; Ctrl+Z and Ctrl+Shift+Z do the same"],
  [", .", "", "while you write: the sentence or item before, after"],
  ["{ }", "[ ]", "while you write: move the start, the end; v takes what is selected"],
  ["n", "N", "next, previous that is open"],
]);

if (progress.chunks.length > 0) {
  addKeys({ g: goToTurn, r: () => void sayRead() });
  addHelp([["g", "r", "go to where the chunk begins; say that it is read to its end"]]);
}
if (curates) {
  const places = [...Array(9).keys()];
  addKeys(
    Object.fromEntries(places.map((place) => [String(place + 1), () => void takeVersion(place)])),
  );
  addHelp([["1", "9", "take the first version, the second and so on"]]);
  addToDetails(versions);
}
addPanel("edit", editPanel);
addToDetails(controls);
addToDetails(turns);
askFirst(onDraftKey);
