"""Prompt files that cannot be used are refused before anything is sent, with file and line."""

from pathlib import Path
from typing import Any

import pytest

from annotate.errors import ProjectError
from annotate.llm.prompts.load import load_prompt, read_prompt
from schemas.incident_report import SCHEMA
from tests.support.prompting import EXAMPLE, HEAD, USER, load, passes, piece, project


def refusal(folder: Path, **changes: Any) -> str:
    """Return why a prompt is refused, when it is read or when it is rendered."""

    def use() -> None:
        prompt = load(folder, **changes)
        for schema in prompt.schemas:
            prompt.messages(schema, piece("Text."))

    with pytest.raises(ProjectError) as refused:
        use()
    assert str(folder / "p" / "prompts" / "incident_report") in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"prompt": "no front matter"}, "v1.md:1: needs front matter"),
        ({"prompt": "+++\nversion = 'v1'\n"}, "v1.md:1: needs front matter"),
        (
            {"head": 'schema\nversion = "v1"\n'},
            "v1.md:2: is not valid TOML (Expected '=' after a key in a key/value pair",
        ),
        ({"head": 'version = "v1"\n'}, "v1.md:1: front matter: schema: Field required; add it"),
        ({"head": HEAD + "colour = 1\n"}, "v1.md:5: front matter: colour: Extra inputs"),
        ({"head": HEAD.replace("v1", "v2")}, "v1.md:2: front matter: names version 'v2'"),
        ({"head": HEAD.replace("incident_report", "x")}, "v1.md:3: front matter: names schema 'x'"),
        (
            {"head": HEAD + "[parameters]\nmax_completion_tokens = 3\n"},
            "v1.md:6: front matter: parameters.max_completion_tokens: Input should be",
        ),
        (
            {"head": HEAD + '[parameters]\nmodel = "dear"\n'},
            "v1.md:6: front matter: parameters: model is not a parameter of a prompt",
        ),
        ({"head": HEAD + "[parameters]\nn = 5\n"}, "n is not a parameter of a prompt"),
        ({"head": HEAD + "[parameters]\nstream = true\n"}, "stream is not a parameter"),
        ({"head": HEAD + "[parameters]\nresponse_format = {}\n"}, "response_format is not"),
        ({"head": HEAD + 'passes = [["weather"]]\n'}, "has no category 'weather'"),
        (
            {"head": HEAD + 'passes = [["cause"], ["cause", "impact", "action"]]\n'},
            "v1.md:5: passes: cause stands in two passes",
        ),
        ({"head": HEAD + 'passes = [["cause"], ["impact"]]\n'}, "compensation is in no pass"),
        ({"head": HEAD + passes("cause").replace("]]", "], []]")}, "a pass without"),
        ({"user": "{{ context }}"}, "{{ document }} stands once in the user message"),
        ({"user": "{{ document }}"}, "{{ context }} stands once in the user message"),
        ({"user": USER + "{{ document }}"}, "{{ document }} stands once"),
        ({"system": "{{ document }}"}, "{{ document }} stands once"),
        ({"system": "{{ context }}"}, "{{ context }} stands once"),
        ({"user": "{{ context }} {{ document | upper }}"}, "{{ document }} stands once"),
        (
            {"system": "{{ wether }}"},
            "v1.md:7: 'wether' is undefined; use one of categories, context, document, examples, "
            "schema, value_sets",
        ),
        (
            {"system": "{% for c in categories %}{{ c.tug }}{% endfor %}"},
            "use one of attributes, definition, tag",
        ),
        ({"system": "{{ categories.colour }}"}, "has no attribute 'colour'"),
        ({"system": "one\n{% for %}"}, "v1.md:8: "),
        ({"system": "{{ 1 / 0 }}"}, "v1.md:7: division by zero"),
        ({"system": "{{ ''.__class__.__mro__ }}"}, "unsafe"),
        ({"prompt": f"+++\n{HEAD}+++\n=== user ===\n{USER}\n"}, "=== system === and then"),
        ({"prompt": f"+++\n{HEAD}+++\n=== user ===\nx\n=== system ===\nx"}, "=== system ==="),
        (
            {"prompt": f"+++\n{HEAD}+++\n=== system ===\nx\n=== user ===\nx\n=== user ===\n{USER}"},
            "=== system === and then",
        ),
        ({"prompt": f"+++\n{HEAD}+++\nwords\n=== system ===\nx\n"}, "words stand before"),
        ({"examples": ["{"]}, "examples.jsonl:1: the line: Invalid JSON"),
        ({"examples": [EXAMPLE, "[]"]}, "examples.jsonl:2: the line: Input should be an object"),
        ({"examples": [EXAMPLE, "", {"text": "x"}]}, "examples.jsonl:3: annotations: Field req"),
        ({"examples": [{**EXAMPLE, "text": ""}]}, "examples.jsonl:1: text: String should have"),
        ({"examples": [{**EXAMPLE, "annotations": ["x"]}]}, "examples.jsonl:1: annotations.0: "),
        ({"examples": [{**EXAMPLE, "annotations": "x"}]}, "examples.jsonl:1: annotations: "),
        ({"examples": [{**EXAMPLE, "context": "x"}]}, "examples.jsonl:1: context: "),
        ({"examples": [{**EXAMPLE, "titel": "x"}]}, "examples.jsonl:1: titel: Extra"),
        (
            {"head": HEAD.replace("examples.jsonl", "none.jsonl")},
            "v1.md:4: front matter: examples: 'none.jsonl' is no file beside",
        ),
    ],
)
def test_a_prompt_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    assert says in refusal(tmp_path, **changes)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    (folder / "prompts" / "incident_report" / "v1.md").write_bytes(b"+++\n\xff\n+++\n")
    with pytest.raises(ProjectError, match=r"v1\.md:2: is not valid UTF-8 \(byte 4\)"):
        load_prompt(folder, SCHEMA, "v1")


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    folder = project(
        tmp_path / "p",
        head=HEAD + "colour = 1\nsize = 2\n",
        user=USER,
        examples=["{", EXAMPLE, {"text": "x"}],
    )
    _, faults = read_prompt(folder, SCHEMA, "v1")
    assert [each.line for each in faults] == [5, 6]
    path = folder / "prompts" / "incident_report" / "v1.md"
    path.write_text(path.read_text().replace("colour = 1\nsize = 2\n", ""), encoding="utf-8")
    prompt, faults = read_prompt(folder, SCHEMA, "v1")
    assert prompt is not None
    assert [each.line for each in faults] == [1, 3]


@pytest.mark.parametrize("version", ["v9", "../v1", "", "v1.md"])
def test_a_version_that_is_not_there_names_those_that_are(tmp_path: Path, version: str) -> None:
    with pytest.raises(ProjectError, match="there is v1"):
        load_prompt(project(tmp_path / "p"), SCHEMA, version)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    plain = load(tmp_path)
    text = plain.path.read_text(encoding="utf-8").replace("\n", "\r\n")
    plain.path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    again = load_prompt(tmp_path / "p", SCHEMA, "v1")
    chunk_ = piece("Text.")
    assert again.messages(SCHEMA, chunk_) == plain.messages(SCHEMA, chunk_)
    assert again.fingerprint == plain.fingerprint
