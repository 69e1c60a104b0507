"""Read annotations that people corrected in an annotation tool, as gold or into a run.

    read = read_corrections("project-7.json", "label-studio", task.schema)
    gold, problems = import_gold(read, task.schema, sources, Path("gold"))
    run, problems = import_run(read, task, Path("runs/corrected"))

The formats are those that `annotate.formats.export` writes; what nobody touched comes back as it
was.
"""

from __future__ import annotations

from pathlib import Path

from annotate.errors import UsageError
from annotate.formats.brat.reader import read_brat
from annotate.formats.corrections import Corrections, Problem
from annotate.formats.label_studio.reader import read_label_studio
from annotate.formats.to_gold import import_gold
from annotate.formats.to_run import import_run
from annotate.schema.categories import Schema

__all__ = ["Corrections", "Problem", "import_gold", "import_run", "read_corrections"]


def read_corrections(source: str | Path, tool: str, schema: Schema) -> Corrections:
    """Read the documents and annotations of a tool's file or folder.

    `tool` is "brat" (a folder) or "label-studio" (a project exported as JSON). What cannot be read
    is reported, and the rest is read.

    Raises:
        UsageError: for an unknown tool, another source, or one exported for another schema.
    """
    path = Path(source)
    if tool == "brat":
        read = read_brat(path)
    elif tool == "label-studio":
        read = read_label_studio(path, schema)
    else:
        raise UsageError(f"--from {tool}: unknown format, there is brat, label-studio")
    exported, here = read.origin.get("schema"), f"{schema.name} {schema.version}"
    if exported not in (None, here):
        raise UsageError(f"{path}: was exported for schema {exported}, not {here}; name its --task")
    return read
