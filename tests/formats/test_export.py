"""An export goes where it is told, appears only when it is whole, and takes no other's place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import JsonValue

from annotate.errors import RunError, UsageError
from annotate.formats.export import export
from annotate.formats.registry import FORMATS, TOOLS
from annotate.runs.reader import Run
from schemas.incident_report import SCHEMA
from tests.conftest import Command, contents
from tests.support.needs import require
from tests.support.written import a_run


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    known = ", ".join(each.name for each in FORMATS)
    with pytest.raises(UsageError, match=f"--to pdf: unknown format, there is {known}"):
        export(a_run(tmp_path / "run", "x"), "pdf", tmp_path / "out")


@pytest.mark.parametrize("out", ["nowhere/out.csv", "folder", "run/manifest.json/out.csv"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, out: str) -> None:
    (tmp_path / "folder").mkdir()
    run = a_run(tmp_path / "run", "x")
    with pytest.raises(UsageError, match=f"{out}: (cannot be written|is a folder)"):
        export(run, "csv", tmp_path / out)


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "x", "y")
    (tmp_path / "out.csv").write_text("old", encoding="utf-8")
    damaged = tmp_path / "run" / "annotations.jsonl"
    damaged.write_bytes(damaged.read_bytes().splitlines(keepends=True)[0] + b"{\n")
    with pytest.raises(RunError, match=r"annotations\.jsonl:2"):
        export(run, "csv", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".*"))


def test_a_full_device_is_named_and_stays_a_device(tmp_path: Path) -> None:
    require("full device")
    with pytest.raises(UsageError, match=r"/dev/full: cannot be written .No space left"):
        export(a_run(tmp_path / "run", "x" * 100_000), "jsonl", "/dev/full")
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("to", ["csv", "jsonl"])
@pytest.mark.parametrize("out", [[], ["--out", "-"]])
def test_standard_output_is_the_file(
    command: Command, tmp_path: Path, to: str, out: list[str]
) -> None:
    run = a_run(tmp_path / "run", "a\r\nb", "\ud83d" if to == "jsonl" else "é", "=x")
    export(run, to, tmp_path / "file")
    done = command("export", "run", "--to", to, *out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.encode() == (tmp_path / "file").read_bytes()
    assert "annotations in" not in done.stdout


# ---- Folders and typed formats ----


TYPED = [each.name for each in FORMATS if each.kind in ("table", "tool")]
FOLDERS = [each.name for each in TOOLS]
SLOW: Mapping[str, JsonValue] = {
    "effects": ["slow"],
    "countries": [],
    "duration": None,
    "customers_named": False,
    "polarity": "affirmed",
}


@pytest.mark.parametrize("to", TYPED)
@pytest.mark.parametrize("out", [None, "-"])
def test_a_format_that_is_not_text_needs_a_place(tmp_path: Path, to: str, out: str | None) -> None:
    run = a_run(tmp_path / "run", "x", attributes=SLOW)
    with pytest.raises(UsageError, match=f"--to {to} does not go to standard output; name a f"):
        export(run, to, out, schema=SCHEMA)


@pytest.mark.parametrize("to", TYPED)
def test_a_typed_format_needs_the_schema_of_the_run(tmp_path: Path, to: str) -> None:
    run = a_run(tmp_path / "run", "x", attributes=SLOW)
    with pytest.raises(UsageError, match="run: names no task; a typed format needs its schema"):
        export(run, to, tmp_path / "out")


def test_a_run_of_another_schema_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "policy.txt").write_text("We collect your name.", encoding="utf-8")
    assert command("run", "policy.txt", "--out", "run").returncode == 0
    manifest = tmp_path / "run" / "manifest.json"
    text = re.sub('"schema": "[0-9a-f]+"', '"schema": "other"', manifest.read_text("utf-8"))
    manifest.write_text(text, encoding="utf-8")
    done = command("export", "run", "--to", "parquet", "--out", "out")
    assert done.returncode == 2
    assert "was made with another schema privacy_policy than stands here" in done.stderr


@pytest.mark.parametrize("to", FOLDERS)
def test_a_folder_appears_only_when_it_is_whole(tmp_path: Path, to: str) -> None:
    run = a_run(tmp_path / "run", "x", "y", attributes=SLOW)
    documents = tmp_path / "run" / "documents.jsonl"
    documents.write_bytes(documents.read_bytes() + b"{\n")
    with pytest.raises(RunError, match=r"documents\.jsonl:2"):
        export(run, to, tmp_path / "out", schema=SCHEMA)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("to", FOLDERS)
def test_an_annotation_of_no_document_is_not_dropped(tmp_path: Path, to: str) -> None:
    run = a_run(tmp_path / "run", "x", attributes=SLOW)
    (tmp_path / "run" / "documents.jsonl").write_bytes(b"")
    manifest = tmp_path / "run" / "manifest.json"
    text = manifest.read_text(encoding="utf-8").replace('"documents": 1', '"documents": 0')
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"a is not in documents\.jsonl"):
        export(Run(run.path), to, tmp_path / "out", schema=SCHEMA)


@pytest.mark.parametrize("to", FOLDERS)
def test_the_same_export_again_leaves_the_folder_and_another_never_touches_it(
    tmp_path: Path, to: str
) -> None:
    run, other = (a_run(tmp_path / name, name, attributes=SLOW) for name in ("run", "other"))
    out = tmp_path / "out"
    assert export(run, to, out, schema=SCHEMA) == 1
    assert export(run, to, out, schema=SCHEMA) == 1
    before = contents(out)
    with pytest.raises(UsageError, match="out: holds something else; name a new folder"):
        export(other, to, out, schema=SCHEMA)
    (out / "mine").mkdir()
    with pytest.raises(UsageError, match="out: holds something else"):
        export(run, to, out, schema=SCHEMA)
    assert contents(out) == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("to", FOLDERS)
def test_an_empty_folder_is_filled_and_a_file_is_refused(tmp_path: Path, to: str) -> None:
    run = a_run(tmp_path / "run", "x", attributes=SLOW)
    (tmp_path / "out").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert export(run, to, tmp_path / "out", schema=SCHEMA) == 1
    with pytest.raises(UsageError, match="file: is a file; name a folder instead"):
        export(run, to, tmp_path / "file", schema=SCHEMA)
    with pytest.raises(UsageError, match="out: cannot be written"):
        export(run, to, tmp_path / "none" / "out", schema=SCHEMA)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
