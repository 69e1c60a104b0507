"""Tables and gold for tests of crosswalks, on the task `privacy_policy`."""

from __future__ import annotations

import shutil
from pathlib import Path

from annotate.project.tasks import Task, load_task
from tests.conftest import ROOT

TABLE = """\
title = "What a visitor asks"
version = "7"
left_out = [
  { category = "security", why = "nobody asks for it" },
]

[label."who sees it"]
title = "who gets to see data"
from = [
  { category = "sharing", where = "polarity=affirmed" },
  { category = "transfer" },
]

[label."how long"]
title = "how long data stays"
note = "A promise to delete counts too."
from = [
  { category = "retention" },
  { category = "right", where = ["rights=erasure", "aspect=granted"] },
]

[label.sold]
title = "whether data is sold"
from = [
  { category = "sharing", where = "mode=sell" },
]
"""


def project(folder: Path, **tables: str) -> Task:
    """Make a project of the task with these tables alone, and return the task."""
    schemas = folder / "schemas"
    tables_folder = schemas / "privacy_policy.crosswalks"
    tables_folder.mkdir(parents=True)
    (folder / "annotate.toml").touch()
    for name in (
        "privacy_policy.py",
        "privacy_policy.lexicon.toml",
        "privacy_policy.sentences.toml",
    ):
        shutil.copy(ROOT / "schemas" / name, schemas / name)
    for name, text in tables.items():
        (tables_folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_task("privacy_policy", folder)
