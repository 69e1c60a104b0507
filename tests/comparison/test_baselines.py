"""Baselines: what is written, when it is refused, and that they compare as their runs do."""

from pathlib import Path

import pytest

from annotate.comparison.baselines import baseline_file, read_baseline
from annotate.comparison.bless import bless
from annotate.errors import UsageError
from annotate.runs.reader import Run
from tests.support.blessed import GOLD, compared, rewritten, sample

# ---- Writing ----

HOSTILE = [
    "../../../etc/passwd",
    "..",
    ".",
    "",
    "/etc/passwd",
    "org/model:7b",
    "org-model-7b",
    "a\x00b",
    "a\nb",
    "модель",
    "x" * 300,
    "x" * 301,
    ".hidden",
    "C:\\windows",
    "-rf",
    "\ud800",
]


def test_no_name_of_a_model_leads_out_of_the_folder_and_none_share_a_file(tmp_path: Path) -> None:
    files = [baseline_file(tmp_path, "task", name) for name in HOSTILE]
    folder = tmp_path / "eval" / "baselines" / "task"
    for file in files:
        assert file.resolve().parent == folder.resolve()
        assert len(file.name) < 100
        assert file.name.isascii()
        assert file.name.isprintable()
        assert file.name[0] not in ".-"
        assert file.suffix == ".jsonl"
    assert len(set(files)) == len(HOSTILE)
    assert baseline_file(tmp_path, "task", "gpt-4.1_mini").name == "gpt-4.1_mini.jsonl"


def test_a_hostile_model_is_blessed_and_found_again(project: Path) -> None:
    sample("a", 1, model="../../x")
    file = bless([Run("a")], "why", GOLD)
    assert file.parent == project / "eval" / "baselines" / "privacy_policy"
    assert read_baseline(file).model == "../../x"
    assert compared("baseline", "a").passed


# ---- Reading ----


@pytest.fixture
def lines(project: Path) -> list[bytes]:
    """The lines of a baseline of two samples."""
    runs = [sample("a-1", 1), sample("a-2", 2, repeat=1)]
    return bless(runs, "why", GOLD).read_bytes().splitlines(keepends=True)


def problem(lines: list[bytes]) -> str:
    Path("x.jsonl").write_bytes(b"".join(lines))
    with pytest.raises(UsageError) as caught:
        read_baseline("x.jsonl")
    return str(caught.value)


REMEDY = "restore it from version control, or write it again with annotate bless"


def test_damaged_lines_are_named_with_the_remedy(lines: list[bytes]) -> None:
    second = next(n for n, line in enumerate(lines) if n > 1 and b'"sample"' in line[:12])
    entry = next(n for n, line in enumerate(lines) if b'"entry"' in line[:12])
    cases: list[tuple[int, bytes, str]] = [
        (0, b"{}\n", "no 'format'"),
        (0, b"[1]\n", "not a JSON object"),
        (0, rewritten(lines[0], lambda r: r.update(samples="2")), "samples: "),
        (0, rewritten(lines[0], lambda r: r["scores"].update(value="high")), "scores.value: "),
        (1, lines[1][:40] + b"\n", "Unterminated string"),
        (2, b"\xff\xfe\n", ""),
        (2, rewritten(lines[2], lambda r: r["annotation"].update(start="0")), "start: "),
        (2, rewritten(lines[2], lambda r: r["annotation"].pop("quote")), "quote: "),
        (2, b'{"entry": {}}\n', "no 'annotation'"),
        (entry, rewritten(lines[entry], lambda r: r["entry"].update(status="fine")), "status: "),
        (second, b"[" * 20_000 + b"\n", ""),
        (second, b"null\n", "not a JSON object"),
    ]
    for number, line, reason in cases:
        said = problem([*lines[:number], line, *lines[number + 1 :]])
        assert said.startswith(f"x.jsonl:{number + 1}: is damaged ({reason}")
        assert said.endswith(REMEDY)


def test_a_file_that_was_cut_or_grew_is_damaged(lines: list[bytes]) -> None:
    last = len(lines)
    assert problem(lines[:-1]).startswith(f"x.jsonl:{last}: is damaged (the file ends here)")
    assert problem([]).startswith("x.jsonl:1: is damaged (the file ends here)")
    assert problem([*lines, lines[-1]]).startswith(f"x.jsonl:{last + 1}: is damaged (a line too")


def test_a_newer_format_asks_for_an_upgrade(lines: list[bytes]) -> None:
    newer = rewritten(lines[0], lambda row: row.update(format=2, reason=None))
    assert problem([newer, *lines[1:]]) == (
        "x.jsonl: written by a newer version of annotate; upgrade to read it"
    )


def test_fields_of_later_versions_are_left_out(lines: list[bytes]) -> None:
    more = rewritten(lines[0], lambda row: row.update(colour="red"))
    entry = rewritten(lines[-1], lambda row: row["entry"].update(colour="red"))
    Path("x.jsonl").write_bytes(b"".join([more, *lines[1:-1], entry]))
    assert len(read_baseline("x.jsonl").samples) == 2


def test_a_missing_file_is_named() -> None:
    with pytest.raises(UsageError, match=r"nowhere\.jsonl: cannot be read"):
        read_baseline("nowhere.jsonl")
