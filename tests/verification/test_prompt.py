"""What a request holds: definitions of what is stated, and hostile text that stays where it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotate.annotation import Annotation, Evidence
from annotate.documents.segmentation import segment
from annotate.errors import ProjectError
from annotate.project.tasks import Task, load_task
from annotate.verification.answer import FORM
from annotate.verification.batches import Batch, batches
from annotate.verification.prompt import VerificationPrompt, load_verification_prompt
from tests.support.endpoints import Place
from tests.support.prompting import HOSTILE
from tests.support.strict_rules import broken
from tests.support.verifying import asked

TEXT = "Search was slow. It was caused by load."


def task() -> Task:
    return load_task("incident_report")


def prompt() -> VerificationPrompt:
    return load_verification_prompt(task(), "v1")


def batch(text: str, *annotations: Annotation) -> Batch:
    (only,) = batches(annotations, range(len(annotations)), segment(text), 10)
    return only


def impact(quote: str, start: int = 0, **attributes: object) -> Annotation:
    stated = {"effects": ["slow"], "countries": [], "duration": None, "customers_named": False}
    end = start + len(quote)
    cited = (Evidence(quote, start, end, "exact", 0),)
    return Annotation("a", start, end, "impact", {**stated, **attributes}, quote, cited)  # type: ignore[dict-item]


def test_the_definitions_are_those_of_what_is_stated(place: Place) -> None:
    system, user = prompt().messages(batch(TEXT, impact(TEXT[:16])))
    assert "Judge every" in system["content"]
    said = user["content"]
    assert "## impact\nThose who use the service were affected" in said
    assert "## cause" not in said, "no annotation is of that category"
    assert "  - slow: Answers, pages, messages or figures came late" in said
    assert "  - other values: unavailable, errors, wrong_results" in said
    (row,) = asked({"messages": [system, user]})
    assert row == {
        "number": 1,
        "category": "impact",
        "quote": TEXT[:16],
        "values": dict(impact("").attributes),
    }


def test_words_that_stand_several_times_say_which_of_them_is_meant(place: Place) -> None:
    text = "It was slow. It was slow. It was slow."
    messages = prompt().messages(batch(text, impact("It was slow.", 13), impact("It was slow.")))
    first, second = asked({"messages": messages})
    assert (first["place"], second["place"]) == ("2 of 3", "1 of 3")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stands_unchanged_inside_its_delimiter(place: Place, hostile: str) -> None:
    text = f"{hostile}\nIt was slow."
    annotation = impact(hostile, effects=[hostile])
    _, user = prompt().messages(batch(text, annotation))
    said = user["content"]
    found = re.search(r"<(document-[0-9a-f]+)>\n(.*)\n</\1>", said, re.DOTALL)
    assert found is not None
    assert hostile.strip() in found[2]
    (row,) = asked({"messages": ["", user]})
    assert (row["quote"], row["values"]["effects"]) == (hostile, [hostile])
    rest = said.replace(found[0], "")
    assert "49" not in rest, "nothing of it is rendered"


def test_text_that_knows_the_tags_of_a_request_does_not_close_them(place: Place) -> None:
    _, user = prompt().messages(batch(TEXT, impact(TEXT[:16])))
    tags = re.findall(r"</?(?:document|annotations)-[0-9a-f]+>", user["content"])
    attack = " ".join(dict.fromkeys(tags))
    for text, quote in ((f"{TEXT} {attack}", TEXT[:16]), (TEXT, f"{TEXT[:16]} {attack}")):
        _, again = prompt().messages(batch(text, impact(quote)))
        for name in ("document", "annotations"):
            ours = re.findall(rf"^</{name}-[0-9a-f]+>$", again["content"], re.MULTILINE)
            assert len(ours) == 1, "each delimiter is closed once"
            assert ours[0] not in attack


def test_the_form_of_an_answer_is_inside_strict_mode() -> None:
    assert broken(FORM.json_schema) == set()


@pytest.mark.parametrize("name", ["privacy_policy", "incident_report"])
def test_it_renders_for_every_schema_as_it_is(place: Place, name: str) -> None:
    made = load_verification_prompt(load_task(name), "v1")
    for tag, category in made.schema.categories.items():
        cited = (Evidence("a", 0, 1, "exact", 0),)
        attributes = dict.fromkeys(category.attributes())
        annotation = Annotation("a", 0, 1, tag, attributes, "a", cited)
        _, user = made.messages(batch("a", annotation))
        assert f"## {tag}\n" in user["content"]
        assert all(f"\n- {each}" in user["content"] for each in category.attributes())


def write(
    path: Path, schema: str, user: str = "{{ context }}{{ document }}{{ annotations }}"
) -> None:
    path.parent.mkdir(parents=True)
    head = f'+++\nversion = "v1"\nschema = "{schema}"\n+++\n'
    path.write_text(f"{head}=== system ===\nMine.\n=== user ===\n{user}\n")


def test_a_project_may_ask_in_its_own_words_and_a_task_in_its_own(place: Place) -> None:
    assert "You check annotations" in prompt().messages(batch(TEXT, impact("Search")))[0]["content"]
    write(place.folder / "prompts" / "verify" / "v1.md", "*")
    assert prompt().file.path == place.folder / "prompts" / "verify" / "v1.md"
    own = place.folder / "prompts" / "incident_report" / "verify" / "v1.md"
    write(own, "incident_report")
    assert prompt().file.path == own
    assert prompt().messages(batch(TEXT, impact("Search")))[0]["content"] == "Mine."


@pytest.mark.parametrize(
    ("schema", "user", "problem"),
    [
        (
            "incident_report",
            "{{ context }}{{ document }}{{ annotations }}",
            "names schema 'incident_report'",
        ),
        ("*", "{{ context }}{{ document }}", "the user message needs"),
        ("*", "{{ document }}{{ document }}{{ context }}{{ annotations }}", "each once"),
        ("*", "{{ colour }}{{ document }}{{ context }}{{ annotations }}", "'colour' is undefined"),
    ],
)
def test_a_prompt_that_cannot_be_used_is_named(
    place: Place, schema: str, user: str, problem: str
) -> None:
    path = place.folder / "prompts" / "verify" / "v1.md"
    write(path, schema, user)
    with pytest.raises(ProjectError, match=problem) as error:
        prompt().messages(batch(TEXT, impact("Search")))
    assert str(path) in str(error.value)
