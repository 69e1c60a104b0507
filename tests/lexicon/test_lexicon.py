"""Lexicon files on disk: which one is loaded, and what is said of one that cannot be."""

from pathlib import Path

import pytest

from annotate.errors import ProjectError
from annotate.lexicon.lexicon import Lexicon
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS


def test_a_lexicon_has_rules_for_the_categories_of_its_schema() -> None:
    lexicon = Lexicon.load(INCIDENTS / "schemas" / "incident_report.lexicon.toml", SCHEMA)
    assert sorted(lexicon.rules) == sorted(SCHEMA.categories)
    assert lexicon.conditional == set()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"[impact", "Expected"),
        (b"x = '\xff'", "is not valid UTF-8"),
        (b"[weather]", "[weather]: unknown"),
    ],
)
def test_a_lexicon_that_cannot_be_used_is_named(
    tmp_path: Path, data: bytes | None, said: str
) -> None:
    path = tmp_path / "incident_report.lexicon.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ProjectError) as caught:
        Lexicon.load(path, SCHEMA)
    assert str(caught.value).startswith(f"{path}: " if data is None else f"{path}:1: ")
    assert said in str(caught.value)
