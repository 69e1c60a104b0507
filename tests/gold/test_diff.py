"""Two versions of gold are compared by the ids of their annotations."""

import json

from annotate.gold.diff import diff
from tests.support.labelled import CAUSE, Project, changed


def test_gold_does_not_differ_from_itself(project: Project) -> None:
    found = diff(project.read(), project.read())
    assert (found.added, found.removed, found.changed, found.texts) == ((), (), (), ())


def test_a_new_document_has_no_other_text(project: Project) -> None:
    new = project.read()
    project.manifest["documents"].pop()
    old = project.read()
    found = diff(old, new)
    assert [each.id for each in found.added] == ["o1"]
    assert found.texts == ()


def test_lines_that_moved_are_no_difference(project: Project) -> None:
    old = project.read()
    project.rows["report.md"].insert(0, {**project.rows["report.md"][0], "id": "r0"})
    found = diff(old, project.read())
    assert [each.id for each in found.added] == ["r0"]
    assert found.changed == ()


def test_a_difference_says_what_came_what_went_and_what_changed(project: Project) -> None:
    old = project.read()
    gone = project.rows["report.md"].pop(3)
    changed(attributes={**CAUSE, "certainty": "suspected"}, must_find=False, note="why")(project)
    project.rows["sub/other.txt"].append({**gone, "id": "o2"})
    project.manifest["documents"][1]["text_sha256"] = "0"
    found = diff(old, project.read())
    assert [each.id for each in found.added] == ["o2"]
    assert [each.id for each in found.removed] == ["r4"]
    (change,) = found.changed
    assert (change.before.id, change.after.id) == ("r2", "r2")
    assert change.fields == {
        "must_find": (True, False),
        "note": (None, "why"),
        "attributes.certainty": ("confirmed", "suspected"),
    }
    assert found.texts == ("sub/other.txt",)
    content = json.loads(json.dumps(found.to_json()))
    assert content["added"][0]["document"] == "sub/other.txt"
    assert content["changed"] == [
        {
            "id": "r2",
            "document": "report.md",
            "fields": {
                "must_find": [True, False],
                "note": [None, "why"],
                "attributes.certainty": ["confirmed", "suspected"],
            },
        }
    ]
