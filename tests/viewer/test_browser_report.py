"""Reports in a real browser: hostile text does nothing, and paper gets all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from annotate.report.html import html
from annotate.report.report import report_on
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS, ROOT
from tests.support import drawn
from tests.support.browsing import Window


def test_hostile_text_does_nothing_in_a_report(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    page = window.show(html(report_on(drawn.hostile_run(tmp_path / "run"))))
    assert page.evaluate("window.canary") is None
    assert page.evaluate("document.scripts.length") == 0
    assert page.locator("img, iframe, textarea, svg, b, body style").count() == 0
    ours = "[...document.querySelectorAll('[href]')].map((a) => a.getAttribute('href'))"
    assert page.evaluate(ours) == ["#document-1", "#document-2", "#document-3"]
    named = "[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())"
    assert not [name for name in page.evaluate(named) if name.startswith("on")]
    read = page.locator("body").inner_text()
    for payload in drawn.HOSTILE:
        if payload.isprintable():
            assert " ".join(payload.split()) in " ".join(read.split()), payload
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", read)


def test_paper_gets_a_report_whole_with_numbered_pages_and_no_lost_heading(
    window: Window, policies: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    report = report_on(policies, policies.select(document="infuze-cloud.txt"))
    (account,) = report.accounts()
    page = window.show(html(report))
    wide = "[...document.querySelectorAll('*')].filter((e) => e.scrollWidth > e.clientWidth + 1)"
    page.set_viewport_size({"width": 640, "height": 900})  # about what is left of A4
    page.emulate_media(media="print")
    assert (
        page.evaluate(f"{wide}.filter((e) => getComputedStyle(e).display !== 'inline').length") == 0
    )
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [each.get_textpage().get_text_bounded().split("\r\n") for each in printed]
    assert [lines[0] for lines in pages] == [
        f"{n} / {len(pages)}" for n in range(1, len(pages) + 1)
    ]
    heads = {chapter.title for chapter in account.chapters} | {"How it was made"}
    heads |= {
        statement.sentence for chapter in account.chapters for statement in chapter.statements
    }
    assert not heads.intersection(lines[-1] for lines in pages)
    text = "".join("".join(lines[1:]) for lines in pages)
    squeezed = re.sub(r"[\s\u00ad\ufffe-]", "", text)
    for chapter in account.chapters:
        for statement in chapter.statements:
            for words in (statement.sentence, *(each.quote for each in statement.citations)):
                assert re.sub(r"[\s-]", "", words) in squeezed, words
