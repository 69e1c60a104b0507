"""What became of gold from one version to the next, annotation by annotation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from annotate.gold.store import Gold, GoldAnnotation


@dataclass(frozen=True, slots=True)
class Change:
    """An annotation of two versions, and the fields in which they differ: before and after."""

    before: GoldAnnotation
    after: GoldAnnotation
    fields: Mapping[str, tuple[JsonValue, JsonValue]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of gold from one version to another.

    Attributes:
        texts: ids of the documents whose text is not the same in both versions.
    """

    added: tuple[GoldAnnotation, ...]
    removed: tuple[GoldAnnotation, ...]
    changed: tuple[Change, ...]
    texts: tuple[str, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """Return the difference with whole rows for what came and what went."""
        return {
            "texts": list(self.texts),
            "added": [{"document": a.document, **a.to_json()} for a in self.added],
            "removed": [{"document": a.document, **a.to_json()} for a in self.removed],
            "changed": [
                {
                    "id": each.after.id,
                    "document": each.after.document,
                    "fields": {name: list(pair) for name, pair in each.fields.items()},
                }
                for each in self.changed
            ],
        }


def diff(old: Gold, new: Gold) -> Difference:
    """Compare two versions of gold by the ids of their annotations."""
    before = {each.id: each for each in old.annotations}
    after = {each.id: each for each in new.annotations}
    changes = (
        Change(before[name], each, _differing(before[name], each))
        for name, each in after.items()
        if name in before
    )
    texts = {document.id: document.text_sha256 for document in old.manifest.documents}
    return Difference(
        tuple(each for name, each in after.items() if name not in before),
        tuple(each for name, each in before.items() if name not in after),
        tuple(change for change in changes if change.fields),
        tuple(d.id for d in new.manifest.documents if texts.get(d.id) not in (None, d.text_sha256)),
    )


def _differing(
    before: GoldAnnotation, after: GoldAnnotation
) -> dict[str, tuple[JsonValue, JsonValue]]:
    first, second = _flat(before), _flat(after)
    names = dict.fromkeys([*first, *second])
    pairs = {name: (first.get(name), second.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _flat(each: GoldAnnotation) -> dict[str, JsonValue]:
    row = {"document": each.document, **each.to_json()}
    del row["attributes"]
    return {**row, **{f"attributes.{name}": value for name, value in each.attributes.items()}}
