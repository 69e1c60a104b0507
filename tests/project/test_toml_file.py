"""TOML files: what leads to a value leads to its line, however the file is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate.errors import ProjectError
from annotate.project.toml_file import read_toml
from annotate.project.toml_lines import lines_of
from tests.conftest import INCIDENTS, ROOT

TEXT = '''\
# [comment]
title = "a # in a text, and a ] and \\" too"
list = [ "one", "two",   # "three",
  [1, 2], { name = "four", "q.r" = [
  5] },
]
a.b.c = 1
a."b d".'e' = 2

[table.inner]   # behind
text = """
[no.table]
key = "none"
"""
raw = \'\'\'
key = 1\'\'\'
when = 1979-05-27 07:32:00

[[several]]
x = 1

[[several]]
x = 2
[several.below]
y = 3

[ "a b" . c ]
z = [
]
"\\u00e9" = true
'''

LINES: dict[tuple[str | int, ...], int] = {
    ("title",): 2,
    ("list",): 3,
    ("list", 0): 3,
    ("list", 1): 3,
    ("list", 2): 4,
    ("list", 2, 1): 4,
    ("list", 3): 4,
    ("list", 3, "name"): 4,
    ("list", 3, "q.r"): 4,
    ("list", 3, "q.r", 0): 5,
    ("a",): 7,
    ("a", "b", "c"): 7,
    ("a", "b d", "e"): 8,
    ("table",): 10,
    ("table", "inner"): 10,
    ("table", "inner", "text"): 11,
    ("table", "inner", "raw"): 15,
    ("table", "inner", "when"): 17,
    ("several", 0, "x"): 20,
    ("several", 1): 22,
    ("several", 1, "x"): 23,
    ("several", 1, "below", "y"): 25,
    ("a b", "c"): 27,
    ("a b", "c", "z"): 28,
    ("a b", "c", "é"): 30,
}


def test_every_key_table_and_entry_has_its_line() -> None:
    found = lines_of(TEXT)
    assert {keys: found.get(keys) for keys in LINES} == LINES


def test_lines_are_those_of_files_with_other_line_ends_too(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    file = read_toml(tmp_path / "a.toml")
    assert {keys: file.line(*keys) for keys in LINES} == LINES


def leading(value: Any) -> list[tuple[str | int, ...]]:
    """Return what leads to each value inside another one."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    below = [((key,), each) for key, each in inner]
    return [
        *(keys for keys, _ in below),
        *(
            (*keys, *more)
            for keys, each in below
            if isinstance(each, dict | list)
            for more in leading(each)
        ),
    ]


@pytest.mark.parametrize(
    "path",
    [*sorted(ROOT.glob("schemas/*.toml")), INCIDENTS / "annotate.toml"],
    ids=lambda p: p.name,
)
def test_everything_in_the_files_that_are_shipped_has_a_line(path: Path) -> None:
    file = read_toml(path)
    found = lines_of(file.text)
    assert [keys for keys in leading(file.content) if keys not in found] == []


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"a = 1\nb = \n", 2, "is not valid TOML (Invalid value, column 5)"),
        (b"a = 1\n\na = 2\n", 3, "Cannot overwrite a value"),
        (b"a = 1\n[b\n", 2, "is not valid TOML"),
        (b'a = 1\nb = ["x"\n\n', 2, "is not valid TOML"),
        (b"a = 1\nb = '\xff'\n", 2, "is not valid UTF-8"),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(
    tmp_path: Path, data: bytes, line: int, said: str
) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(data)
    with pytest.raises(ProjectError) as caught:
        read_toml(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert said in str(caught.value)


def test_what_is_no_toml_is_read_to_its_fault() -> None:
    for size in range(len(TEXT)):
        lines_of(TEXT[:size])
        lines_of(TEXT[size:])
