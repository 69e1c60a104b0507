"""The fingerprint of a schema: what changes it, and what does not.

That of incident reports is imported the plain way for its types, and once more as the engine loads
a project's: as a module below a package that has a private name and no files of its own.
"""

import importlib
import shutil
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any, Literal

import pytest

from annotate.schema.categories import Category, Schema
from annotate.schema.values import Values
from schemas import incident_report as incidents
from schemas.incident_report import (
    SCHEMA,
    Cause,
    Impact,
)

PROJECT = Path(__file__).parents[1] / "projects" / "incident_report"


def loaded_from(root: Path, name: str) -> Schema:
    """Load the schema of a project below a package without files of its own."""
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(root)]
    sys.modules[name] = module_from_spec(spec)
    try:
        schema = importlib.import_module(f"{name}.schemas.incident_report").SCHEMA
    finally:
        for loaded in [n for n in sys.modules if n.partition(".")[0] == name]:
            del sys.modules[loaded]
    assert isinstance(schema, Schema)
    return schema


class TestFingerprint:
    def test_it_is_a_sha_256_that_does_not_vary(self) -> None:
        again = Schema(
            name="incident_report", version="1", practice=incidents.Statement, unit="sentence"
        )
        assert len(SCHEMA.fingerprint) == 64
        assert again.fingerprint == SCHEMA.fingerprint

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "outages"},
            {"version": "2"},
            {"unit": None},
            {"practice": Impact | Cause},
        ],
    )
    def test_what_annotators_would_do_otherwise_changes_it(self, change: dict[str, Any]) -> None:
        same: dict[str, Any] = {
            "name": "incident_report",
            "version": "1",
            "practice": incidents.Statement,
            "unit": "sentence",
        }
        assert Schema(**same | change).fingerprint != SCHEMA.fingerprint

    def test_the_sentence_for_lists_is_not_part_of_it(self) -> None:
        again = Schema(
            name="incident_report",
            version="1",
            practice=incidents.Statement,
            unit="sentence",
            description="Another.",
        )
        assert again.fingerprint == SCHEMA.fingerprint

    def test_a_changed_definition_changes_it(self) -> None:
        def fingerprint(definition: str) -> str:
            class Colour(Values):
                """Colours."""

                RED = "red", definition

            class Paint(Category):
                """Something has a colour."""

                category: Literal["paint"] = "paint"
                colour: Colour
                """Which one."""

            return Schema(name="paint", version="1", practice=Paint).fingerprint

        assert fingerprint("Like a rose.") == fingerprint("Like a rose.")
        assert fingerprint("Like a rose.") != fingerprint("Like a brick.")

    def test_it_is_free_of_a_project_s_folder_and_of_the_name_it_is_loaded_under(
        self, tmp_path: Path
    ) -> None:
        shutil.copytree(PROJECT / "schemas", tmp_path / "schemas")
        moved = loaded_from(tmp_path, "_private_project_moved")
        assert moved.categories["impact"] is not Impact
        assert moved.fingerprint == SCHEMA.fingerprint

    def test_the_same_file_may_be_loaded_twice(self) -> None:
        again = loaded_from(PROJECT, "_private_project_again")
        assert again.categories["impact"] is not Impact
        assert again.fingerprint == SCHEMA.fingerprint
