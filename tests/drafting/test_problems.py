"""Everything that is wrong with a file of examples is named at once, with its line and its cure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Problems = Callable[..., list[str]]

HEAD = "text,quote,category,who,day\n"
SENTENCE = "You may leave."


@pytest.mark.parametrize(
    ("table", "line", "said", "cure"),
    [
        ("text,category\nYou may leave.,end\n", 1, "there is 'text', 'category'", "add quote"),
        ("a;b\n1;2\n", 1, "there is 'a;b'", "add text and quote and category"),
        ("", 1, "there is nothing", "add text"),
        (f"{HEAD}", 1, "holds no example", "write a row"),
        (f"{HEAD}You may leave.,,,,\n", 1, "no row names a category", "a task needs one"),
        (f"{HEAD}You may leave.,You may stay.,end,,\n", 2, "does not stand in", "copy it from"),
        (f"{HEAD}so so.,so,end,,\n", 2, "stands in its text 2 times", "copy more words"),
        (f"{HEAD}You may leave.,You may leave.,,,\n", 2, "no category", "fill it in"),
        (f"{HEAD}You may leave.,,end,,\n", 2, "no quote", "fill it in"),
        (f"{HEAD}You may leave.,,,we,\n", 2, "attributes and no category", "name the category"),
        (f"{HEAD},You may leave.,end,,\n", 2, "has no text", "write what the quote"),
        (f"{HEAD}{SENTENCE},{SENTENCE},???,,\n", 2, "no letter and no digit", "by a word"),
        (f"{HEAD}{SENTENCE},{SENTENCE},{'x' * 300},,\n", 2, "300 characters", "right column"),
        (f"{HEAD}{SENTENCE},{SENTENCE},end,,,more\n", 2, "cell 6", "quotation marks"),
        (f'{HEAD}"You may" leave.,a,b,,\n', 2, "is not CSV", "quotation marks"),
        (f'{HEAD}{SENTENCE},{SENTENCE},end,,\n"open,x,y,,\n', 3, "is not CSV", "double"),
        ("text,quote,category,who,Who\na,a,b,c,d\n", 2, "'Who' reads like 'who'", "write both"),
        ("text,quote,category,who,who\na,a,b,c,d\n", 1, "'who' twice", "rename one"),
        (f"{HEAD}a,a,end,,2024-02-30\n", 2, "'2024-02-30' is no date", "2024-05-20"),
        (f"{HEAD}{'a ' * 200},,,,\nb\x07,b,end,,\n", 3, "no text file can hold", "take them out"),
        ("text,quote,category,attributes\na,a,end,who\n", 2, "holds 'who'", "name=value"),
        ("text,quote,category,attributes\na,a,end,{who}\n", 2, "is not JSON", '{"name": value}'),
        ("text,quote,category,attributes,who\na,a,end,who=we,us\n", 2, "gives 'who' twice", "once"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line_and_its_cure(
    table: str, line: int, said: str, cure: str, problems_of: Problems
) -> None:
    (problem,) = problems_of(table)
    assert problem.startswith(f"{line}: ")
    assert said in problem
    assert cure in problem


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nonsense", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"text": "a", "text": "b"}', "names 'text' twice"),
        ('{"text": 1, "quote": "a", "category": "end"}', "text is not a text"),
        ('{"text": "a", "quote": "a", "category": "end", "who": {"a": 1}}', "is an object"),
        ('{"text": "a", "quote": "a", "category": "end", "who": [[1]]}', "lists something else"),
        ('{"text": "a", "quote": "a", "category": "end", "who": NaN}', "NaN is no number"),
        ('{"text": "a", "quote": "a", "category": "end", "who": 1e999}', "beyond all numbers"),
        ('{"text": "a", "quote": "a", "category": "end", "attributes": 3}', "is not an object"),
        ('{"text": "\\ud800", "quote": "a", "category": "end"}', "no text file can hold"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_row_of_json_lines_is_named_too(row: str, said: str, problems_of: Problems) -> None:
    good = '{"text": "We pay.", "quote": "We pay.", "category": "fee"}'
    problems = problems_of(f"{good}\n{row}\n", "table.jsonl")
    assert any(each.startswith("2: ") and said in each for each in problems)


def test_values_that_cannot_be_of_one_kind_are_named(problems_of: Problems) -> None:
    rows = [f'{{"text": "a", "quote": "a", "category": "end", "who": {v}}}' for v in ('"x"', "3")]
    (problem,) = problems_of("\n".join(rows), "table.jsonl")
    assert "2: attribute 'who' holds a value of kind integer here and of kind text in line 1" in (
        problem
    )
    rows = ["text,quote,category,who", *(f"a{n},a{n},end,{v}" for n, v in enumerate("xxxxX"))]
    (problem,) = problems_of("\n".join(rows))
    assert problem.startswith("6: attribute 'who': 'X' reads like 'x' of line 2")


def test_every_problem_is_named_at_once_in_the_order_of_the_file(problems_of: Problems) -> None:
    rows = [HEAD, "a,b,c,,\n", ",a,b,,\n", "a,a,,,\n", "a,a,c,,\n", "a,a,c,,\n", "a,a,C,,\n"]
    found = problems_of("".join(rows))
    assert [each.split(":")[0] for each in found] == ["2", "3", "4", "6", "7"]
    assert "repeats line 5; remove one of the two" in found[3]
    assert "'C' reads like 'c' of line 2" in found[4]


def test_a_file_with_thousands_of_problems_says_how_many(problems_of: Problems) -> None:
    with pytest.raises(AssertionError):  # one line more than problems are listed
        problems_of(HEAD + "a,b,c,,\n" * 5000)


def test_no_problem_shows_the_text_of_the_examples(problems_of: Problems) -> None:
    text = "Our password is hunter2."
    rows = f'{text},not there,end,,\n"{text}",,end,,\n{text},{text},,,\n'
    assert "hunter2" not in "".join(problems_of(HEAD + rows))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "is a workbook of a spreadsheet program; save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "is a workbook"),
        (
            "text,quote,category\nSchön.,Schön.,a\n".encode("cp1252"),
            "is not utf-8 at byte 23; name",
        ),
        (b"text\0,quote", "looks binary"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes, said: str, problems_of: Problems) -> None:
    (problem,) = problems_of(data)
    assert said in problem
