"""What a report says of each document: sentences, places, silence, what was not read."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.documents.reading import read_documents
from annotate.errors import ProjectError, RunError, UsageError
from annotate.ledger import Entry
from annotate.report.content import Account
from annotate.report.report import Report, report_on
from annotate.runs.reader import Run
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS
from tests.support import drawn
from tests.support.pdf_pages import pdf_of

TEXT = drawn.REPORT


@pytest.fixture(autouse=True)
def _second_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)


def only(run: Run) -> Account:
    (account,) = report_on(run).accounts()
    return account


def said(account: Account) -> list[tuple[str, str, list[str]]]:
    return [
        (chapter.title, each.sentence, [citation.quote for citation in each.citations])
        for chapter in account.chapters
        for each in chapter.statements
    ]


def test_statements_stand_by_category_with_all_quotes_of_a_sentence(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, drawn.every_unit("a.txt", TEXT))
    account = only(run)
    slow = "Impact: effects slow; countries Germany; duration 42 minutes; polarity affirmed."
    guess = "Cause: triggers unknown; certainty suspected."
    assert said(account) == [
        ("Impact", slow, ["Search was slow in Germany.", "They saw:", "lost carts"]),
        (
            "Cause",
            guess,
            ["It was caused by load.", "errors at the checkout", "Nothing else was lost."],
        ),
    ]
    leads = [citation.lead for citation in account.chapters[1].statements[0].citations]
    assert leads == ["", "They saw:", ""]
    places = [c.place for c in account.chapters[1].statements[0].citations]
    assert [str(each) for each in places] == [
        "line 3, characters 38–60",
        "line 9, characters 94–116",
        "line 12, characters 131–153",
    ]
    assert [each.heading for each in places] == [
        "Outage",
        "Outage › What users saw",  # noqa: RUF001
        "Outage › What users saw",  # noqa: RUF001
    ]
    silent = [tag for tag in SCHEMA.categories if tag not in ("impact", "cause")]
    assert account.endings == [
        ("What it is silent about", tuple(f"It says nothing about: {each}." for each in silent))
    ]


def test_a_quote_is_shown_without_marks_and_line_ends_and_placed_with_them(tmp_path: Path) -> None:
    words = "It was *very*\nslow, [they say](http://x.example)."
    text, start, end = f"# T\n\n{words}\n\n{words}\n", 5, 5 + len(words)
    document = Document("a.md", text, "markdown")
    found = [drawn.annotation("a.md", text, start, end, grounding="folded", choice="ambiguous")]
    (citation,) = (
        only(drawn.write(tmp_path / "run", {"a.md": document}, found))
        .chapters[0]
        .statements[0]
        .citations
    )
    assert citation.quote == "It was very slow, they say."
    assert str(citation.place) == f"lines 3–4, characters {start}–{end}"
    assert citation.remarks == (
        "cited with other white space, quotes, dashes, case or Markdown marks",
        "these words stand at 2 places, and nothing says which one was meant",
    )


@pytest.mark.parametrize(
    ("confidence", "remarks"), [(0.6667, ("confidence 0.67",)), (1.0, ()), (None, ())]
)
def test_a_confidence_is_remarked_on_where_it_is_below_one(
    tmp_path: Path, confidence: float | None, remarks: tuple[str, ...]
) -> None:
    found = replace(drawn.annotation("a", "It was slow.", 0, 12), confidence=confidence)
    account = only(drawn.write(tmp_path / "run", {"a": "It was slow."}, [found]))
    assert account.chapters[0].statements[0].citations[0].remarks == remarks


def test_pages_are_named_where_there_are_pages(tmp_path: Path) -> None:
    (tmp_path / "tea.pdf").write_bytes(pdf_of())
    (document,) = read_documents([tmp_path / "tea.pdf"])
    start = document.text.index("we keep")
    end = document.text.index("account is open.") + len("account is open.")
    found = [drawn.annotation(document.id, document.text, start, end)]
    account = only(drawn.write(tmp_path / "run", {document.id: document}, found))
    assert "pages 1, 2, lines" in str(account.chapters[0].statements[0].citations[0].place)
    assert ("pages", "3") in account.source


def test_silence_is_claimed_only_where_all_was_read(tmp_path: Path) -> None:
    entries = [
        Entry("a.txt", 0, 0, 20, "ok"),
        Entry("a.txt", 1, 20, len(TEXT), "failed", note="late"),
    ]
    account = only(drawn.write(tmp_path / "run", {"a.txt": TEXT}, [], entries))
    assert account.silent == ()
    assert account.endings == [
        (
            "What is not known",
            [
                f"{each}: not known, since 1 of 2 chunks not answered."
                for each in map(str.capitalize, SCHEMA.categories)
            ],
        ),
        ("What could not be read", [f"lines 3–12, characters 20–{len(TEXT)}: failed: late"]),
    ]


def test_what_was_refused_is_told(tmp_path: Path) -> None:
    refused = [
        drawn.refusal("a.txt", "Mars  is\nslow."),
        drawn.refusal("a.txt", "", item="no JSON"),
    ]
    account = only(drawn.write(tmp_path / "run", {"a.txt": TEXT}, [], refused=refused))
    assert list(map(str, account.refused)) == [
        "Impact: the quoted words are not in the text: “Mars is slow.”",
        "the quoted words are not in the text: “no JSON”",
    ]
    assert account.silent == ()


def test_a_choice_by_value_says_nothing_of_silence(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, drawn.every_unit("a.txt", TEXT))
    (chosen,) = report_on(run, run.select(where="duration=PT42M")).accounts()
    assert [chapter.title for chapter in chosen.chapters] == ["Impact"]
    assert chosen.endings == []
    (chosen,) = report_on(run, run.select(category="action")).accounts()
    assert (chosen.chapters, chosen.silent) == ((), ("It says nothing about: action.",))


def test_documents_can_be_chosen(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT, "b.txt": TEXT})
    assert [each.name for each in report_on(run, run.select(document="b*")).accounts()] == ["b.txt"]
    empty = drawn.write(tmp_path / "empty", {})
    with pytest.raises(UsageError, match="no document to report on"):
        report_on(empty)


def test_another_schema_is_told_and_no_silence_is_claimed(tmp_path: Path) -> None:
    found = drawn.every_unit("a.txt", TEXT)
    for task, schema in (("incident_report", "0"), ("gone", "0")):
        run = drawn.write(tmp_path / task, {"a.txt": TEXT}, found, task=task, schema=schema)
        report = report_on(run)
        assert "is left out" in report.notices[0]
        (account,) = report.accounts()
        assert (account.silent, account.open) == ((), ())
        assert len(account.chapters) == 2


def test_broken_sentences_stop_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    shutil.copytree(INCIDENTS, project)
    (project / "schemas" / "incident_report.sentences.toml").write_text("[category.none]\n")
    monkeypatch.chdir(project)
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT})
    with pytest.raises(ProjectError, match=r"incident_report\.sentences\.toml:1: category 'none'"):
        report_on(run)


def test_repeats_say_how_many_of_them_found_a_statement(tmp_path: Path) -> None:
    found = drawn.every_unit("a.txt", TEXT)
    fast: dict[str, JsonValue] = {**drawn.SLOW, "effects": ["errors"]}
    first = found[0]
    others = (
        [drawn.annotation("a.txt", TEXT, first.start + 3, first.end, attributes=fast)],
        [found[0], found[1]],
    )
    run = drawn.write(tmp_path / "x-1", {"a.txt": TEXT}, found, repeat=0)
    samples = [
        drawn.write(tmp_path / f"x-{number}", {"a.txt": TEXT}, own, repeat=number)
        for number, own in enumerate(others, start=2)
    ]
    report = report_on(run, samples=samples)
    assert report.notices[0].startswith("Of 3 samples this is the first:")
    (account,) = report.accounts()
    statements = [each for chapter in account.chapters for each in chapter.statements]
    assert [citation.samples for each in statements for citation in each.citations] == [
        "found in 3 of 3 samples, with these values in 2",
        *["found in 1 of 3 samples"] * 2,
        "found in 2 of 3 samples",
        *["found in 1 of 3 samples"] * 2,
    ]
    other = drawn.write(tmp_path / "y", {"a.txt": TEXT}, model="another")
    with pytest.raises(UsageError, match="its model is another"):
        report_on(run, samples=[other])


def test_rows_out_of_order_are_never_left_out_in_silence(tmp_path: Path) -> None:
    found = [drawn.annotation(name, "It was slow.", 0, 12) for name in ("a.txt", "b.txt")]
    run = drawn.write(tmp_path / "run", dict.fromkeys(("a.txt", "b.txt"), "It was slow."), found)
    path = run.path / "annotations.jsonl"
    path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(RunError, match="out of its order"):
        list(report_on(run).accounts())


def test_every_annotation_of_the_policies_is_said_once(policies_report: Report) -> None:
    quotes = [
        (account.name, citation.place.start, citation.place.end)
        for account in policies_report.accounts()
        for chapter in account.chapters
        for statement in chapter.statements
        for citation in statement.citations
    ]
    found = [(each.document, each.start, each.end) for each in policies_report.run.annotations()]
    assert sorted(quotes) == sorted(found)
