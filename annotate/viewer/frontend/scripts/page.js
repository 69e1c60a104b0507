// Put the page together and listen. Which part is drawn again after which change stands here alone.

import { noteAddress, restoreAddress } from "./address.js";
import { drawBar } from "./bar.js";
import { compares, data } from "./data.js";
import { find } from "./elements.js";
import { showHelp } from "./help.js";
import { onKey, onSheetClick } from "./keyboard.js";
import { drawPanel, onTabKey } from "./panels/panels.js";
import { drawRail, openRail } from "./rail/rail.js";
import { onQuery, onQueryKey, showHits } from "./search.js";
import { paint, paintChoice } from "./sheet/paint.js";
import { listenForPaper } from "./sheet/printed.js";
import { scrollToTop } from "./sheet/scroll.js";
import { drawText } from "./sheet/text.js";
import { drawOn, state } from "./state.js";
import { restoreTheme, turnTheme } from "./theme.js";
import { drawTitle } from "./title.js";

const closeRail = () => openRail(false);

drawOn(
  "document",
  drawText,
  drawTitle,
  drawRail,
  paint,
  showHits,
  scrollToTop,
  closeRail,
  noteAddress,
);
drawOn("marks", drawText, drawTitle, drawRail, paint, showHits);
drawOn("filters", drawRail, paint, drawTitle, drawPanel);
drawOn("selection", paintChoice, drawTitle, noteAddress);
drawOn("panel", drawPanel);

function listen() {
  find(".sheet").addEventListener("click", onSheetClick);
  find(".tabs").addEventListener("keydown", onTabKey);
  find("#query").addEventListener("input", onQuery);
  find("#query").addEventListener("keydown", onQueryKey);
  find("#theme").addEventListener("click", turnTheme);
  find("#help").addEventListener("click", showHelp);
  find("#open-rail").addEventListener("click", () => openRail(true));
  // Before what was clicked gets to know: it may open the rail again.
  find("#text").addEventListener("click", closeRail, { capture: true });
  document.addEventListener("keydown", onKey);
  listenForPaper();
}

document.documentElement.dataset.layers = String(data.layers.length);
if (compares) state.tab = "report";
restoreTheme();
drawBar();
listen();
restoreAddress();
document.documentElement.dataset.ready = "true";
