"""Every format that annotations are written in, and which of them are read back.

A new format is a module beside this one and a line in `FORMATS`. The modules are imported when they
are used, so that a command line can list all formats without loading one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from annotate.errors import UsageError

Kind = Literal["text", "table", "runs", "tool", "log"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: what users call it.
        kind: "text", a file or standard output; "table", a file in columns that the schema types;
            "runs", a folder of tables of any number of runs, in columns that are always the same;
            "tool", a new folder for a tool in which people correct annotations; "log", what they
            decided in a review, which is read alone.
        writer: the module in this package and the function that writes it, and returns how many
            annotations it wrote. A text is written by `(run, selection, file)`, a table by
            `(run, selection, path, schema)`, runs by `(runs, selection, folder)`, a tool's folder
            by `(folder, schema, origin, documents)`. "" of a log.
        reader: where the function is that reads `Corrections`, from `(source, schema)`; "" where
            the format is not read back.
    """

    name: str
    kind: Kind
    writer: str
    reader: str = ""

    @property
    def write(self) -> Callable[..., int]:
        """The function that writes the format, imported now."""
        return _imported(self.writer)  # type: ignore[no-any-return]

    @property
    def read(self) -> Callable[..., Any]:
        """The function that reads corrections, imported now."""
        return _imported(self.reader)  # type: ignore[no-any-return]


FORMATS = (
    Format("brat", "tool", "brat.writer:write_brat", "brat.reader:read_brat"),
    Format("csv", "text", "csv:write_csv"),
    Format("jsonl", "text", "jsonl:write_jsonl"),
    Format(
        "label-studio",
        "tool",
        "label_studio.writer:write_label_studio",
        "label_studio.reader:read_label_studio",
    ),
    Format("parquet", "table", "parquet:write_nested"),
    Format("parquet-flat", "table", "parquet:write_flat"),
    Format("review", "log", "", "review:read_review"),
    Format("tables", "runs", "tables.writer:write_tables"),
    Format("web-annotation", "text", "web_annotation:write_web_annotation"),
)
TOOLS = tuple(each for each in FORMATS if each.kind == "tool")
"""The annotation tools: gold is written for these, and what people correct there is read back."""

READ = tuple(each for each in FORMATS if each.reader)
"""What corrections are read from."""


def names_of(*kinds: Kind) -> list[str]:
    """Return the names of all formats of these kinds."""
    return [each.name for each in FORMATS if each.kind in kinds]


def format_names(*kinds: Kind) -> str:
    """Return the names of all formats of these kinds, as help texts list them."""
    return ", ".join(names_of(*kinds))


def find_format(option: str, name: str, formats: Iterable[Format] = FORMATS) -> Format:
    """Return the format of this name; `option` is the flag that an error names.

    Raises:
        UsageError: where none of `formats` is called so.
    """
    known = {each.name: each for each in formats}
    if name not in known:
        raise UsageError(f"{option} {name}: unknown format, there is {', '.join(known)}")
    return known[name]


def _imported(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(f"annotate.formats.{module}"), name)
