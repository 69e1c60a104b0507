"""Runs on a cluster: the same records as one machine's, kept once, resumed, refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import annotate
from annotate.errors import OutputExists, UsageError
from annotate.pipeline.progress import Progress
from annotate.runs.reader import Run
from annotate.scale import annotate_dataset, annotate_inputs, read
from tests.conftest import INCIDENTS, Command
from tests.support.clustered import WORKER, figures, processes, records
from tests.support.endpoints import Place
from tests.support.files import written
from tests.support.many import lines

pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{kind}")  # of Ray, about its own use of itself
    for kind in ("DeprecationWarning", "FutureWarning", "ResourceWarning", "UserWarning")
]


def mixed(folder: Path) -> Path:
    """Write documents of several formats, and some that cannot be read."""
    for number in range(20):
        written(folder / f"{number:02}.txt", f"Search was slow for {number + 2} minutes.")
    written(folder / "page.html", "<h1>Report</h1><p>Search was slow for 3 minutes.</p>")
    written(folder / "blank.md", "  \n")
    written(folder / "latin.txt", "caf\xe9 was slow".encode("latin-1"))
    written(folder / "foreign.md", "Die Suche war gestern zwei Stunden lang sehr langsam.\n" * 9)
    rows = lines(folder / "rows.jsonl", 300, 1500).read_text().splitlines(keepends=True)
    rows[20:20] = ["{\n", "\n", '{"id": "empty", "text": " "}\n', '{"text": "Search was slow."}\n']
    rows[30:30] = [rows[3], '{"id": "odd", "text": "Slow \\ud800 half.", "by": ["x", null]}\n']
    written(folder / "rows.jsonl", "".join(rows))
    return folder


def test_inputs_give_the_records_of_one_machine_and_are_done_once(
    cluster: Any, place: Place, tmp_path: Path
) -> None:
    inputs = [mixed(tmp_path / "in"), Path("gone.txt")]
    one = annotate.run(inputs, out="one")
    run = annotate_inputs(inputs, out="many")
    assert records(run) == records(one)
    assert figures(run) == figures(one)
    assert len(list(Path("many/commits").iterdir())) > 2
    shown = Command(Path.cwd())("show", "many")
    assert "gone.txt: no such file" in shown.stdout, shown.stderr

    told: list[Progress] = []
    again = annotate_inputs(inputs, out="many", on_progress=told.append)
    assert told[-1].documents == 0, "what is kept is not done again"
    assert records(again) == records(one)

    written(tmp_path / "in" / "00.txt", "Search was fast.")
    with pytest.raises(OutputExists, match=r"1 edited: 00\.txt"):
        annotate_inputs(inputs, out="many")
    assert records(Run("many")) == records(one), "what is refused changes nothing"
    with pytest.raises(OutputExists, match="chunk_size differs"):
        annotate_inputs(inputs, out="many", chunk_size=2000)


def test_a_dataset_gives_what_annotate_makes_of_its_table(cluster: Any, place: Place) -> None:
    rows: list[dict[str, Any]] = [
        {"key": f"r{n}", "body": f"Search was slow for {n + 2} minutes.", "by": {"team": n % 3}}
        for n in range(40)
    ]
    rows += [{"key": "empty", "body": "", "by": None}, {**rows[5], "by": {"team": 9}}]
    dataset = cluster.data.from_items(rows)
    found = annotate_dataset(dataset, out="many", text="body", id="key", batch_size=15)
    one = annotate.annotate(rows, text="body", id="key")
    by_document = sorted(found.take_all(), key=lambda row: str(row["document"]))
    assert [json.loads(row["row"]) for row in by_document] == [
        each.to_json() for each in sorted(one, key=lambda each: each.document)
    ]
    assert by_document[0]["metadata"] == '{"by": {"team": 0}}'
    assert Run("many").manifest["counts"] == one.manifest["counts"]
    assert read("many", "unreadable").count() == 2
    with pytest.raises(UsageError, match="no column 'text'"):
        annotate_dataset(dataset, out="other")


def test_addresses_and_parquet_are_read_and_another_run_is_replaced(
    cluster: Any, place: Place, tmp_path: Path
) -> None:
    rows = [{"id": f"r{n}", "text": f"Search was slow for {n + 2} minutes."} for n in range(20)]
    pq.write_table(pa.Table.from_pylist(rows), "rows.parquet")
    out = f"file://{tmp_path}/run"
    from_parquet = annotate_inputs(["rows.parquet"], out=out)
    assert records(from_parquet)["documents"] == records(annotate.annotate(rows))["documents"]

    inputs = [mixed(tmp_path / "in")]
    one = annotate.run(inputs, out="one")
    addresses = [f"fsspec+file://{tmp_path}/in"]  # as fsspec opens them
    with pytest.raises(OutputExists, match="inputs differ"):
        annotate_inputs(addresses, out=out)
    run = annotate_inputs(addresses, out=out, replace=True)
    assert records(run) == records(one)
    assert records(Run(tmp_path / "run")) == records(one)


def test_as_many_processes_annotate_as_were_asked_for(cluster: Any, place: Place) -> None:
    before, seen = set(processes(WORKER)), set[int]()
    reports = place.write(*[f"Search was slow for {n + 2} minutes." for n in range(4)])
    run = annotate_inputs(
        reports, out="many", workers=1, on_progress=lambda _: seen.update(processes(WORKER))
    )
    assert len(seen - before) == 1
    assert records(run) == records(annotate.run(reports, out="one"))


def test_an_address_that_is_not_the_cluster_in_use_is_refused(cluster: Any, place: Place) -> None:
    with pytest.raises(UsageError, match=r"--address 127\.0\.0\.1:9: this process is connected to"):
        annotate_inputs(place.write("Search was slow."), address="127.0.0.1:9", out="many")
    assert not Path("many").exists()


def test_an_address_where_nothing_listens_is_named(place: Place) -> None:
    done = Command(place.folder).process(
        "run", *place.write("Search was slow."), "--engine", "ray", "--address", "127.0.0.1:9"
    )
    assert done.returncode == 2
    assert "--address 127.0.0.1:9: no cluster of Ray answers" in done.stderr


def test_without_ray_the_engine_says_what_to_install(tmp_path: Path) -> None:
    hidden = (
        "import sys; sys.modules['ray'] = None; from annotate.cli.app import main; "
        "sys.argv = ['annotate', 'run', 'reports', '--engine', 'ray']; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", hidden], cwd=INCIDENTS, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"pip install 'policy-annotate[ray]'" in done.stderr
