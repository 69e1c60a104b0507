"""A report as a Word file: its styles, lists and page numbers, when it is opened again."""

from __future__ import annotations

import sys
from io import BytesIO

import docx
import pytest

from annotate.errors import UsageError
from annotate.report.report import Report, report_on
from annotate.report.word import word
from tests.support.drawn import HOSTILE


def test_a_report_is_a_word_file_with_headings_lists_and_page_numbers(
    policies_report: Report,
) -> None:
    run = policies_report.run
    report = report_on(run, run.select(document=["infinitydesk.txt", "infuze-*"]))
    document = docx.Document(BytesIO(word(report)))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        assert paragraph.style is not None
        by_style.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    accounts = list(report.accounts())
    assert by_style["Title"] == [report.title]
    assert by_style["Heading 1"] == ["How it was made", *(each.name for each in accounts)]
    titles = [
        title
        for each in accounts
        for title in (*(c.title for c in each.chapters), *(t for t, _ in each.endings))
    ]
    assert by_style["Heading 2"] == titles
    statements = [s for a in accounts for c in a.chapters for s in c.statements]
    items = [statement.sentence for statement in statements]
    assert [each for each in by_style["List Bullet"] if each in items] == items
    assert len(by_style["Quote"]) == sum(len(each.citations) for each in statements)
    foot = document.sections[0].footer.paragraphs[0]._p.xml
    assert 'w:instr="PAGE"' in foot
    assert 'w:instr="NUMPAGES"' in foot
    assert document.core_properties.title == report.title


def test_hostile_text_stays_text(hostile: Report) -> None:
    document = docx.Document(BytesIO(word(hostile)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for payload in HOSTILE:
        if payload.isprintable():
            assert payload in text
    xml = document.element.xml
    assert "<script" not in xml
    assert "w:hyperlink" not in xml


def test_a_missing_package_is_named(
    policies_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError, match=r"pip install 'policy-annotate\[report\]'"):
        word(policies_report)
