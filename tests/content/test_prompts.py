"""The prompts of each task here: every definition, every category, no borrowed example."""

import pytest

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.llm.prompts.checks import problems, shared_words
from annotate.llm.prompts.load import load_prompt
from annotate.project.tasks import Task, load_task
from annotate.schema.definitions import describe, value_sets
from tests.conftest import ROOT
from tests.support.prompting import piece


@pytest.fixture(scope="module")
def task() -> Task:
    return load_task("privacy_policy", ROOT)


# Prompts that say each definition where it belongs, with an example of each category.
FULL = [("privacy_policy", "v1"), ("privacy_policy", "v2"), ("incident_report", "v1")]
ALL = [*FULL, ("privacy_policy", "v3")]


def rendered(task: Task, version: str) -> str:
    prompt = load_prompt(task.root, task.schema, version)
    return prompt.messages(task.schema, piece("Text."))[0]["content"]


@pytest.mark.parametrize(("name", "version"), FULL)
def test_every_definition_of_the_schema_is_in_the_prompt(name: str, version: str) -> None:
    task = load_task(name, ROOT)
    words = " ".join(rendered(task, version).split())
    for category in task.schema.categories.values():
        assert f"## {category.tag()} " in words
        definitions = [category.__doc__ or ""]
        definitions += [category.model_fields[n].description or "" for n in category.attributes()]
        for attribute in category.attributes():
            assert f"- {attribute} (" in words
            definitions += [f"{v}: {v.definition}" for v in category.values_of(attribute) or ()]
        for definition in definitions:
            assert " ".join(definition.split()) in words


@pytest.mark.parametrize(("name", "version"), FULL)
def test_the_examples_show_every_category(name: str, version: str) -> None:
    task = load_task(name, ROOT)
    prompt = load_prompt(task.root, task.schema, version)
    assert list(problems(prompt)) == []
    shown = {a["category"] for example in prompt.examples for a in example.annotations}
    assert shown == set(task.schema.categories)
    assert any(example.annotations == () for example in prompt.examples)


@pytest.mark.parametrize(("name", "version"), ALL)
def test_no_example_repeats_twelve_words_of_a_document(name: str, version: str) -> None:
    task = load_task(name, ROOT)
    documents = sorted(task.documents_folder.glob("*.*"))
    assert documents
    prompt = load_prompt(task.root, task.schema, version)
    for document in documents:
        text = document.read_text(encoding="utf-8")
        for example in prompt.examples:
            assert shared_words(example.text, text) == ""


def test_v2_is_v1_and_one_rule_more(task: Task) -> None:
    first, second = (rendered(task, version).split("\n") for version in ("v1", "v2"))
    added = [line for line in second if line not in first]
    assert [line for line in second if line in first] == first
    assert added[0].startswith("12. ")
    assert len(added) <= 4
    heads = [load_prompt(task.root, task.schema, version).head for version in ("v1", "v2")]
    assert heads[0].parameters == heads[1].parameters
    assert heads[0].examples == heads[1].examples


def test_v3_sends_each_definition_once_and_every_name(task: Task) -> None:
    source = (ROOT / "prompts" / "privacy_policy" / "v3.md").read_text(encoding="utf-8")
    plain = source.split('{% set plain = "')[1].split('"', 1)[0].split()
    sent, known = rendered(task, "v3").split("\n"), set()
    for each in map(describe, task.schema.categories.values()):
        head = ", ".join(a["name"] + " {}" * a["several"] for a in each["attributes"])
        assert f"## {each['tag']} ({head})" in sent
        assert all(sent.count(line) == 1 for line in each["definition"].split("\n") if line)
        for a in each["attributes"]:
            known.add(name := f"{each['tag']}.{a['name']}")
            assert sent.count(f"- {a['name']}: {a['definition']}") >= (name not in plain), name
    for each in value_sets(task.schema):
        below = sent[sent.index(f"## {each['name']}") + 1 :]
        below = below[: below.index("")]
        named = [line.split(": ", 1)[1] for line in below if line.startswith("- as named: ")]
        for value in each["values"]:
            known.add(name := f"{each['name']}.{value['value']}")
            if name in plain:
                assert value["value"] in named[0].split(", "), name
            else:
                assert f"- {value['value']}: {value['definition']}" in below, name
    assert set(plain) <= known
    assert len(set(plain)) == len(plain)


def test_v3_grounds_its_examples(task: Task) -> None:
    assert list(problems(load_prompt(task.root, task.schema, "v3"))) == []


def test_the_size_of_each_prompt_is_known(task: Task) -> None:
    # About 10 500 and 6 000 tokens at four characters a token: noted here, so that growth is a
    # decision.
    assert 30_000 < len(rendered(task, "v1")) < 43_000
    assert len(rendered(task, "v3")) < 25_000


def test_every_chunk_of_a_document_stands_whole_in_its_request(task: Task) -> None:
    text = (ROOT / "eval" / "documents" / "infuze-cloud.txt").read_text(encoding="utf-8")
    prompt = load_prompt(task.root, task.schema, "v1")
    for each in chunk(segment(text), 4000):
        assert each.text in prompt.messages(task.schema, each)[1]["content"]
