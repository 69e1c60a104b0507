"""Errors keep what they say wherever they are raised."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from annotate.errors import (
    AnnotateError,
    DocumentError,
    InvalidAnnotation,
    MissingExtra,
    OutputExists,
    ProjectError,
)
from annotate.findings import Finding


@pytest.mark.parametrize(
    "error",
    [
        DocumentError("notes.jsonl:7", "is not JSON"),
        MissingExtra("a.pdf", "PDF", "documents"),
        OutputExists(Path("run"), "its task differs"),
        ProjectError.of([Finding("error", Path("a.toml"), 3, "is wrong", "correct it")]),
        InvalidAnnotation(("one", "two")),
    ],
)
def test_an_error_of_another_process_arrives_as_it_was(error: AnnotateError) -> None:
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    assert (type(arrived), str(arrived), vars(arrived)) == (type(error), str(error), vars(error))
