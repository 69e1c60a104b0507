"""Every format is listed once, and what it names is there."""

from __future__ import annotations

import pytest

from annotate.errors import UsageError
from annotate.formats.registry import FORMATS, READ, TOOLS, Format, find_format, format_names


@pytest.mark.parametrize("listed", FORMATS, ids=lambda each: each.name)
def test_every_format_has_its_writer_or_is_read_alone(listed: Format) -> None:
    assert listed.kind == "log" or callable(listed.write)


@pytest.mark.parametrize("listed", READ, ids=lambda each: each.name)
def test_what_is_read_has_its_reader(listed: Format) -> None:
    assert callable(listed.read)
    assert {*TOOLS} < {*READ}


def test_formats_are_listed_by_name() -> None:
    names = [each.name for each in FORMATS]
    assert names == sorted({*names})


def test_an_unknown_format_names_those_that_would_do() -> None:
    with pytest.raises(UsageError, match="--from csv: unknown format, there is brat, "):
        find_format("--from", "csv", TOOLS)


def test_names_are_listed_by_kind() -> None:
    kinds = {name: find_format("--to", name).kind for name in format_names("text").split(", ")}
    assert {*kinds.values()} == {"text"}
    every = format_names("text", "table", "runs", "tool", "log").split(", ")
    assert every == [each.name for each in FORMATS]
