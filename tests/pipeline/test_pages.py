"""Web pages from file to annotation: what is stated is found, what is hidden or struck is not."""

import json
from pathlib import Path

import pytest

import annotate
from annotate.documents.reading import read_documents
from annotate.grounding.lookup import Quotable
from annotate.pipeline.missing import missing_requests
from annotate.runs.reader import Run
from tests.support.files import text_of, written


def run(folder: Path, content: str, name: str = "a.html") -> Run:
    found = annotate.run([written(folder / name, content)], out=folder / "run")
    assert list(found.quarantine()) == []
    return found


@pytest.mark.parametrize(
    ("html", "duration"),
    [
        ("<p>We keep your logs for 90<sup>1</sup> days.</p>", "P90D"),
        ("<p>We keep your logs for <del>90</del> <ins>30</ins> days.</p>", "P30D"),
        ("<details><summary>How long</summary>We keep logs for 90 days.</details>", "P90D"),
        ("<p>We keep your logs for 9<wbr>0&shy; <b>days</b>.</p>", "P90D"),
    ],
)
def test_a_time_is_the_one_that_a_reader_of_the_page_sees(
    tmp_path: Path, html: str, duration: str
) -> None:
    assert [each.attributes["duration"] for each in run(tmp_path, html).annotations()] == [duration]


@pytest.mark.parametrize(
    "html",
    [
        "<p><s>We sell your personal data.</s></p>",
        "<div hidden>We sell your personal data.</div>",
        '<div style="display:none">We sell your personal data.</div>',
        "<dialog>We sell your personal data.</dialog>",
    ],
)
def test_what_is_struck_or_hidden_is_not_annotated(tmp_path: Path, html: str) -> None:
    found = run(tmp_path, f"{html}<p>Good tea.</p>")
    assert list(found.annotations()) == []


@pytest.mark.parametrize(
    ("html", "quote"),
    [
        (
            '<p>Ask <a href="mailto:dpo@example.com?subject=My data request">our privacy team</a> '
            "to erase it.</p>",
            "Ask our privacy team to erase it.",
        ),
        ("<p>We keep logs for 90<sup>1</sup> days.</p>", "We keep logs for 90 days."),
        ("<p>We <b>never</b> sell <a href=x>your\ndata</a>.</p>", "We never sell your data."),
    ],
)
def test_a_quote_of_what_is_seen_grounds_letter_by_letter(
    tmp_path: Path, html: str, quote: str
) -> None:
    places = Quotable(text_of(written(tmp_path / "a.html", html))).places(quote)
    assert [place.grounding for place in places] == ["exact"]


def test_every_row_of_a_cell_that_spans_has_its_own_time_and_its_heads(tmp_path: Path) -> None:
    html = (
        "<table><tr><th>Data<th>Kept</tr><tr><td rowspan=2>Logs<td>We keep them for 30 days.</tr>"
        "<tr><td>We keep them for 2 years.</tr></table>"
    )
    found = run(tmp_path, html)
    times = {each.quote: each.attributes["duration"] for each in found.annotations()}
    assert times == {"We keep them for 30 days.": "P30D", "We keep them for 2 years.": "P2Y"}
    (document,) = read_documents([tmp_path / "a.html"])
    units = document.segmentation
    cell = next(unit for unit in units.units if units.quote(unit) == "We keep them for 2 years.")
    assert [units.quote(outer) for outer in units.context(cell)] == ["Kept", "Logs"]


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_what_the_baseline_cites_grounds_whatever_stands_beside_it(
    tmp_path: Path, name: str
) -> None:
    cells = "<table><tr><td></td></tr><tr><td>{}</td></tr></table>"
    table = cells if name.endswith("html") else "| a |\n| --- |\n| |\n| {} |\n"
    words = "We collect your name & e-mail address."
    ways = (words, f"\u200d{words}", f"\u0301{words}", f"{words}\u200d")
    lines = "\n\n".join((table.format(words), *ways))
    if name.endswith("html"):
        lines = "".join(f"<p>{each}</p>" for each in lines.replace("&", "&amp;").split("\n\n"))
    found = run(tmp_path, lines, name)
    assert len(list(found.annotations())) == 5


AROUND = """<nav><a href=/>We sell your personal data</a></nav>
<div id=onetrust-banner-sdk><p>We share your personal data with advertisers.</p></div>
<main><h1>Tea</h1><ul>
<li><a href=#a>Retention</a><li><a href=#b>Sharing</a><li><a href=#c>Rights</a>
</ul><h2>Retention</h2><p>We keep your logs for 90 days.</p><h2>Sharing</h2><p>None.</p>
<h2>Rights</h2><p>None.</p></main><footer>We sell your personal information.</footer>"""


def test_what_stands_around_a_text_is_listed_and_not_annotated(tmp_path: Path) -> None:
    found = run(tmp_path, AROUND)
    assert [each.quote for each in found.annotations()] == ["We keep your logs for 90 days."]
    (document,) = found.documents()
    ledger = [(each.status, each.note) for each in found.ledger()]
    assert ledger == [
        ("furniture", "navigation"),
        ("furniture", "consent banner"),
        ("ok", ""),
        ("furniture", "contents"),
        ("ok", ""),
        ("furniture", "foot of the page"),
    ]
    entries = list(found.ledger())
    assert [each.start for each in entries[1:]] == [each.end for each in entries[:-1]]
    assert entries[-1].end == len(document.text)
    assert found.complete


def test_furniture_is_annotated_where_that_is_asked_for(tmp_path: Path) -> None:
    page = written(tmp_path / "a.html", AROUND)
    found = annotate.run([page], out=tmp_path / "run", furniture=True)
    assert {each.status for each in found.ledger()} == {"ok"}
    assert len(list(found.annotations())) > 2


def test_a_model_is_not_sent_what_stands_around_a_text(tmp_path: Path) -> None:
    page = written(tmp_path / "a.html", AROUND)
    requests = missing_requests([page], model="m", base_url="http://127.0.0.1:9/v1")
    sent = json.dumps([dict(each.body) for each in requests])
    assert "We keep your logs" in sent
    assert "sell your personal" not in sent
    assert "advertisers" not in sent
