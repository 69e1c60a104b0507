"""What a notebook shows of a page: a frame, or plain highlights where there are no frames."""

from __future__ import annotations

import re

import pytest

import annotate
from annotate.runs.reader import Run
from annotate.viewer import highlight, view
from tests.conftest import INCIDENTS, ROOT
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.drawn import REPORT


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing_outside(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    page = window.show(f"<body>{highlight(REPORT, annotate.annotate(REPORT))._repr_html_()}")
    frame = page.frames[1]
    frame.wait_for_selector(".tag")
    frame.locator(".tag").first.click()
    assert frame.locator(".subject").is_visible()
    assert frame.evaluate("origin") == "null"
    reach = "(() => { try { return parent.document.title; } catch { return 'kept out'; } })()"
    assert frame.evaluate(reach) == "kept out"


def test_where_a_renderer_takes_frames_out_the_text_is_highlighted_still(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "Search was slow. " + " ".join(drawn.HOSTILE[:9]) + " was caused by load."
    found = annotate.annotate(text)
    cell = highlight(text, found)._repr_html_()
    bare = re.sub(r"<iframe.*</iframe>", "", cell, flags=re.DOTALL)
    assert len(bare) < len(cell) / 5
    page = window.show(f"<body>{bare}")
    shown = "".join(page.locator("mark").all_text_contents())
    assert shown == "".join(dict.fromkeys(each.quote for each in found))
    assert "impact (effects: slow" in (page.locator("mark").first.get_attribute("title") or "")
    assert page.locator("sup").first.inner_text() == "IMP"
    assert page.evaluate("window.canary") is None
    assert page.locator("script, iframe, img").count() == 0


def test_a_whole_run_without_a_frame_is_a_table(
    window: Window, policies: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    cell = view(policies)._repr_html_()
    page = window.show("<body>" + re.sub(r"<iframe.*</iframe>", "", cell, flags=re.DOTALL))
    assert page.locator("tr").count() == 6
    assert "infotech.txt" in page.locator("table").inner_text()
