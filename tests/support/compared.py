"""Comparisons to report: ordinary ones, and one of text that is made to break out of a format."""

import io
from pathlib import Path

from pydantic import JsonValue
from rich.console import Console

from annotate.annotation import Annotation, Evidence
from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.documents.document import Document
from annotate.evaluation.evaluate import evaluate_predictions
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions
from annotate.gold.store import Gold, GoldAnnotation, Manifest, PinnedDocument
from annotate.reporting.comparison import print_comparison
from tests.support.noisy import Rates, bench, evaluated, identity, say

USUAL = Rates()


def drawn(seed: int, repeat: int = 0, rates: Rates = USUAL, **more: str) -> Evaluation:
    """Evaluate what a simulated annotator says at a seed, `more` being how it was asked."""
    made = {**identity(**more), "repeat": repeat}
    return evaluated(say(seed, rates), repeat, name=f"runs/{seed}", identity=made)


def printed(comparison: Comparison) -> str:
    """Return what the terminal shows of a comparison."""
    console = Console(file=io.StringIO(), width=160, color_system=None)
    print_comparison(comparison, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


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
            {NAME: document},
        )
        for n, each in enumerate(said)
    ]
    return compare_evaluations(sides[:1], sides[1:], rounds=50, schema=bench().task.schema)
