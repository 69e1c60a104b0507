"""What the threat model claims is shown by tests that exist."""

from __future__ import annotations

import ast
import re

import pytest

from tests.support.checkout import ROOT

PAGE = (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
SECTIONS = ["Documents", "Endpoint", "Cache", "Run folder", "Gold", "Schema", "Review"]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_test_that_is_named_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_who_can_write_has_a_section_and_each_line_its_test() -> None:
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == SECTIONS
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    claims = [row for row in rows if not row.startswith("| what ")]
    assert len(rows) - len(claims) == len(SECTIONS)
    assert len(claims) >= 25
    for claim in claims:
        assert claim.count("|") == 4, claim
        assert re.search(r"`tests/[\w/]+\.py::test_\w+` \|$", claim), claim
