"""Source documents pin the text and the file that were labelled."""

from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.gold.sources import read_sources
from tests.support.labelled import OTHER, Project


def test_sources_hash_the_text_and_the_file(project: Project) -> None:
    file = project.documents / "sub" / "other.txt"
    before = project.sources["sub/other.txt"].pinned()
    file.write_bytes(b"\xef\xbb\xbf" + OTHER.encode())
    after = project.sources["sub/other.txt"].pinned()
    assert before.units == after.units == 2
    assert before.text_sha256 == after.text_sha256  # a byte-order mark is not text
    assert before.file_sha256 != after.file_sha256


def test_the_lines_of_a_json_lines_file_are_sources(tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text('{"id": "a", "text": "It was slow."}\n')
    assert read_sources(tmp_path)["more.jsonl#a"].pinned().units == 1


def test_documents_come_from_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: is not a folder; "):
        read_sources(tmp_path / "nowhere")
