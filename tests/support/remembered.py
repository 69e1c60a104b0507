"""Work that the tests' process does once, though its tests ask for it hundreds of times.

A test begins with a project of its own, and often with the five policies: the schema that was
copied would be loaded anew each time, its lexicon be read, the same text be divided, the same form
of a request be prepared. Each of these depends on nothing but what is given, and nobody changes
what comes back. What a test calls by itself is not remembered, only what the package calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

from annotate.documents import document
from annotate.documents.layout import Layout
from annotate.documents.segmentation import segment
from annotate.documents.units import Segmentation
from annotate.lexicon.lexicon import Lexicon
from annotate.llm import modes
from annotate.project import tasks
from annotate.schema.categories import Schema
from tests.support.checkout import INCIDENTS, ROOT

_LONG = range(5_000, 200_000)  # characters of a text that is worth keeping divided

_segment, _load_schema, _prepare_form = segment, tasks._load_schema, modes.prepare_form
_load_lexicon = Lexicon.load


@lru_cache(maxsize=32)
def _divided(text: str, layout: Layout | None) -> Segmentation:
    return _segment(text, layout)


def _divide(text: str, layout: Layout | None = None) -> Segmentation:
    return _divided(text, layout) if len(text) in _LONG else _segment(text, layout)


def _schema(root: Path, name: str) -> Schema:
    """Load the schema of a copied project from the checkout, where all of its files are equal."""
    given = _programs(root)
    original = next((each for each in (ROOT, INCIDENTS) if given == _published(each)), root)
    return _load_schema(original, name)


@cache
def _published(root: Path) -> dict[str, bytes]:
    return _programs(root)


def _programs(root: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in (root / "schemas").glob("*.py")}


_lexicons: dict[tuple[bytes, int], Lexicon] = {}


def _lexicon(path: Path, schema: Schema) -> Lexicon:
    if not path.is_file():
        return _load_lexicon(path, schema)
    # By the schema itself: what a field does with a value is in no fingerprint.
    key = (path.read_bytes(), id(schema))
    if key not in _lexicons:
        made = _load_lexicon(path, schema)
        if len(_lexicons) == 32:
            _lexicons.pop(next(iter(_lexicons)))
        _lexicons[key] = made  # holds its schema, so that no other one gets its number
    return _lexicons[key]


_forms: dict[tuple[str, modes.ResponseMode], modes.RequestForm] = {}


def _form(schema: Schema, mode: modes.ResponseMode) -> modes.RequestForm:
    key = (schema.fingerprint, mode)
    if key not in _forms:
        _forms[key] = _prepare_form(schema, mode)
    return _forms[key]


_PLACES: tuple[tuple[Any, str, Any], ...] = (
    (document, "segment", _divide),
    (tasks, "_load_schema", _schema),
    (Lexicon, "load", staticmethod(_lexicon)),
    (modes, "prepare_form", _form),
)


def install() -> None:
    """Remember from here on."""
    for owner, name, replacement in _PLACES:
        setattr(owner, name, replacement)


@contextmanager
def anew() -> Iterator[None]:
    """Do all work anew meanwhile: for a test that counts it."""
    real = (_segment, _load_schema, _load_lexicon, _prepare_form)
    with (
        mock.patch.object(document, "segment", real[0]),
        mock.patch.object(tasks, "_load_schema", real[1]),
        mock.patch.object(Lexicon, "load", real[2]),
        mock.patch.object(modes, "prepare_form", real[3]),
    ):
        yield
