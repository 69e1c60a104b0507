"""Passes: what each labeller wrote down, before anything is adjudicated.

A pass is a folder with one file per document, and in it, in order, one row per unit that is not a
heading, also where nothing is stated:

    <document id>.jsonl     {"unit": 12, "start": 340, "end": 412,
                            "annotations": [{"category": "sharing", …attributes…}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from annotate.errors import InvalidAnnotation, UsageError
from annotate.files import json_line
from annotate.gold.records import Record, read_records
from annotate.schema.categories import Schema
from annotate.scoring.labels import Label, stated


class LabelledUnit(Record):
    """What one labeller wrote down about one unit."""

    unit: int
    """Index of the unit in the segmentation of its document."""
    start: int
    end: int
    annotations: tuple[dict[str, JsonValue], ...]
    """Category and attributes, as they were written."""
    line: int


@dataclass(frozen=True, slots=True)
class Pass:
    """One labelling of documents: their rows by document id."""

    folder: Path
    documents: Mapping[str, tuple[LabelledUnit, ...]]

    def file(self, document: str) -> Path:
        """Return where the rows of a document stand."""
        return self.folder / f"{document}.jsonl"

    def labels(self, schema: Schema) -> list[Label]:
        """Return the annotations as labels, with the attributes that `schema` completes.

        Raises:
            UsageError: for the first one that does not fit the schema.
        """
        # All rows are checked before the first is used, so that the error names the first fault.
        for file, line, problem in self.problems(schema):
            raise UsageError(f"{file}:{line}: {problem}; correct the row")
        labels = []
        for document, row, item in self._items():
            parsed = schema.parse(item)
            values = {name: stated(value) for name, value in parsed.attribute_values().items()}
            labels.append(Label(document, row.start, row.end, parsed.tag(), values))
        return labels

    def problems(self, schema: Schema) -> Iterator[tuple[Path, int, str]]:
        """Yield file, line and reason for each annotation that does not fit `schema`."""
        for document, row, item in self._items():
            try:
                schema.parse(item)
            except InvalidAnnotation as error:
                for problem in error.problems:
                    yield self.file(document), row.line, problem

    def _items(self) -> Iterator[tuple[str, LabelledUnit, Mapping[str, JsonValue]]]:
        for document, rows in self.documents.items():
            for row in rows:
                for item in row.annotations:
                    yield document, row, item


def pass_file(labeller: str, document: str, rows: Iterable[LabelledUnit]) -> tuple[str, bytes]:
    """Return the file of what a labeller wrote down of a document, by its path beside gold."""
    lines = (json_line(row.model_dump(exclude={"line"})) for row in rows)
    return f"passes/{labeller}/{document}.jsonl", b"".join(lines)


def read_pass(folder: str | Path) -> Pass:
    """Read one labelling, every `.jsonl` below `folder`.

    Raises:
        UsageError: where there is none, or a row is damaged.
    """
    path = Path(folder)
    files = sorted(path.rglob("*.jsonl"), key=lambda file: file.as_posix())
    if not files:
        raise UsageError(f"{path}: holds no pass (no <document>.jsonl); name the labeller's folder")
    names = (file.relative_to(path).as_posix().removesuffix(".jsonl") for file in files)
    rows = (tuple(read_records(file, LabelledUnit)) for file in files)
    return Pass(path, dict(zip(names, rows, strict=True)))


def read_passes(folder: str | Path) -> list[Pass]:
    """Read the labellings that stand with the gold in `folder`, by name; [] where there are none.

    Raises:
        UsageError: as `read_pass`.
    """
    return [read_pass(path) for path in sorted(Path(folder, "passes").glob("*")) if path.is_dir()]
