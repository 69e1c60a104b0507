"""A task without examples: two categories to start from, and gold that waits for labels."""

from __future__ import annotations

import json
from pathlib import Path

from annotate.drafting.place import drafted
from annotate.drafting.templates import Files, render
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, Manifest, write_gold
from annotate.project.tasks import load_task

_CAVEAT = (
    "the gold is empty, so that everything counts as wrong: label the documents first "
    "(annotate export --to brat, annotate gold import)"
)


def draft_skeleton(name: str) -> Files:
    """Return the files of a project whose task `name` has two sample categories."""
    files = {**render("project", name, worked=True, support=0), **render("skeleton", name)}
    with drafted(files) as root:
        gold = root / "eval" / "gold" / name
        gold.mkdir(parents=True)
        _write_empty_gold(root, name)
        yardsticks = {"caveats": {"lexicon": _CAVEAT}}
        (gold / "yardsticks.json").write_text(f"{json.dumps(yardsticks, indent=1)}\n", "utf-8")
        written = [path for path in sorted(gold.rglob("*")) if path.is_file()]
        return files | {path.relative_to(root).as_posix(): path.read_bytes() for path in written}


def _write_empty_gold(root: Path, name: str) -> None:
    task = load_task(name, root)
    sources = read_sources(task.documents_folder)
    manifest = Manifest(
        gold="0",
        schema_name=name,
        schema_version=task.schema.version,
        codebook="1",
        documents=tuple(source.pinned() for source in sources.values()),
    )
    write_gold(Gold(task.gold_folder, manifest, ()))
