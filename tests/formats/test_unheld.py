"""What our data model or a format cannot hold is listed by file, line and id, with what to do.

Pieces with other words between them, relations, events: nothing of them is dropped in silence, and
no evidence is wider than what a person marked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotate.formats.corrections import Problem, read_corrections
from annotate.formats.export import export
from annotate.formats.import_gold import import_gold
from annotate.formats.import_run import import_run
from annotate.runs.reader import Run
from tests.support.corrected import INCIDENT_TASK, TEXT, changed, in_brat
from tests.support.marked import SLOW, as_marked

PIECES = (
    "has 2 pieces with other words between them, [0:4] and [11:15], and an annotation has one "
    "span: it reaches from the first to the last, and the pieces are kept, in a run as its "
    "evidence, in gold in its note; where the words between do not belong to it, mark one piece, "
    "or each piece as an annotation of its own"
)
NOTE = f"#9\tAnnotatorNotes T9\t{json.dumps(SLOW)}\n"


def in_pieces(run: Run) -> Any:
    return next(each for each in run.annotations() if len(each.evidence) > 1)


def listed(problems: list[Problem]) -> list[str]:
    return [str(each).rpartition("/")[2] for each in problems]


# ---- Pieces ----


def test_pieces_in_brat_are_the_evidence_of_one_annotation(tmp_path: Path) -> None:
    added = f"T9\timpact 0 4;11 15\tCafé down\n{NOTE}"
    back, problems = in_brat(tmp_path, lambda text: text + added)
    assert listed(problems) == [f"cafe.ann:7: T9 {PIECES}"]
    assert [each.lost for each in problems] == [False]
    found = in_pieces(back)
    assert (found.start, found.end, found.attributes) == (0, 15, SLOW)
    assert [(e.quote, e.start, e.end) for e in found.evidence] == [
        ("Café", 0, 4),
        ("down", 11, 15),
    ]
    assert back.complete


def test_pieces_with_blanks_alone_between_them_are_one(tmp_path: Path) -> None:
    start = TEXT.index("It was slow")
    spans = f"{start} {start + 2};{start + 3} {start + 6};{start + 5} {start + 11}"
    added = f"T9\timpact {spans}\tIt was s slow\n{NOTE}"
    back, problems = in_brat(tmp_path, lambda text: text + added)
    assert problems == []
    (found,) = (each for each in back.annotations() if each.quote == "It was slow")
    assert [each.quote for each in found.evidence] == ["It was slow"]


def test_pieces_come_back_from_an_export_of_what_was_read(tmp_path: Path) -> None:
    added = f"T9\timpact 0 4;11 15\tCafé down\n{NOTE}"
    back, _ = in_brat(tmp_path, lambda text: text + added)
    export(back, "brat", tmp_path / "again", schema=INCIDENT_TASK.schema)
    read = read_corrections(tmp_path / "again", "brat", INCIDENT_TASK.schema)
    again, problems = import_run(read, INCIDENT_TASK, tmp_path / "third")
    assert (read.problems, problems) == ((), [])
    assert list(again.annotations()) == list(back.annotations())


def test_gold_names_the_pieces_in_its_note(tmp_path: Path) -> None:
    in_brat(tmp_path, lambda text: text + f"T9\timpact 0 4;11 15\tCafé down\n{NOTE}")
    read = read_corrections(tmp_path / "brat", "brat", INCIDENT_TASK.schema)
    gold, problems = import_gold(read, INCIDENT_TASK.schema, {}, tmp_path / "gold")
    assert problems == []
    (note,) = [each.note for each in gold.annotations if each.note]
    assert note == "marked as [0:4] and [11:15]"


@pytest.mark.parametrize("pieces", ["x", [], [[1]], [[3, 1]], [[0, 99]], [[0, True]], [None]])
def test_pieces_that_a_note_makes_up_are_not_believed(tmp_path: Path, pieces: object) -> None:
    note = json.dumps({"attributes": SLOW, "pieces": pieces})
    added = f"T9\timpact 0 4\tCafé\n#9\tAnnotatorNotes T9\t{note}\n"
    back, _ = in_brat(tmp_path, lambda text: text + added)
    (found,) = (each for each in back.annotations() if each.quote == "Café")
    assert [(each.start, each.end) for each in found.evidence] == [(0, 4)]


def test_one_region_at_two_places_in_label_studio_is_read_as_pieces(tmp_path: Path) -> None:
    def add(results: list[Any]) -> None:
        for start, end in ((11, 15), (0, 4)):
            results.append(as_marked(TEXT, start, end, "impact", "twice"))
        effects = {
            "from_name": "impact__effects",
            "type": "choices",
            "value": {"choices": ["slow"]},
        }
        results.append({"id": "twice", "to_name": "text", **effects})

    back, problems = changed(tmp_path, add)
    assert listed(problems) == [f"run-label-studio.json:1: task 1, region twice: {PIECES}"]
    assert [each.quote for each in in_pieces(back).evidence] == ["Café", "down"]


# ---- Relations and what else brat knows ----

OTHER_LINES = {
    "R1\tCauses Arg1:T1 Arg2:T2": "R1 is a relation, Causes of T1 and T2;",
    "*\tEquiv T1 T2 T3": "* says that T1, T2 and T3 are the same (Equiv);",
    "E1\tOutage:T1 Cause:T3": "E1 is an event, Outage at T1 with T3;",
    "E2\tOutage:T1": "E2 is an event, Outage at T1; annotations here have none, and T1 is read",
    "A1\tNegation T1": "A1 is an attribute of brat's, Negation of T1; attributes are read from the "
    'JSON note on T1: write {"Negation": true} there',
    "M1\tCertainty T1 high": 'write {"Certainty": "high"} there',
    "N1\tReference T1 Wikipedia:42\tCafé": "N1 says that T1 stands for Wikipedia:42;",
    "#7\tUnsure T1\tlook again": "#7 is a comment of the kind Unsure on T1;",
}


def test_every_kind_of_line_in_brat_is_named_with_its_id_and_what_to_do(tmp_path: Path) -> None:
    added = "".join(f"{line}\n" for line in OTHER_LINES) + "#8\tAnnotatorNotes R1\tsure\n"
    back, problems = in_brat(tmp_path, lambda text: text + added)
    said = listed(problems)
    for number, (words, problem) in enumerate(zip(OTHER_LINES.values(), said, strict=False), 7):
        assert problem.startswith(f"cafe.ann:{number}: ")
        assert words in problem
    assert said[-1] == ("cafe.ann:15: is a note on R1, which is not read; put it on its annotation")
    assert all(each.lost for each in problems)
    # No statement was lost: the annotations are those that were exported, and nothing is unknown.
    assert list(back.annotations()) == list(Run(tmp_path / "run").annotations())
    assert (list(back.quarantine()), back.complete) == ([], True)


def test_relations_and_what_is_about_a_whole_text_in_label_studio_are_named(tmp_path: Path) -> None:
    def add(results: list[Any]) -> None:
        results.append(
            {"type": "relation", "from_id": "a0", "to_id": "a2", "labels": ["caused by"]}
        )
        choice = {"value": {"choices": ["good"]}, "from_name": "quality", "to_name": "text"}
        results.append({"id": "whole", "type": "choices", **choice})

    back, problems = changed(tmp_path, add)
    assert listed(problems) == [
        "run-label-studio.json:1: task 1, region a0: a relation (caused by) to region a2; "
        "annotations here have none: say it in an attribute or the note of one of the two",
        "run-label-studio.json:1: task 1, region whole: is about the whole text; say it in an "
        "attribute of a region, or remove it",
    ]
    assert list(back.annotations()) == list(Run(tmp_path / "run").annotations())


def test_the_line_of_a_region_is_named_where_a_file_has_lines(tmp_path: Path) -> None:
    changed(tmp_path, lambda _: None)
    (task,) = json.loads((tmp_path / "run-label-studio.json").read_text(encoding="utf-8"))
    relation = {"type": "relation", "from_id": "a2", "to_id": "a0"}
    task["annotations"][0]["result"].append(relation)
    file = tmp_path / "lines.json"
    file.write_text(json.dumps([{"data": 1}, task], indent=1), encoding="utf-8")
    read = read_corrections(file, "label-studio", INCIDENT_TASK.schema)
    entry, related = map(str, read.problems)
    assert entry.startswith(f"{file}:2: entry 0: ")
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next(n for n, each in enumerate(lines, start=1) if each.strip() == '"id": "a2",')
    assert related.startswith(f"{file}:{line}: task 1, region a2: a relation to region a0;")


@pytest.mark.parametrize("text", ["[]", " [ ] ", "[1 2]", "[1,]", "[] x", "[1", "["])
def test_a_list_is_read_as_json_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    try:
        count = len(json.loads(text))
    except ValueError:
        with pytest.raises(Exception, match="is not JSON"):
            read_corrections(file, "label-studio", INCIDENT_TASK.schema)
    else:
        assert len(read_corrections(file, "label-studio", INCIDENT_TASK.schema).problems) == count
