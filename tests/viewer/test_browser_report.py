"""Reports in a real browser: hostile text does nothing, and paper gets all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page

from annotate.report.html import html
from annotate.report.report import report_on
from annotate.report.write import write_matrix
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


def visible_facts(page: Page) -> list[str]:
    rows = page.locator("#matrix tbody tr:visible")
    return list(rows.evaluate_all("(rows) => rows.map((row) => row.dataset.fact)"))


def test_a_matrix_is_filtered_by_facts_documents_and_what_they_say(
    window: Window, policies: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    write_matrix(policies, tmp_path / "m.html")
    page = window.open(tmp_path / "m.html")
    whole = visible_facts(page)
    assert len(whole) > 200
    assert (
        page.locator("#shown").inner_text()
        == f"{len(whole)} of {len(whole)} facts, 5 of 5 documents"
    )
    page.locator("[name=category]").select_option("retention")
    assert {fact.partition(".")[0] for fact in visible_facts(page)} == {"retention"}
    page.locator("[name=facts]").fill("DURATION")
    assert visible_facts(page) == ["retention", "retention.duration"]
    assert "P90D" in page.locator("#matrix tbody").inner_text()
    page.locator("[name=documents]").fill("infotech")
    assert page.locator("th.document:visible").all_inner_texts() == ["infotech.txt"]
    assert page.locator("#matrix tbody tr:visible td.state:visible").count() == 2
    page.locator("[name=facts]").fill("")
    page.locator("[name=category]").select_option("")
    page.locator("[name=documents]").fill("")
    page.locator("[name=state]").select_option("denied")
    denied = visible_facts(page)
    assert "sharing.mode=sell" in denied
    assert "retention" not in denied
    page.locator("[name=state]").select_option("")
    page.locator("[name=differ]").check()
    assert "legal_basis.bases=consent" in visible_facts(page)
    assert "retention.periods=as_needed" not in visible_facts(page)
    page.locator("[name=facts]").press("Enter")
    assert page.url.endswith("m.html")


def test_hostile_text_does_nothing_in_a_matrix(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    run = drawn.hostile_run(tmp_path / "run")
    write_matrix(run, tmp_path / "m.html")
    page = window.open(tmp_path / "m.html")
    page.locator("[name=documents]").fill("onerror")
    assert page.locator("th.document:visible").count() == 1
    page.locator("[name=documents]").fill("")
    assert page.evaluate("window.canary") is None
    assert page.evaluate("document.scripts.length") == 1
    assert page.locator("img, iframe, textarea, svg, b, body style").count() == 0
    read = " ".join(page.locator("body").inner_text().split())
    for payload in drawn.HOSTILE:
        if payload.isprintable():
            assert " ".join(payload.split()) in read, payload
