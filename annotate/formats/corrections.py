"""Read annotations that people corrected in an annotation tool.

    read = read_corrections("project-7.json", "label-studio", task.schema)
    gold, problems = import_gold(read, task.schema, sources, Path("gold"))
    run, problems = import_run(read, task, Path("runs/corrected"))

The formats are those that `annotate.formats.export` writes for such tools; what nobody touched
comes back as it was. A place that cannot be read never loses the rest: it becomes a `Problem`, and
reading goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from annotate.errors import UsageError
from annotate.formats.annotated_document import AnnotatedDocument
from annotate.formats.registry import READ, find_format
from annotate.formatting import joined
from annotate.schema.categories import Schema


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read, or not as it stands there.

    Attributes:
        place: the file with its line, task or region.
        message: what is wrong and what to do.
        document: id of the document, "" where it is not known or could not be read at all.
        item: what was not read, where something came of the rest of the document; None where no
            annotation was lost.
        lost: whether something was left out; else it was read, and deserves a look.
    """

    place: str
    message: str
    document: str = ""
    item: JsonValue = None
    lost: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The content of one source.

    Attributes:
        tool: the format it was read from.
        source: the file or folder, as it was named.
        digest: SHA-256 of what was read.
        origin: what our export said about where it came from; {} where it was not our export.
        exported: how many annotations that export held.
        beside: files that stand with gold that is made of it, by their paths in its folder.
    """

    tool: str
    source: str
    digest: str
    documents: tuple[AnnotatedDocument, ...]
    problems: tuple[Problem, ...]
    origin: Mapping[str, JsonValue] = field(default_factory=dict)
    exported: int = 0
    beside: Mapping[str, bytes] = field(default_factory=dict)


def read_corrections(source: str | Path, tool: str, schema: Schema) -> Corrections:
    """Read the documents and annotations of a tool's file or folder.

    `tool` is "brat" (a folder), "label-studio" (a project exported as JSON) or "review" (a run that
    was reviewed, or a log of that). What cannot be read is reported, and the rest is read.

    Raises:
        UsageError: for an unknown tool, another source, or one exported for another schema.
    """
    path = Path(source)
    read: Corrections = find_format("--from", tool, READ).read(path, schema)
    exported, here = read.origin.get("schema"), f"{schema.name} {schema.version}"
    if exported not in (None, here):
        raise UsageError(f"{path}: was exported for schema {exported}, not {here}; name its --task")
    return read


def apart(text: str, pieces: Sequence[tuple[int, int]]) -> bool:
    """Tell whether words stand between pieces, which are in text order."""
    reached = pieces[0][1]
    for start, end in pieces[1:]:
        if text[reached:start].strip():
            return True
        reached = max(reached, end)
    return False


def said_of_pieces(pieces: Sequence[tuple[int, int]]) -> str:
    """Say what becomes of an annotation that a person marked in pieces, and what to do."""
    return (
        f"has {len(pieces)} pieces with other words between them, {listed(pieces)}, and an "
        "annotation has one span: it reaches from the first to the last, and the pieces are kept, "
        "in a run as its evidence, in gold in its note; where the words between do not belong to "
        "it, mark one piece, or each piece as an annotation of its own"
    )


def listed(pieces: Iterable[tuple[int, int]]) -> str:
    """Return pieces as places to be read by people."""
    return joined([f"[{start}:{end}]" for start, end in pieces])


def with_remarks(kept: Mapping[str, JsonValue], remarks: Sequence[str]) -> dict[str, JsonValue]:
    """Return what is kept of a span, with remarks behind its note."""
    note = kept.get("note")
    lines = [note, *remarks] if isinstance(note, str) and note else [*remarks]
    return {**kept, "note": "\n".join(lines)} if remarks else {**kept}
