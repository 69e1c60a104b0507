"""Read what people keep as JSON: every field checked, every fault named by file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from annotate.errors import UsageError
from annotate.findings import Finding


class Record(BaseModel):
    """What a file holds: exactly these fields in exactly these types."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )


R = TypeVar("R", bound=Record)


def read_records(
    file: Path, kind: type[R], known: Mapping[str, str] = MappingProxyType({})
) -> Iterator[R]:
    """Yield the rows of a JSON Lines file with what is known of them, and their line.

    Empty lines are left out: people put them in while they write.

    Raises:
        UsageError: where the file cannot be read, or a row is not what `kind` says.
    """
    for row in each_record(file, kind, known):
        if isinstance(row, Finding):
            raise UsageError(f"{row.place}: {row.message}; {row.remedy}")
        yield row


def each_record(
    file: Path, kind: type[R], known: Mapping[str, str] = MappingProxyType({})
) -> Iterator[R | Finding]:
    """Yield each row of a JSON Lines file as `read_records`, or what is wrong with it."""
    try:
        text = _text(file)
    except UsageError as error:
        yield said_of(error, file)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{file}:{number}"
            try:
                row = _object(line, place)
                if taken := row.keys() & {*known, "line"}:
                    raise UsageError(f"{place}: {min(taken)} is not a field of a row; remove it")
                yield checked(kind, {**row, **known, "line": number}, place)
            except UsageError as error:
                yield said_of(error, file, number)


def said_of(error: UsageError, file: Path, line: int | None = None) -> Finding:
    """Return what an error says of a line of a file as a finding."""
    said = str(error).removeprefix(str(file)).removeprefix(":")
    number, parted, rest = said.partition(": ")
    if parted and number.isdecimal():
        line, said = int(number), rest
    message, _, remedy = said.strip().partition("; ")
    if "cannot be read" in message:
        remedy = "restore it, or take its document out of the manifest"
    return Finding("error", file, line, message, remedy or "correct it")


def read_object(file: Path) -> dict[str, Any]:
    """Return the JSON object that a file holds.

    Raises:
        UsageError: where it cannot be read, or holds something else.
    """
    return _object(_text(file), str(file))


def checked(kind: type[R], row: Mapping[str, Any], place: str) -> R:
    """Return a row as a record; `place` is what an error calls it.

    Raises:
        UsageError: for the first field that is missing, unknown or of another type.
    """
    try:
        # As JSON, since strict pydantic takes a JSON array for a tuple but not a Python list.
        return kind.model_validate_json(json.dumps(row))
    except ValidationError as error:
        raise UsageError(f"{place}: {first_fault(error)}; correct it") from None


def first_fault(error: ValidationError) -> str:
    """Return the first field that is wrong, and what is wrong with it."""
    detail = error.errors(include_url=False, include_input=False)[0]
    return ": ".join(filter(None, (".".join(map(str, detail["loc"])), detail["msg"])))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _object(text: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        # Of a row the line is known already; of a whole file this says it.
        where = place if place.rpartition(":")[2].isdecimal() else f"{place}:{error.lineno}"
        raise UsageError(f"{where}: is not JSON ({error}); correct it") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: is not JSON ({error}); correct it") from None
    if not isinstance(row, dict):
        raise UsageError(f"{place}: is not a JSON object; write {{…}}")
    return row
