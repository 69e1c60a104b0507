"""What is scored, compared and simulated is divided as its source states it, as the run was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotate.annotation import Annotation
from annotate.comparison.compare import compare_evaluations
from annotate.comparison.segment_counts import all_columns, tally
from annotate.documents.document import Document
from annotate.documents.segmentation import segment
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.segments import Segments
from annotate.gold.store import read_gold
from annotate.testing.simulation import Errors, SimulatedAnnotator
from annotate.viewer import comparison_page
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS
from tests.support import drawn
from tests.support.files import read, written
from tests.support.handmade import write_gold

SEARCH = "search in all of the shops that we run in Europe"
LOGIN = "the login of those who were in the warehouse then"
CARD = "payment by card"
LIST = f"""<h1>Outage</h1><p>These were slow:<ul><li>{SEARCH}<li>{LOGIN}<li>{CARD}</ul>
<p>Nothing else was."""


@pytest.fixture
def page(tmp_path: Path) -> Document:
    """A page with a list, whose items would be one paragraph in a plain text."""
    documents, _ = read(written(tmp_path / "a.html", LIST))
    return documents[0]


def on(page: Document, *quotes: str) -> list[Annotation]:
    places = ((page.text.index(quote), len(quote)) for quote in quotes)
    return [drawn.annotation(page.id, page.text, start, start + length) for start, length in places]


def evaluated(folder: Path, page: Document, gold: Path, *quotes: str) -> Evaluation:
    return evaluate(drawn.write(folder, {page.id: page}, on(page, *quotes)), gold)


@pytest.fixture
def gold(tmp_path: Path, page: Document, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gold of two items of the list."""
    monkeypatch.chdir(INCIDENTS)
    found = on(page, SEARCH, CARD)
    return write_gold(tmp_path / "gold", found, documents={page.id: page.text})


def test_a_plain_text_would_be_divided_otherwise(page: Document) -> None:
    stated = [unit.kind for unit in page.segmentation.units]
    assert stated == ["heading", "stem", "item", "item", "item", "sentence"]
    assert len(segment(page.text).units) != len(stated)


def test_categories_are_set_against_each_other_item_by_item(
    tmp_path: Path, page: Document, gold: Path
) -> None:
    found = evaluated(tmp_path / "run", page, gold, SEARCH, LOGIN)
    # An item where both say it, one of gold alone, one of the run alone.
    assert found.confusion() == {("impact", "impact"): 1, ("impact", None): 1, (None, "impact"): 1}


def test_segments_that_are_exchanged_are_those_of_the_page(
    tmp_path: Path, page: Document, gold: Path
) -> None:
    found = evaluated(tmp_path / "run", page, gold, "Nothing else was.")
    segments = Segments(found.documents)
    assert segments.count == len(page.segmentation.segments)
    rows = tally(found, segments, all_columns([])).any(axis=(1, 2))
    own = page.segmentation.segments
    starts = [page.text[each.start :].partition(" ")[0] for each in own]
    assert [starts[row] for row in np.flatnonzero(rows)] == ["These", "Nothing"]


def test_the_page_of_a_comparison_draws_the_list(
    tmp_path: Path, page: Document, gold: Path
) -> None:
    sides = [
        evaluated(tmp_path / name, page, gold, quote)
        for name, quote in (("old", CARD), ("new", SEARCH))
    ]
    html = comparison_page(compare_evaluations(sides[:1], sides[1:], rounds=20, schema=SCHEMA))
    assert html.count('"kind":"item"') == 3


def test_the_simulated_annotator_errs_on_items_of_the_page(page: Document, gold: Path) -> None:
    held = read_gold(gold)
    errors = Errors(missed=1.0, unguided=1.0, spurious=1.0, attribute=0.0, ungrounded=0.0)
    system = "\n".join(each.__doc__ or "" for each in SCHEMA.categories.values())

    def said(document: Document) -> set[str]:
        simulated = SimulatedAnnotator(held, SCHEMA, {document.id: document}, errors)
        asked = [
            {"role": "system", "content": system},
            {"role": "user", "content": f"<document>\n{document.text}\n</document>"},
        ]
        answer = simulated({"model": "simulated", "messages": asked})
        assert isinstance(answer, dict)
        return {item["quote"] for item in answer["annotations"]}

    assert LOGIN in said(page)
    assert LOGIN not in said(replace(page, layout=None))
