"""Reports of a comparison: the same facts in every format, and text that stays text in each."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pydantic import JsonValue
from rich.console import Console

from annotate.annotation import Annotation, Evidence
from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.documents.document import Document
from annotate.evaluation.evaluate import evaluate_predictions
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions
from annotate.formatting import points, ratio
from annotate.gold.store import Gold, GoldAnnotation, Manifest, PinnedDocument
from annotate.reporting.comparison import show
from annotate.reporting.junit import report
from annotate.reporting.markdown import escaped, summary
from tests.support.noisy import Rates, bench, identity, predictions, say

USUAL = Rates()

# ---- Ordinary comparisons ----


def evaluated(seed: int, repeat: int = 0, rates: Rates = USUAL, **more: str) -> Evaluation:
    run = predictions(say(seed, rates), f"runs/{seed}", repeat)
    run = replace(run, identity={**identity(**more), "repeat": repeat})
    return evaluate_predictions(run, bench().gold, bench().task.schema, bench().texts)


@pytest.fixture(scope="module")
def worse() -> Comparison:
    """Two repeats a side, the second of them much worse."""
    before = [evaluated(1, 0), evaluated(2, 1)]
    rates = Rates(missed=0.5)
    after = [evaluated(3, 0, rates, prompt="v2"), evaluated(4, 1, rates, prompt="v2")]
    return compare_evaluations(before, after, rounds=300)


def printed(comparison: Comparison) -> str:
    console = Console(file=io.StringIO(), width=160, color_system=None)
    show(comparison, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_terminal_shows_verdict_gates_scores_and_lists(worse: Comparison) -> None:
    lines = printed(worse).splitlines()
    assert lines[0] == f"regression: {len(worse.failures)} gates failed"
    failed = [line for line in lines if line.startswith("FAILED")]
    assert "FAILED overall value F1" in failed[0]
    assert "before: runs/1 … runs/2 (2 repeats)" in lines
    assert "  prompt: v1 → v2" in lines
    delta = worse.headlines["value"]
    (row,) = [line for line in lines if line.startswith("│ value F1")]
    assert [cell.strip() for cell in row.strip("│").split("│")][1:4] == [
        ratio(delta.before),
        ratio(delta.after),
        points(delta.change),
    ]
    broken = worse.changes.broken
    assert f"Broken: was found, is missed ({len(broken)})" in lines
    place = lines[lines.index(f"Broken: was found, is missed ({len(broken)})") + 1]
    assert broken[0].gold in place
    assert place.endswith(f"{broken[0].before}/2 → {broken[0].after}/2")
    assert f"  and {len(broken) - 10} more in --json" in lines
    assert any(line.startswith("a run: 24 requests, 24,000 + 4,800 tokens") for line in lines)


def test_every_verdict_is_worded() -> None:
    same = evaluated(1)
    assert printed(compare_evaluations([same], [same], rounds=100)).startswith(
        "no change detected: both sides score the same in every segment\n"
    )
    noise = replace(compare_evaluations([same], [evaluated(2)], rounds=100), checks=())
    smallest = 100 * (noise.detectable or 0)
    assert printed(noise).startswith(
        f"no change detected; a true drop of value F1 by {smallest:.1f} points would be found"
    )
    better = replace(
        compare_evaluations([evaluated(1, rates=Rates(0.6))], [same], rounds=100), checks=()
    )
    assert printed(better).startswith("improvement: value F1 +")


def test_a_change_of_the_gold_stands_apart(worse: Comparison) -> None:
    blessed = {"annotation": 0.9, "value": 0.75, "document": 0.9, "untyped": 0.9}
    found = compare_evaluations(worse.before, worse.after, rounds=100, blessed=blessed)
    now, after = (
        ratio(f1) for f1 in (found.headlines["value"].before, found.headlines["value"].after)
    )
    gold = points((found.headlines["value"].before or 0) - 0.75)
    wanted = (
        f"value F1: gold {gold} points (.750 → {now}), "
        f"prompt {points(found.headlines['value'].change)} points ({now} → {after})"
    )
    assert wanted in printed(found).splitlines()
    assert f"- {wanted}" in summary(found).splitlines()
    assert "gold" not in printed(worse).split("Scores on")[0]


# ---- JUnit ----

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}
"""What junit-10.xsd of the xUnit plugin of Jenkins knows and this report uses."""


def test_junit_has_a_case_for_everything_that_a_gate_looked_at(worse: Comparison) -> None:
    root = ET.fromstring(report(worse))  # noqa: S314 (our own)
    for element in root.iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag]
    (suite,) = root
    cases = list(suite)
    assert [(case.get("classname"), case.get("name")) for case in cases] == [
        (f"annotate.{check.gate}", check.what) for check in worse.checks
    ]
    failures = [case.find("failure") for case in cases]
    failed = [failure for failure in failures if failure is not None]
    assert [failure.get("message") for failure in failed] == [c.message for c in worse.failures]
    assert suite.get("tests") == str(len(cases)) == root.get("tests")
    assert suite.get("failures") == str(len(failed)) == root.get("failures")
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped"))) == "9"
    assert report(worse) == report(worse)


# ---- Hostile text ----

NAME = "a|b`c`<i>d</i>\x1b[31m_e_\n.txt"
TEXT = (
    "We <script>alert(1)</script> keep | `logs` *for* [30 days](http://evil.example) &amp; "
    "\x1b[2J\u202eww www.evil.example ~~or~~ me@evil.example $x$ #12 \\| ]]> \x00 \ufffe end.\n\n"
    "1. We share it.\n"
)
MODEL = "![x](http://evil.example/x.png) -->\x07"


def stated(start: int, end: int, category: str, **attributes: JsonValue) -> Annotation:
    quote = TEXT[start:end]
    return Annotation(
        NAME, start, end, category, attributes, quote, (Evidence(quote, start, end, "exact", 0),)
    )


def hostile() -> Comparison:
    """Compare runs on a text, a name and a category that are made to break out."""
    document = Document(NAME, TEXT, "text")
    pinned = PinnedDocument(id=NAME, text_sha256=document.sha256, file_sha256="", units=2)
    manifest = Manifest(
        gold="1",
        schema_name="privacy_policy",
        schema_version="1",
        codebook="1",
        documents=(pinned,),
    )
    end = TEXT.index("\n")
    gold = GoldAnnotation(
        document=NAME,
        id="<b>1</b>|",
        category="retention",
        quote=TEXT[:end],
        start=0,
        end=end,
        attributes={"periods": ["stated"], "duration": None, "data_types": ["generic"]},
        status="required",
        must_find=True,
    )
    held = Gold(Path("gold"), manifest, (gold,))
    fields: dict[str, JsonValue] = {"periods": ["stated"], "data_types": ["generic"]}
    said = (
        [stated(0, end, "retention", **fields)],
        [stated(0, end, "<u>|x\x1b", values=["*a*|"])],
    )
    sides = [
        evaluate_predictions(
            Predictions(
                f"{MODEL}{n}",
                {**identity(), "model": f"{MODEL}{n}"},
                False,
                {NAME: document.sha256},
                tuple(each),
                (),
                (),
                {},
            ),
            held,
            bench().task.schema,
            {NAME: TEXT},
        )
        for n, each in enumerate(said)
    ]
    return compare_evaluations(sides[:1], sides[1:], rounds=50, schema=bench().task.schema)


class Page(HTMLParser):
    """The tags of a page, and the text of its table cells and list items."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"style"}
        if tag in ("td", "li", "p", "h2"):
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] += data


OURS = {
    "h2",
    "p",
    "br",
    "ul",
    "li",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def test_markdown_shows_hostile_text_letter_by_letter() -> None:
    found = hostile()
    text = summary(found)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    page = Page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))
    assert page.tags <= OURS
    assert {"table", "td", "details"} <= page.tags
    shown = "\n".join(page.texts)
    assert (
        "We <script>alert(1)</script> keep | `logs` *for* [30 days](http://evil.example) &amp;"
        in shown
    )
    assert "~~or~~ me@evil.example $x$ #12 \\| ]]> \\u0000" in shown
    assert "<b>1</b>| must find" in shown
    assert "a|b`c`<i>d</i>\\u001b[31m_e_ .txt" in shown
    assert f"Note: {MODEL[:-1]}" in shown
    assert text.count("://") == text.count("\\://") > 0  # no address becomes a link
    assert text.count("www.") == 0


def test_markdown_marks_of_every_kind_are_text() -> None:
    marks = "# a\n- b\n1. c\n> d\n***\n| e | f |\n<!-- g -->\n[h]: http://x\n    i\n```\nj"
    page = Page(
        MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(f"- {escaped(marks)}")
    )
    assert page.tags == {"ul", "li"}
    assert "".join(page.texts).strip() == " ".join(marks.split())


def test_xml_holds_hostile_text_as_text() -> None:
    found = hostile()
    root = ET.fromstring(report(found).encode())  # noqa: S314 (our own)
    names = {case.get("name") for case in root.iter("testcase")}
    assert {"<b>1</b>|", "<u>|x\\u001b"} <= names
    broken = root.find("testsuite/testcase[@name='<b>1</b>|']/failure")
    assert broken is not None
    assert "a|b`c`<i>d</i>\\u001b[31m_e_\\u000a.txt" in str(broken.get("message"))


def test_the_terminal_gets_no_control_character() -> None:
    shown = printed(hostile())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)
    assert "\\u001b[31m" in shown
    assert "«We <script>alert(1)</script> keep" in shown
