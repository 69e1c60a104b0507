"""A task without examples: two categories to start from, and gold that waits for labels."""

from __future__ import annotations

from annotate.drafting.gold_files import gold_files
from annotate.drafting.place import drafted
from annotate.drafting.templates import Files, render
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, Manifest, write_gold
from annotate.project.tasks import Task, load_task

_CAVEAT = (
    "the gold is empty, so that everything counts as wrong: label the documents first "
    "(annotate export --to brat, annotate gold import)"
)


def draft_skeleton(name: str) -> Files:
    """Return the files of a project whose task `name` has two sample categories."""
    files = {**render("project", name, worked=True, support=0), **render("skeleton", name)}
    with drafted(files) as root:
        task = load_task(name, root)
        task.gold_folder.mkdir(parents=True)
        _write_empty_gold(task)
        return files | gold_files(task, _CAVEAT)


def _write_empty_gold(task: Task) -> None:
    sources = read_sources(task.documents_folder)
    manifest = Manifest(
        gold="0",
        schema_name=task.schema.name,
        schema_version=task.schema.version,
        codebook="1",
        documents=tuple(source.pinned() for source in sources.values()),
    )
    write_gold(Gold(task.gold_folder, manifest, ()))
