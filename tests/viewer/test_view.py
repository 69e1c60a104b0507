"""What a page is made of: layout, signs, silence, embedding, files. Browsers test the rest."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import stat
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotate
from annotate.documents.document import Document
from annotate.errors import NotComparable, RunError, UsageError
from annotate.ledger import Entry, Status
from annotate.viewer import highlight, view
from annotate.viewer.layout import Block, Span, lay_out
from annotate.viewer.page import embedded
from annotate.viewer.palette import DARK_PAPER, HUES, LIGHT_PAPER, codes, signs
from tests.conftest import INCIDENTS, ROOT, Command
from tests.support import drawn

TEXT = "Search was slow.\n\nIt was caused by load.\n"


@pytest.fixture(autouse=True)
def _in_the_second_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)


# ---- Layout ----


def joined(blocks: Iterable[Block]) -> str:
    return "".join(piece.text for block in blocks for piece in block.pieces)


def covered(blocks: Iterable[Block], owner: int) -> str:
    pieces = (piece for block in blocks for piece in block.pieces)
    return "".join(piece.text for piece in pieces if owner in piece.covered)


LINES = st.sampled_from(
    ["# Head", "- item.", "  • two", "1. one", "A b. C d?", "| a | b |", "---", "", "**B**", "É😀"]
)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", " ", "\u2028", "\r"])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=12).map(
    lambda parts: "".join(line + end for line, end in parts)
)


@given(TEXTS | st.text(max_size=60), st.data())
def test_pieces_are_the_text_and_each_span_is_exactly_its_pieces(
    text: str, data: st.DataObject
) -> None:
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=5))
    spans = [Span(min(pair), max(pair), owner) for owner, pair in enumerate(pairs)]
    blocks = lay_out(text, spans)
    assert joined(blocks) == text
    assert [covered(blocks, s.owner) for s in spans] == [text[s.start : s.end] for s in spans]


def test_headings_lists_and_paragraphs_are_told_apart() -> None:
    text = "# Logs\n\nWe keep:\n\n  • your address\n      - of home\n  • the time\n\nFor 30 days.\n"
    shape = [(b.kind, b.level, [(p.role, p.text) for p in b.pieces]) for b in lay_out(text)]
    assert shape == [
        ("heading", 1, [("marker", "# "), ("content", "Logs"), ("tail", "\n\n")]),
        ("paragraph", 1, [("content", "We keep:"), ("tail", "\n\n")]),
        ("item", 1, [("marker", "  • "), ("content", "your address"), ("tail", "\n")]),
        ("item", 2, [("marker", "      - "), ("content", "of home"), ("tail", "\n")]),
        ("item", 1, [("marker", "  • "), ("content", "the time"), ("tail", "\n\n")]),
        ("paragraph", 1, [("content", "For 30 days."), ("tail", "\n")]),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "---", "\u200b"])
def test_a_text_without_words_is_drawn_too(text: str) -> None:
    assert joined(lay_out(text)) == text


def test_spans_that_the_text_does_not_have_cover_what_there_is() -> None:
    blocks = lay_out("ab", [Span(1, 9, 0), Span(5, 9, 1), Span(1, 1, 2), Span(-3, 1, 3)])
    assert [covered(blocks, owner) for owner in range(4)] == ["b", "", "", "a"]


# ---- Signs ----


@given(st.lists(st.text(max_size=12), max_size=20, unique=True))
def test_codes_are_short_and_unlike_each_other(names: list[str]) -> None:
    found = codes(names)
    assert len(set(found)) == len(names)
    assert all(1 <= len(code) <= 5 and code.isprintable() for code in found)


def test_codes_are_initials_or_first_letters() -> None:
    names = ["tracking", "transfer", "policy_change", "policy_date", "do_not_track", "use"]
    assert codes(names) == ["TRA", "TRN", "PC", "PD", "DNT", "USE"]


def test_sixteen_categories_have_sixteen_signs_without_their_codes() -> None:
    made = signs([str(number) for number in range(16)])
    assert len({(sign.hue, sign.pattern) for sign in made}) == 16


Colour = npt.NDArray[np.float64]


def linear(color: str) -> Colour:
    channels = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


# G. Machado, M. Oliveira, L. Fernandes, IEEE TVCG 15(6), 2009: severity 1.
SIGHTS = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


def oklab(rgb: Colour) -> Colour:
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.793617785, -0.0040720468],
            [1.9779984951, -2.428592205, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.808675766],
        ]
    )
    return np.asarray(np.cbrt(rgb @ cones.T) @ lab.T)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("paper", [0, 1], ids=["light", "dark"])
def test_hues_are_told_apart_by_colour_blind_readers(sight: str, paper: int) -> None:
    seen = [oklab(np.clip(linear(hue[paper]) @ np.array(SIGHTS[sight]).T, 0, 1)) for hue in HUES]
    distances = [float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)]
    assert min(distances) >= 0.10


@pytest.mark.parametrize("hue", HUES)
def test_lines_stand_out_from_the_paper(hue: tuple[str, str]) -> None:
    assert contrast(hue[0], LIGHT_PAPER) >= 3
    assert contrast(hue[1], DARK_PAPER) >= 3


# ---- Silence ----


def silence(path: Path, entries: tuple[Entry, ...], *refused: dict[str, Any]) -> Any:
    found = [drawn.annotation("a.txt", TEXT, 0, 16)]
    run = drawn.write(path, {"a.txt": TEXT}, found, entries, refused)
    data: Any = view(run).content.data
    row = data["documents"][0]["silence"]
    names = ["impact", "cause", "action"]
    return [names[i] for i in row["silent"]], [names[i] for i in row["open"]]


@pytest.mark.parametrize("status", ["ok", "repaired", "partial"])
def test_silence_is_claimed_where_every_chunk_was_answered(tmp_path: Path, status: Status) -> None:
    entries = drawn.whole(TEXT, status)
    assert silence(tmp_path / "run", entries) == (["cause", "action"], [])


@pytest.mark.parametrize("status", ["failed", "refused", "truncated", "unsent"])
def test_no_silence_is_claimed_beside_a_chunk_without_an_answer(
    tmp_path: Path, status: Status
) -> None:
    entries = (
        Entry("a.txt", 0, 0, 18, "ok"),
        Entry("a.txt", 1, 18, len(TEXT), status),
    )
    assert silence(tmp_path / "run", entries) == ([], ["cause", "action"])


@pytest.mark.parametrize("entries", [(), (Entry("a.txt", 0, 0, 18, "ok"),)], ids=["none", "half"])
def test_no_silence_is_claimed_where_part_of_the_text_is_in_no_chunk(
    tmp_path: Path, entries: tuple[Entry, ...]
) -> None:
    assert silence(tmp_path / "run", entries) == ([], ["cause", "action"])


def test_a_refused_answer_about_a_category_leaves_it_open(tmp_path: Path) -> None:
    row = drawn.refusal("a.txt", "x", item={"category": "cause"})
    entries = drawn.whole(TEXT, "partial")
    assert silence(tmp_path / "run", entries, row) == (["action"], ["cause"])
    row = drawn.refusal("a.txt", "x", item="no JSON")
    assert silence(tmp_path / "other", entries, row) == ([], ["cause", "action"])
    row = drawn.refusal("a.txt", "x", item={"category": "causes"})  # which of them was meant?
    assert silence(tmp_path / "third", entries, row) == ([], ["cause", "action"])


# ---- Files ----


def page_of(tmp_path: Path, text: str = TEXT, **more: Any) -> str:
    return view(drawn.write(tmp_path / "run", {"a.txt": text}, **more)).html


@given(st.text() | st.sampled_from(drawn.HOSTILE) | st.just("\ud83d"))
def test_embedded_json_ends_no_element_and_comes_back(text: str) -> None:
    written = embedded({text: [text]})
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", written)
    assert json.loads(written) == {text: [text]}


def element(page: str, name: str) -> str:
    found = re.search(rf"<{name}[^>]*>(.*?)</{name.split()[0]}>", page, re.DOTALL)
    assert found
    return found[1]


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(
    tmp_path: Path,
) -> None:
    page = page_of(tmp_path)
    sources = (element(page, "style"), element(page, 'script type="module"'))
    style, script = (
        base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in sources
    )
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert html.unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_a_page_names_no_address(tmp_path: Path) -> None:
    found = re.findall(r"(?:https?:)?//[\w.-]+\.\w+|@import|url\(", page_of(tmp_path))
    assert set(found) <= {"http://www.w3.org"}  # the name of SVG, which nobody visits


def test_scripts_make_text_and_no_markup() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "annotate" / "pages" / "assets").glob("*.js")
    )
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser"
    )
    assert re.findall(forbidden, sources) == []


def test_the_same_run_makes_the_same_page(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, drawn.every_unit("a.txt", TEXT))
    assert view(run).html == view(run).html


def test_a_page_replaces_a_file_only_when_it_is_whole(tmp_path: Path) -> None:
    made = view(drawn.write(tmp_path / "run", {"a.txt": TEXT}))
    assert made.save(tmp_path / "p.html") == tmp_path / "p.html"
    assert (tmp_path / "p.html").read_text(encoding="utf-8") == made.html
    with pytest.raises(UsageError, match=r"nowhere/p\.html: cannot be written"):
        made.save(tmp_path / "nowhere" / "p.html")
    assert not list(tmp_path.glob(".*"))


# ---- One document, text in memory, definitions, gold ----


def test_one_document_of_a_run_is_a_page_of_its_own(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT, "b.txt": "Other words."})
    page = view(run, "b.txt").html
    assert "Other words." in page
    assert "Search was slow." not in page


def test_a_document_that_the_run_does_not_have_is_named_with_those_it_has(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT, "b.txt": TEXT})
    with pytest.raises(UsageError, match=r"no document 'c'; it has a\.txt, b\.txt"):
        view(run, "c")


def test_a_text_in_memory_is_shown_with_its_annotations() -> None:
    found = annotate.annotate_text(TEXT)
    shown = highlight(TEXT, found)
    (document,) = shown.content.documents
    assert [mark.quote for mark in document.marks] == [each.quote for each in found] != []
    assert highlight(Document("mine.txt", TEXT), found).content.title == "mine.txt"


def test_annotations_of_another_text_are_refused() -> None:
    with pytest.raises(UsageError, match="does not quote this text"):
        highlight("Something else.", annotate.annotate_text(TEXT))


def test_a_page_says_when_definitions_are_missing_or_others(tmp_path: Path) -> None:
    found = drawn.every_unit("a.txt", TEXT)
    lost = drawn.write(tmp_path / "lost", {"a.txt": TEXT}, found, task="nobody")
    assert view(lost).notices[0].startswith("Definitions are left out: no task 'nobody'")
    other = drawn.write(tmp_path / "other", {"a.txt": TEXT}, found, schema="0")
    assert view(other).notices == [
        "The definitions of incidents have changed since this run: they are today's."
    ]
    assert view(drawn.write(tmp_path / "run", {"a.txt": TEXT}, found)).notices == []


def test_gold_of_another_text_is_an_error_where_it_is_named_and_left_out_where_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    gold = ROOT / "eval" / "gold" / "privacy_policy"
    (tmp_path / "infotech.txt").write_text("We sell your data.", encoding="utf-8")
    run = annotate.run(tmp_path / "infotech.txt", out=tmp_path / "run", task="privacy_policy")
    with pytest.raises(NotComparable, match=r"infotech\.txt"):
        view(run, gold=gold)
    (notice,) = view(run).notices
    assert notice.startswith("Gold is left out: ")
    assert view(run).content.data["outcomes"] == []


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="is not a run folder"):
        view(tmp_path)


# ---- The command ----


def test_the_command_writes_a_page_into_the_run_and_says_where(
    incidents: Command, tmp_path: Path
) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, drawn.every_unit("a.txt", TEXT))
    done = incidents("view", run.path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{run.path / 'view.html'}\n"
    assert (run.path / "view.html").read_text(encoding="utf-8") == view(run).html
    assert list(annotate.Run(run.path).annotations()) != []


def test_the_command_names_what_it_cannot_do(incidents: Command, tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, model="\x1b[31m", schema="0")
    done = incidents("view", run.path, "--document", "b.txt")
    assert done.returncode == 2
    assert "it has a.txt" in done.stderr
    done = incidents("view", run.path, "--gold", tmp_path, "--out", tmp_path / "page.html")
    assert done.returncode == 2
    assert not (tmp_path / "page.html").exists()
    done = incidents("view", run.path, "--out", tmp_path / "page.html")
    assert (done.returncode, "have changed since" in done.stderr) == (0, True)


def test_the_command_opens_the_page_where_it_is_asked_to(
    incidents: Command, tmp_path: Path
) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT})
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    out = tmp_path / "p q.html"
    # A process: Python looks for a browser once and keeps to it.
    incidents.process("view", run.path, "--out", out, "--open", env={"BROWSER": str(browser)})
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"{out.as_uri()}\n"
