"""Tables of many runs: DuckDB and pandas read them as they are, silence and all."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.documents.layout import Layout, Page
from annotate.documents.provenance import Provenance
from annotate.errors import RunError, UsageError
from annotate.formats.export import export
from annotate.formats.tables.columns import TABLES, VERSION
from annotate.ledger import Entry
from annotate.runs.reader import Run, select_in
from annotate.runs.writer import RunWriter
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS, Command, contents

REPORTS = {
    "slow.txt": "Search was slow for 42 minutes.\n\nSearch was slow for 42 minutes.",
    "garden.txt": "The garden of the office is green.",
}
POLICIES = [
    {"id": "old", "year": 2023, "text": "We never sell your data."},
    {"id": "new", "year": 2025, "text": "We may sell your data. We keep logs for 12 months."},
    {"id": "fremd", "year": 2025, "text": "Wir verkaufen Ihre Daten nicht an andere Unternehmen."},
]
QUOTE = "Bad \ud83d words"


def handmade(path: Path) -> Run:
    """Return a run of a task that is not at hand, with what a column cannot hold, and pages."""
    evidence = (Evidence("as cited", 0, len(QUOTE), "folded", 0, 2, "ambiguous"),)
    said = {"\ud83d": ["a", "\ud83d"], "nothing": None, "none": [], "yes": True, "age": 13}
    found = Annotation("a", 0, len(QUOTE), "other", said, QUOTE, evidence)  # type: ignore[arg-type]
    layout = Layout((), pages=(Page(3, 0, 4), Page(4, 4, len(QUOTE))))
    source = Provenance("a.pdf", "0" * 64, 5, metadata={"year": 1999})
    with RunWriter(path, {"task": "gone", "schema": "x", "model": "m", "prompt": "v2"}, "1") as run:
        document = Document("a", QUOTE, layout=layout, provenance=source)
        run.add(document, [found], [Entry("a", 0, 0, len(QUOTE), "refused")], [])
    return Run(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three runs of three tasks, and their tables in `tables`."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    rows = "".join(json.dumps(row) + "\n" for row in POLICIES)
    (folder / "policies.jsonl").write_text(rows, encoding="utf-8")
    command = Command(INCIDENTS)
    assert command("run", folder / "reports", "--out", folder / "a").returncode == 0
    policies = ("run", folder / "policies.jsonl", "--task", "privacy_policy")
    assert command(*policies, "--out", folder / "b").returncode == 4  # a language is not read
    handmade(folder / "c")
    runs = [folder / name for name in "abc"]
    done = command("export", *runs, "--to", "tables", "--out", folder / "tables")
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"6 annotations in {folder / 'tables'}\n"
    return folder


Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def ask(folder: Path) -> Iterator[Ask]:
    """Asks DuckDB, where the tables are views."""
    with duckdb.connect() as database:
        for name in TABLES:
            database.read_parquet(str(folder / "tables" / f"{name}.parquet")).create_view(name)
        yield lambda statement: database.execute(statement).fetchall()


def test_the_columns_are_those_that_are_promised(folder: Path) -> None:
    """Whoever changes this raises `VERSION`; one more column at the end is no change."""
    columns = json.dumps({name: [each[:2] for each in columns] for name, columns in TABLES.items()})
    pinned = {1: "66e1"}
    assert hashlib.sha256(columns.encode()).hexdigest()[:4] == pinned[VERSION]
    for name, promised in TABLES.items():
        schema = pq.read_schema(folder / "tables" / f"{name}.parquet")
        assert schema.names == [each.name for each in promised]
        assert schema.metadata[b"annotate.tables"] == str(VERSION).encode()


def test_a_run_says_how_it_was_made(folder: Path, ask: Ask) -> None:
    found = ask(
        "SELECT run, task, model, prompt, schema_version, tables, complete, documents, "
        "date <= now()::TIMESTAMP FROM runs ORDER BY run"
    )
    here = folder.as_posix()
    assert found == [
        (f"{here}/a", "incident_report", "lexicon", None, "1", 1, True, 2, True),
        (f"{here}/b", "privacy_policy", "lexicon", None, "1", 1, False, 3, True),
        (f"{here}/c", "gone", "m", "v2", None, 1, False, 1, True),
    ]


def test_silence_is_counted_where_nothing_was_found(ask: Ask) -> None:
    found = ask("SELECT document, annotations, found, silent, unknown, why FROM documents")
    said = {document: rest for document, *rest in found}
    assert said["garden.txt"] == [0, [], [*SCHEMA.categories], [], None]
    others = [tag for tag in SCHEMA.categories if tag != "impact"]
    assert said["slow.txt"][:3] == [2, ["impact"], others]
    count, _, silent, unknown, why = said["policies.jsonl#fremd"]
    assert (count, silent, len(unknown)) == (0, [], 16)
    assert why == "1 of 1 chunks are in a language that was not read"
    assert "retention" in said["policies.jsonl#old"][2]
    assert said["a"] == [
        1,
        ["other"],
        None,
        None,
        "the schema that the run was made with is not at hand",
    ]


def test_values_are_asked_for_by_name(ask: Ask) -> None:
    denied = ask(
        "SELECT document, metadata->>'year', quote FROM annotations "
        "WHERE 'sell' IN attributes['mode'] AND 'denied' IN attributes['polarity']"
    )
    assert denied == [("policies.jsonl#old", "2023", "We never sell your data.")]
    kept = ask("SELECT attributes['duration'][1] FROM annotations WHERE category = 'retention'")
    assert kept == [("P12M",)]
    others = ask(
        "SELECT attributes['yes'], attributes['age'][1]::INT, attributes['nothing'], "
        "attributes['none'], attributes['no such'] FROM annotations WHERE run LIKE '%/c'"
    )
    assert others == [(["true"], 13, [], [], None)]


def test_each_row_says_where_its_words_stand(folder: Path) -> None:
    row = pd.read_parquet(folder / "tables" / "annotations.parquet").iloc[-1]
    assert dict(row.attributes)["\ufffd"].tolist() == ["a", "\ufffd"]
    assert (row.quote, row.evidence.tolist()) == ("Bad \ufffd words", ["as cited"])
    assert (row.source, row.source_sha256, row.number) == ("a.pdf", "0" * 64, 0)
    assert (row.start, row.end, row.pages.tolist()) == (0, len(QUOTE), [3, 4])
    assert (row.grounding, bool(row.ambiguous), row.furniture) == ("folded", True, None)
    frame = pd.read_parquet(folder / "tables" / "documents.parquet")
    assert frame.explode("silent").groupby("document").silent.count()["garden.txt"] == len(
        SCHEMA.categories
    )
    assert str(frame.date.dtype) == "datetime64[us]"


def test_rows_of_several_runs_and_exports_belong_together(
    folder: Path, tmp_path: Path, ask: Ask
) -> None:
    joined = ask(
        "SELECT count(*) FROM annotations AS a JOIN documents AS d USING (run, document) "
        "WHERE a.text_sha256 = d.text_sha256"
    )
    assert joined == [(6,)]
    with chdir(INCIDENTS):
        export(Run(folder / "a"), "tables", tmp_path / "one")
        export(Run(folder / "c"), "tables", tmp_path / "two")
    several = duckdb.read_parquet(f"{tmp_path}/*/annotations.parquet")
    assert len(several) == 3


# ---- Writing ----


def test_what_is_asked_for_is_written_beside_the_counts_of_all(
    folder: Path, tmp_path: Path
) -> None:
    runs = [Run(folder / name) for name in "ab"]
    with chdir(INCIDENTS):
        selection = select_in(
            runs, category="retention,impact", document=["g*", "*#new", "*#fremd"], text="12 months"
        )
        assert export(runs, "tables", tmp_path / "out", selection=selection) == 1
    documents = pd.read_parquet(tmp_path / "out" / "documents.parquet")
    counts = dict(zip(documents.document, documents.annotations, strict=True))
    assert counts == {
        "garden.txt": 0,
        "policies.jsonl#new": 2,
        "policies.jsonl#fremd": 0,
    }
    (number,) = pd.read_parquet(tmp_path / "out" / "annotations.parquet").number
    assert list(runs[1].annotations())[number].category == "retention"


def test_tables_take_the_place_of_older_ones_and_of_nothing_else(
    folder: Path, tmp_path: Path
) -> None:
    runs = [Run(folder / name) for name in "ac"]
    out = tmp_path / "out"
    export(runs, "tables", out)
    first = contents(out)
    (out / "mine.sql").write_text("FROM runs", encoding="utf-8")
    export(runs, "tables", out)
    assert contents(out) == {**first, "mine.sql": b"FROM runs"}
    damaged = Run(folder / "a")
    damaged.manifest["counts"]["annotations"] = 7
    with pytest.raises(RunError, match="has 2 of its 7 rows"):
        export([damaged], "tables", out)
    assert contents(out) == {**first, "mine.sql": b"FROM runs"}
    with pytest.raises(RunError):
        export([damaged], "tables", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_cannot_be_written_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(folder / "c")
    with pytest.raises(UsageError, match="c: is named twice"):
        export([run, Run(folder / "a" / ".." / "c")], "tables", tmp_path / "out")
    with pytest.raises(UsageError, match="--to csv: takes one run, not 2; --to tables takes sever"):
        export([run, run], "csv")
    with pytest.raises(UsageError, match="--to tables does not go to standard output; name a fold"):
        export(run, "tables")
    (tmp_path / "file").touch()
    for place in ("file", "no/where"):
        with pytest.raises(UsageError, match=f"{place}: cannot be written"):
            export(run, "tables", tmp_path / place)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match="needs pyarrow: pip install 'policy-annotate"):
        export(run, "tables", tmp_path / "out")
    assert not (tmp_path / "out").exists()
