"""A review of chunks in a real browser, by keyboard alone: read, add what is missing, say so."""

from __future__ import annotations

from pathlib import Path

from annotate.ledger import Entry
from annotate.review.chunks import recall_of
from annotate.review.log import replay
from annotate.review.session import Review
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.reviewing import schema, served
from tests.viewer.test_browser_review import FAINT, serious

TEXT = """\
\N{BALLOON} Search was slow. Carts were lost.

It was caused by load.

Mail was late. We slept.
"""
ENDS = (36, 59, len(TEXT))


def test_chunks_are_read_as_they_were_drawn_and_say_what_is_missing(
    window: Window, tmp_path: Path
) -> None:
    places = [TEXT.index(said) for said in ("Carts", "Mail")]
    found = [drawn.annotation("a.txt", TEXT, at, TEXT.index(".", at) + 1) for at in places]
    starts = (0, *ENDS[:-1])
    entries = [
        Entry("a.txt", number, *ends, "ok")
        for number, ends in enumerate(zip(starts, ENDS, strict=True))
    ]
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, found, entries)
    review = Review(run, schema(), "ada", order="chunks")
    order = list(review.chunks)
    outside = "[...CSS.highlights.get('outside')].map(String).join('|')"
    with served(review) as address:
        page = window.visit(address)
        bar = page.locator(".passage")
        for number, chunk in enumerate(order):
            bar.get_by_text(f"{number} of 3 chunks read").wait_for()
            text = TEXT[chunk.start : chunk.end]
            assert " ".join(text.split()) in bar.inner_text()
            around = page.evaluate(outside)
            assert text.strip() not in around
            if number == 0:
                assert serious(page) == []
                assert page.evaluate(FAINT) == []
                if page.locator(".tag[aria-pressed=true]").count():
                    page.keyboard.press("r")  # too early
                    bar.or_(page.locator(".decide")).get_by_text("are open: 1").first.wait_for()
            if any(chunk.start <= at < chunk.end for at in places):
                assert page.locator(".tag[aria-pressed=true]").count() == 1
                page.keyboard.press("a")
                page.locator("#panel .decide").wait_for(state="detached")
            if chunk.start == ENDS[0]:  # nothing was found in it, and one is missing
                assert page.locator(".tag[aria-pressed=true]").count() == 0
                page.keyboard.press("i")
                page.keyboard.type("cause")
                for box in ("#draft-triggers-0", "#draft-certainty-0"):
                    page.locator(box).focus()
                    page.keyboard.press("Space")
                page.keyboard.press("Control+Enter")
                page.locator("#tab-edit").wait_for(state="detached")
            page.keyboard.press("r")
        bar.get_by_text("3 of 3 chunks read").wait_for()
        page.keyboard.press("u")
        bar.get_by_text("2 of 3 chunks read").wait_for()
        page.keyboard.press("U")
        bar.get_by_text("3 of 3 chunks read").wait_for()
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= 390")
        page.keyboard.press("?")
        assert "say that it is read to its end" in page.locator("#keys").inner_text()
    read = replay(review.log.path)
    (added,) = [each for each in read.history.decisions if each.action == "add"]
    assert added.quote == "It was caused by load."
    counted = recall_of(review.chunks, review.items(), read.history.read())
    assert (counted.chunks, counted.found, counted.missed) == (3, 2, 1)
    window.complaints = [each for each in window.complaints if "400" not in each]
