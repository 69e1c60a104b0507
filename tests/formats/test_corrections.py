"""Whatever a source holds, it is read, reported or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UsageError
from annotate.formats.corrections import read_corrections
from annotate.formats.export import export
from annotate.formats.import_gold import import_gold
from annotate.formats.import_run import import_run
from schemas.incident_report import SCHEMA
from tests.support.corrected import INCIDENT_TASK, impact_run, tasks_of
from tests.support.marked import POLICIES


@pytest.mark.parametrize(
    ("tool", "name", "message"),
    [
        ("label-studio", ".", "is a folder; name the JSON file"),
        ("label-studio", "none.json", "none.json: cannot be read"),
        ("brat", "none", "is not a folder"),
        ("brat", ".", r"holds no <name>\.txt with a <name>\.ann"),
        ("doccano", ".", "--from doccano: unknown format, there is brat, label-studio"),
    ],
)
def test_a_source_that_is_not_one_is_named(
    tmp_path: Path, tool: str, name: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read_corrections(tmp_path / name, tool, SCHEMA)


def test_an_export_for_another_schema_is_refused(tmp_path: Path) -> None:
    tasks_of(tmp_path)
    with pytest.raises(
        UsageError, match="was exported for schema incident_report 1, not privacy_policy"
    ):
        read_corrections(tmp_path / "run-label-studio.json", "label-studio", POLICIES)


def test_a_truth_value_in_what_brat_kept_is_no_place(tmp_path: Path) -> None:
    export(impact_run(tmp_path), "brat", tmp_path / "brat", schema=SCHEMA)
    file = tmp_path / "brat" / "cafe.ann"
    written = file.read_text(encoding="utf-8")
    assert '"span": [0, ' in written
    file.write_text(written.replace('"span": [0, ', '"span": [false, '), encoding="utf-8")
    read = read_corrections(tmp_path / "brat", "brat", SCHEMA)
    back, _ = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert min(each.start for each in back.annotations()) == 0


# ---- Anything anywhere ----


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 99)
    | st.sampled_from(["", "a0", "impact", "\udcff"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["span", "id", "text", "value"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container in a JSON value with each key of it."""
    keys = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else []
    )
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def spoil(data: st.DataObject, value: Any) -> None:
    """Put something else in one place of a JSON value."""
    container, key = data.draw(st.sampled_from(places(value)))
    container[key] = data.draw(ANY_JSON)


def taken_or_refused(source: Path, tool: str) -> None:
    """Import as gold and as a run; a refusal that says why is all that may be raised."""
    try:
        read = read_corrections(source, tool, SCHEMA)
    except UsageError:
        return
    _, problems = import_gold(read, SCHEMA, {}, source.with_name("gold"))
    back, _ = import_run(read, INCIDENT_TASK, source.with_name("back"))
    list(back.ledger())
    for annotation in back.annotations():
        SCHEMA.parse({"category": annotation.category, **annotation.attributes})
    for document in back.documents():
        for annotation in back.annotations():
            if annotation.document == document.id:
                assert document.text[annotation.start : annotation.end] == annotation.quote
    assert all(each.place and str(each) for each in (*read.problems, *problems))


@given(data=st.data())
def test_a_task_with_anything_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("tasks")
    tasks = tasks_of(folder)
    if data.draw(st.booleans()):
        kept = json.loads(tasks[0]["data"]["annotate"])
        spoil(data, kept)
        tasks[0]["data"]["annotate"] = json.dumps(kept)
    else:
        spoil(data, tasks)
    file = folder / "edited.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    taken_or_refused(file, "label-studio")


@given(data=st.data())
def test_a_note_or_index_with_anything_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("notes")
    export(impact_run(folder), "brat", folder / "brat", schema=SCHEMA)
    index, file = folder / "brat" / "annotate.json", folder / "brat" / "cafe.ann"
    if data.draw(st.booleans()):
        content = json.loads(index.read_bytes())
        spoil(data, content)
        index.write_text(json.dumps(content), encoding="utf-8")
    else:
        lines = file.read_text(encoding="utf-8").split("\n")
        about, _, note = lines[1].rpartition("\t")
        content = json.loads(note)
        spoil(data, content)
        lines[1] = f"{about}\t{json.dumps(content)}"
        file.write_text("\n".join(lines), encoding="utf-8")
    taken_or_refused(folder / "brat", "brat")
