"""Measure how fast a page of a run opens: ten documents of 25 000 characters, 150 annotations each.

    python benchmarks/view.py [--rounds 7]

The documents are the sample policies strung together and cut to size, the annotations those of the
baseline, thinned out. The page is opened from disk, each time by a new process of Chromium with an
empty cache. Beside it the same text is opened as one document: what drawing all ten at once would
cost. Figures are milliseconds, the median of the rounds and the worst in brackets:

    painted  from the start of the navigation to the first contentful paint
    ready    until the page has drawn its text and listens to the mouse and the keyboard
    key      from a key that steps to an annotation to the frame that shows it
    switch   from the key for another document to the frame that shows it
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from annotate import Annotation, Document, Run, annotate, load_task, read_documents
from annotate.ledger import Entry
from annotate.runs.writer import RunWriter
from annotate.viewer import view

_DOCUMENTS, _CHARACTERS, _ANNOTATIONS = 10, 25_000, 150
_SOURCES = Path(__file__).resolve().parents[1] / "eval" / "documents"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

_WATCH = """
new MutationObserver(() => { window.readyAt ??= performance.now(); })
    .observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
"""
_IS_OPEN = "Boolean(window.readyAt) && performance.getEntriesByType('paint').length > 1"
_OPENED = """() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    ready: window.readyAt,
})"""
_PRESSED = """(key) => new Promise((done) => {
    const start = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def texts(count: int, characters: int) -> list[str]:
    """Return texts of so many characters: the samples, each time starting with another one."""
    samples = [document.text for document in read_documents([_SOURCES])]
    turns = (samples[i % len(samples) :] + samples[: i % len(samples)] for i in range(count))
    return ["\n\n".join(turn * (1 + characters // 50_000))[:characters] for turn in turns]


def thinned(found: list[Annotation], count: int, document: str) -> list[Annotation]:
    """Return so many of the annotations, evenly over the text, as those of `document`."""
    chosen = (found[place * len(found) // count] for place in range(min(count, len(found))))
    return [Annotation.from_json({**each.to_json(), "document": document}) for each in chosen]


def run(folder: Path, bodies: list[str], count: int) -> Run:
    """Write a run of texts with `count` annotations each."""
    schema = load_task("privacy_policy").schema
    made: dict[str, Any] = {"task": schema.name, "schema": schema.fingerprint, "model": "lexicon"}
    with RunWriter(folder, made, "benchmark") as writer:
        for number, text in enumerate(bodies):
            document = Document(f"policy-{number}.txt", text)
            found = thinned([*annotate(text, task=schema.name)], count, document.id)
            writer.add(document, found, [Entry(document.id, 0, 0, len(text), "ok")], [])
    return Run(folder)


def opened(playwright: Playwright, page: Path) -> dict[str, float]:
    """Open a page with a new browser and return what it took."""
    path = shutil.which("chromium")
    browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.add_init_script(_WATCH)
    tab.goto(page.as_uri())
    while not tab.evaluate(_IS_OPEN):
        time.sleep(0.05)
    taken = tab.evaluate(_OPENED)
    taken["key"] = statistics.median(pressed(tab, "j") for _ in range(10))
    taken["switch"] = statistics.median(pressed(tab, "d") for _ in range(5))
    browser.close()
    return {name: float(value) for name, value in taken.items()}


def pressed(tab: Page, key: str) -> float:
    """Press a key and return the milliseconds to the next frame."""
    return float(tab.evaluate(_PRESSED, key))


def timed(work: Callable[[], str]) -> tuple[str, float]:
    """Return what some work made, and its seconds."""
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def main() -> None:
    """Print the figures of both pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    ten = texts(_DOCUMENTS, _CHARACTERS)
    cases = {
        "ten documents": (ten, _ANNOTATIONS),
        "the same as one": ([("\n\n".join(ten))], _ANNOTATIONS * _DOCUMENTS),
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, (bodies, count) in cases.items():
            made = run(Path(folder) / name, bodies, count)
            html, seconds = timed(lambda made=made: view(made).html)  # type: ignore[misc]
            page = Path(folder) / f"{name}.html"
            page.write_text(html, encoding="utf-8")
            taken = [opened(playwright, page) for _ in range(rounds)]
            figures = "  ".join(
                f"{each} {statistics.median(values):.0f} ({max(values):.0f})"
                for each in taken[0]
                if (values := [row[each] for row in taken])
            )
            marks = made.manifest["counts"]["annotations"]
            print(f"{name:<16} {marks:,} annotations, {len(html) / 1e6:.2f} MB", end="  ")
            print(f"made in {seconds:.2f} s  {figures}")


if __name__ == "__main__":
    main()
