"""A table may hold anything: what it becomes loads, checks out, and says the same as the table."""

from __future__ import annotations

import csv
import io
import json
import keyword
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.check import check_task
from annotate.drafting.draft import draft_from_examples
from annotate.drafting.names import ClassNames, MemberNames, field_name, slug, tag_name
from annotate.errors import UsageError
from annotate.gold.store import read_gold
from annotate.project.tasks import Task, load_task
from tests.conftest import contents
from tests.drafting.conftest import Draft

Row = dict[str, str]


def table(*rows: Row, delimiter: str = ",") -> str:
    """Return rows as a spreadsheet writes them."""
    columns = dict.fromkeys(name for row in rows for name in row)
    out = io.StringIO()
    writer = csv.DictWriter(out, [*columns], delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def row(number: int, category: str, **attributes: str) -> Row:
    text = f"Sentence number {number} says something."
    return {"text": text, "quote": text, "category": category, **attributes}


def loaded(folder: Path) -> Task:
    """Load a drafted task, and everything beside it; nothing of it may have a fault."""
    parts = [*check_task("terms", folder)]
    assert {"schema", "lexicon", "gold", "suite prompts"} <= {each.name for each in parts}
    assert [str(finding) for each in parts for finding in each.findings] == []
    return load_task("terms", folder)


HOSTILE = (
    "class",
    "None",
    "import",
    "../../etc/passwd",
    "C:\\Users\\x",
    'a "quoted" name',
    '"""x"""',
    "'; DROP TABLE x; --",
    "{{ 7 * 7 }}",
    "<<name>> <% raw %>",
    "<script>alert(1)</script>",
    "\u202etxt.exe",
    "価格",
    "Größe & Maß",
    "ﬁne",
    "2fa",
    "x" * 60,
    "__import__('os').system('true')",
    "=cmd|' /C calc'!A0",
    "words",
    "language",
    "marks",
    "values",
    "Category",
    "Schema",
    "Literal",
    "Statement",
)


def test_category_names_of_any_kind_become_a_schema(draft: Draft, tmp_path: Path) -> None:
    made = draft(table(*(row(n, name) for n, name in enumerate(HOSTILE))))
    schema = loaded(tmp_path / "made").schema
    assert len(schema.categories) == len(HOSTILE)
    assert all(tag.isidentifier() for tag in schema.categories)
    assert {"class", "none", "etc_passwd", "価格", "größe_maß", "fine", "words_"} <= set(
        schema.categories
    )
    assert all(path.resolve().is_relative_to(tmp_path / "made") for path in made.written)


def test_attribute_names_of_any_kind_become_fields(draft: Draft, tmp_path: Path) -> None:
    names = [
        *(set(HOSTILE) - {"Category"}),
        "cues",
        "hides",
        "own",
        "copy",
        "json",
        "model_config",
        "tag",
        "bool",
        "str",
    ]
    rows = [row(n, "fee", **dict.fromkeys(names, "a")) for n in range(4)]
    draft(table(*rows))
    (category,) = loaded(tmp_path / "made").schema.categories.values()
    assert len(category.attributes()) == len(names)
    assert {"class_", "none", "cues_", "copy_", "bool_", "model_config_"} <= {
        *category.attributes()
    }


def test_values_of_any_kind_stand_in_the_data_as_they_were(draft: Draft, tmp_path: Path) -> None:
    values = [*HOSTILE, "_silent", "true", "mro", "name", "value", "-1", "line\nend", "x" * 5000]
    for value in ("\u202etxt.exe", "=cmd|' /C calc'!A0", "__import__('os').system('true')"):
        values.remove(value)  # in no closed set: what hides, is two values, or looks like a setting
    pairs = [(value, n) for value in values[:19] for n in range(2)]
    rows = [row(n, "fee", kind=value) for n, (value, _) in enumerate(pairs)]
    rows += [row(100 + n, "fine", note=value) for n, value in enumerate(values)]
    draft(table(*rows))
    task = loaded(tmp_path / "made")
    kinds = task.schema.categories["fee"].values_of("kind")
    assert kinds is not None
    assert [str(each) for each in kinds] == values[:19]
    gold = read_gold(task.gold_folder, task.schema).annotations
    notes = [each.attributes["note"] for each in gold if each.category == "fine"]
    assert set(notes) <= {value.strip() for value in values}
    assert len(notes) == len(values) - 1  # one is a worked example


def test_nothing_of_a_table_is_a_template_or_a_program(draft: Draft, tmp_path: Path) -> None:
    text = 'Pay {{ 7*7 }} "now" <<name>> \\N{BULLET} """ \' end.'
    draft(table(*({"text": f"{text} {n}", "quote": text, "category": "fee"} for n in range(4))))
    task = loaded(tmp_path / "made")
    assert all(each.quote == text for each in read_gold(task.gold_folder).annotations)
    (example,) = (tmp_path / "made/prompts/terms/examples.jsonl").read_text("utf-8").splitlines()
    assert json.loads(example)["annotations"][0]["quote"] == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_in_every_dialect_of_spreadsheets(
    end: str, delimiter: str, draft: Draft, tmp_path: Path
) -> None:
    text = f"Wir zahlen für „Porto“, \nund {delimiter} nichts; 5 €."
    cells = table(
        {"text": text, "quote": "für „Porto“,", "category": "Gebühr", "wer": "wir"},
        delimiter=delimiter,
    )
    draft(cells.replace("\n", end))
    task = loaded(tmp_path / "made")
    (label,) = read_gold(task.gold_folder, task.schema).annotations
    assert (label.category, label.quote) == ("gebühr", "für „Porto“,")
    written = (tmp_path / "made" / "eval/documents" / label.document).read_bytes().decode()
    assert written == text.replace("\n", end)


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "cp1252")]
)
@pytest.mark.parametrize("head", ["", "sep=;\r\n"])
def test_a_table_is_read_in_every_encoding_that_it_tells_or_that_is_named(
    encoding: str, named: str, head: str, draft: Draft, tmp_path: Path
) -> None:
    cells = 'Text;QUOTE; Category \r\n"5 € für dich.";"5 € für dich.";Gebühr\r\n;;\r\n'
    options = {"encoding": named} if named else {}
    draft((head + cells).encode(encoding), **options)
    (label,) = read_gold(loaded(tmp_path / "made").gold_folder).annotations
    assert label.quote == "5 € für dich."
    assert label.note == f"table.csv:{3 if head else 2}"


def test_a_text_longer_than_a_cell_of_the_csv_module_is_read(draft: Draft, tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    text = "We pay. " + "x" * 140_000
    draft(table({"text": text, "quote": "We pay.", "category": "fee"}))
    assert csv.field_size_limit() == limit
    loaded(tmp_path / "made")


def test_json_lines_keep_the_types_of_their_values(draft: Draft, tmp_path: Path) -> None:
    rows = [
        {**row(n, "fee"), "attributes": {"paid": n > 1, "sum": n + 0.5, "code": "7", "to": ["a|b"]}}
        for n in range(4)
    ]
    draft("\n".join(map(json.dumps, rows)), "table.jsonl")
    task = loaded(tmp_path / "made")
    first = read_gold(task.gold_folder, task.schema).annotations[0]
    assert first.attributes == {"paid": False, "sum": 1.5, "code": "7", "to": ["a|b"]}


def test_sets_of_every_kind_become_a_schema(draft: Draft, tmp_path: Path) -> None:
    several = ("P1D|P2D", "2026-05-20|2026-06", "09:05|10:00", "1|2", "1.5|2", "yes|no", "DE|FR")
    names = ("period", "day", "time", "count", "share", "truth", "country")
    cells = {**dict(zip(names, several, strict=True)), "word": "a|b", "note": "x|y"}
    rows = [row(n, "fee", **{**cells, "note": f"x|{n}"}) for n in range(4)]
    draft(table(*rows))
    task = loaded(tmp_path / "made")
    assert task.schema.categories["fee"].sets() == cells.keys()
    first = read_gold(task.gold_folder, task.schema).annotations[0].attributes
    assert first["period"] == ["P1D", "P2D"]
    assert first["count"] == [1, 2]


# ---- Names ----


@given(st.text(max_size=80))
def test_any_text_becomes_a_name_or_none(text: str) -> None:
    name = slug(text)
    assert slug(name) == name
    for made in (tag_name(text), field_name(text)):
        assert not made or made.isidentifier()
        assert not made.startswith("_")
    assert not keyword.iskeyword(field_name(text))
    classes, members = ClassNames(), MemberNames()
    for give in (classes.of, members.of):
        first, second = give(tag_name(text)), give(tag_name(text))
        assert first != second
        assert first.isidentifier()
        assert second.isidentifier()
        assert not keyword.iskeyword(first)


_CELLS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("ab \n\r\t,;|\"'{}<>=\\"),
    max_size=12,
)


@settings(max_examples=10)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"text": _CELLS, "quote": _CELLS, "category": _CELLS, "a": _CELLS, "attributes": _CELLS}
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_table_becomes_a_sound_project_or_a_list_of_problems(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    whole = [{**each, "text": f"{each['quote']} {each['text']}"} for each in rows]
    (folder / "table.csv").write_text(table(*whole), encoding="utf-8", newline="")
    try:
        draft_from_examples(folder / "made", "terms", folder / "table.csv")
    except UsageError:
        assert not (folder / "made").exists()
    else:
        assert contents(folder / "made")
        loaded(folder / "made")
