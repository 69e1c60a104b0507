"""What a prompt sends for a chunk: the same each time, a document's words as they are."""

import json
from pathlib import Path

import pytest

from annotate.llm.prompts.load import load_prompt
from schemas.incident_report import SCHEMA
from tests.support.prompting import EXAMPLE, HEAD, HOSTILE, USER, load, passes, piece


def test_what_is_sent_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = load(tmp_path), load_prompt(tmp_path / "p", SCHEMA, "v1")
    chunk_ = piece("Text.", "Heading")
    assert first.messages(SCHEMA, chunk_) == second.messages(SCHEMA, chunk_)
    assert first.fingerprint == second.fingerprint


def test_the_fingerprint_follows_the_file_and_its_examples(tmp_path: Path) -> None:
    prompts = [
        load(tmp_path / "a"),
        load(tmp_path / "b", user=USER + " "),
        load(tmp_path / "c", examples=[]),
        load(tmp_path / "d", examples=[{**EXAMPLE, "context": ["Cause"]}]),
    ]
    assert len({prompt.fingerprint for prompt in prompts}) == 4


def test_passes_ask_for_each_group_of_categories_alone(tmp_path: Path) -> None:
    prompt = load(tmp_path, head=HEAD + passes("cause impact", "action"))
    first, second = prompt.schemas
    assert list(first.categories) == ["cause", "impact"]
    assert next(iter(second.categories)) == "action"
    assert "Action" not in json.dumps(first.json_schema)
    assert first.fingerprint != second.fingerprint
    systems = [prompt.messages(schema, piece("x"))[0]["content"] for schema in prompt.schemas]
    assert "## cause" in systems[0]
    assert "## action" not in systems[0]
    assert "We rolled back." not in systems[0].split("Answer")[0].split('"annotations"')[1]
    assert '"category": "action"' in systems[1]
    assert '"category": "cause"' not in systems[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_words_of_a_document_are_never_read_as_a_template(tmp_path: Path, text: str) -> None:
    plain = load(tmp_path).messages(SCHEMA, piece("Text.", "Heading"))
    system, user = load_prompt(tmp_path / "p", SCHEMA, "v1").messages(
        SCHEMA, piece(text, "Heading")
    )
    assert system == plain[0]
    assert user["content"].count(f"\n{text}\n") == 1
    assert user["content"].startswith("> Heading\n<document-")
    assert user["content"].endswith(">\nAnswer.")
