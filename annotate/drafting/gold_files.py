"""The files of a drafted task's gold, with what has to be said beside scores against it."""

from __future__ import annotations

from annotate.evaluation.references import PUBLISHED
from annotate.files import json_line
from annotate.project.tasks import Task


def gold_files(task: Task, caveat: str) -> dict[str, bytes]:
    """Return the files of a gold that was written in a project, by their paths there.

    Args:
        task: whose gold it is.
        caveat: what must be said beside the scores of its lexicon.
    """
    folder = task.gold_folder
    written = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    written[folder / PUBLISHED] = json_line({"caveats": {"lexicon": caveat}}, indent=1)
    return {path.relative_to(task.root).as_posix(): each for path, each in written.items()}
