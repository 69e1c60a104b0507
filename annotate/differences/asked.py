"""What can be asked of a difference: patterns to watch, and which changes are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotate.project.settings import resolve_settings
from annotate.project.tasks import load_task
from annotate.runs.selection import Selection, select, select_pattern
from annotate.schema.vocabulary import Vocabulary

ANY = "any"
"""The pattern that every change of content fits, where no category has this name."""


def pattern_of(vocabulary: Vocabulary, pattern: str) -> Selection:
    """Return what a pattern asks for: a category, a value such as `sharing.mode=sell`, or `any`.

    Raises:
        UsageError: where there is no such category or value.
    """
    if pattern == ANY and ANY not in vocabulary.categories:
        return Selection()
    return select_pattern(vocabulary, pattern, "--fail-on")


def check_asked(
    settings: Mapping[str, object], patterns: Iterable[str], asked: Mapping[str, Any]
) -> None:
    """Refuse a pattern or a selection of what there is not, before any text is annotated.

    Args:
        settings: those of `annotate.run`; the task among them has the schema.
        patterns: as `pattern_of` takes them.
        asked: as `annotate.runs.selection.select` takes it.

    Raises:
        UsageError: where a category, an attribute or a value is unknown.
    """
    vocabulary = Vocabulary.of_schema(load_task(resolve_settings(settings).task).schema)
    for pattern in patterns:
        pattern_of(vocabulary, pattern)
    select(vocabulary, **asked)
