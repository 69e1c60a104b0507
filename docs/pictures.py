"""Take the pictures of the documentation: `make pictures`.

The pages are those of the sample policies, annotated offline. The comparison shows what happens
when a cue of the lexicon is taken away. A picture is written only where all of them could be taken.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

import annotate
from annotate.viewer import comparison_page

Scheme = Literal["light", "dark"]

_ROOT = Path(__file__).resolve().parents[1]
_PICTURES = _ROOT / "docs" / "pictures"
_CUE = '  "retain|retains|retained|retaining",\n'
# Small enough for every picture to stay below 200 kB, and wide enough for the panel on the right.
_SIZE = ViewportSize(width=1280, height=680)
_RUN_KEYS = ["d", "j", "j", "j"]
# Which page, in which colours, after which keys.
_TAKES: Mapping[str, tuple[str, Scheme, Sequence[str]]] = {
    "run-page.png": ("run", "light", _RUN_KEYS),
    "run-page-dark.png": ("run", "dark", _RUN_KEYS),
    "comparison-page.png": ("comparison", "light", ["c", "c"]),
}


def pages() -> dict[str, str]:
    """Return the HTML of each page that is shown; the working directory must be a project."""
    before = annotate.run(["eval/documents"], out="runs/demo")
    lexicon = Path("schemas/privacy_policy.lexicon.toml")
    text = lexicon.read_text(encoding="utf-8")
    if _CUE not in text:
        raise SystemExit(f"{lexicon} has no line {_CUE!r} any more: take another cue away")
    lexicon.write_text(text.replace(_CUE, "", 1), encoding="utf-8")
    after = annotate.run(["eval/documents"], out="runs/without-a-cue")
    comparison = annotate.compare(before, after)
    return {"run": annotate.view(before).html, "comparison": comparison_page(comparison)}


def take(browser: Browser, page: Path, scheme: Scheme, keys: Sequence[str]) -> bytes:
    """Return a PNG of a page after some keys were pressed."""
    tab = browser.new_page(viewport=_SIZE, color_scheme=scheme)
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-ready=true]")
    for key in keys:
        tab.keyboard.press(key)
    return tab.screenshot(animations="disabled")


def main() -> None:
    """Write all pictures anew."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder), sync_playwright() as playwright:
        for name in ("annotate.toml", "schemas", "prompts", "eval"):
            source = _ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, name)
        for name, html in pages().items():
            Path(f"{name}.html").write_text(html, encoding="utf-8")
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        taken = {
            name: take(browser, Path(f"{page}.html").resolve(), scheme, keys)
            for name, (page, scheme, keys) in _TAKES.items()
        }
    _PICTURES.mkdir(exist_ok=True)
    for name, picture in taken.items():
        (_PICTURES / name).write_bytes(picture)


if __name__ == "__main__":
    main()
