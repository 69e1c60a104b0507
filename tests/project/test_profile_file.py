"""A profile is put into annotate.toml without touching what people wrote there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import ProjectError, UsageError
from annotate.project.profile_file import profile_text, write_profile
from annotate.project.settings import resolve_settings

PROFILE: dict[str, Any] = {
    "base_url": "http://127.0.0.1:8000/v1",
    "mode": "tools",
    "drop": ("temperature",),
    "extra_body": {"chat_template_kwargs": {"enable_thinking": False}},
    "concurrency": 2,
    "timeout": 600,
}


def test_the_text_is_read_back_as_the_same_settings(tmp_path: Path) -> None:
    for model in ("qwen3:8b", "plain", "org/name-1.5", 'a "quoted" one', "ünïcode", "x\ny"):
        (tmp_path / "annotate.toml").write_text(profile_text(model, PROFILE), encoding="utf-8")
        found = resolve_settings({"model": model}, start=tmp_path, environment={})
        assert {name: getattr(found, name) for name in PROFILE} == PROFILE


FILES = {
    "empty": "",
    "comments": '# mine\ntask = "x"  # of mine\n\n# the end\n',
    "no line end": 'task = "x"',
    "another profile": '[models."a.b"]\nmode = "json" # why\n\n# last\n',
    "between profiles": '[models."m"]\n# mine\nmode = "json" # why\n[models.zz]\nmode = "json"\n',
    "inline": '[models]\n"m" = { mode = "json" }\n',
    "dotted": 'models."m".mode = "json"\n# tail\n',
    "byte order mark": '\ufeff# mine\ntask = "x"\n',
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_all_that_stands_in_the_file_stays_in_its_order(tmp_path: Path, text: str) -> None:
    path = tmp_path / "annotate.toml"
    path.write_bytes(text.encode())
    assert write_profile("m", PROFILE, tmp_path) == path
    written = path.read_bytes().decode()
    found = resolve_settings({"model": "m"}, start=tmp_path, environment={})
    assert {name: getattr(found, name) for name in PROFILE} == PROFILE
    assert written.startswith("\ufeff") == text.startswith("\ufeff")
    place = 0
    for comment in (part.split("\n")[0].strip() for part in text.split("#")[1:]):
        place = written.index(comment, place)  # each is there, behind the one before
    before = tomllib.loads(text.removeprefix("\ufeff"))
    after = tomllib.loads(written.removeprefix("\ufeff"))
    after["models"].pop("m")
    before.get("models", {}).pop("m", None)
    assert after == {"models": {}, **before}


def test_what_a_profile_says_beside_the_new_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "annotate.toml"
    path.write_text('[models.m]\nrpm = 5 # they said\nmode = "json"\n', encoding="utf-8")
    write_profile("m", {"mode": "tools"}, tmp_path)
    assert path.read_text(encoding="utf-8") == ('[models.m]\nrpm = 5 # they said\nmode = "tools"\n')


def test_writing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "annotate.toml"
    path.write_text("# mine\n", encoding="utf-8")
    write_profile("m", PROFILE, tmp_path)
    once = path.read_bytes()
    write_profile("m", PROFILE, tmp_path)
    assert path.read_bytes() == once


def test_line_ends_stay_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "annotate.toml"
    path.write_bytes(b"# mine\r\ntask = 'x'\r\n")
    write_profile("m", PROFILE, tmp_path)
    written = path.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") > 5


def test_a_link_to_the_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    shared = tmp_path / "shared.toml"
    shared.write_text("# shared\n", encoding="utf-8")
    link = tmp_path / "project" / "annotate.toml"
    link.symlink_to(shared)
    write_profile("m", PROFILE, tmp_path / "project")
    assert link.is_symlink()
    assert "[models.m]" in shared.read_text(encoding="utf-8")


def test_without_a_project_there_is_nothing_to_write_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.project.profile_file.find_project", lambda _: None)
    with pytest.raises(UsageError, match="annotate init DIR"):
        write_profile("m", PROFILE, tmp_path)


def test_a_file_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "annotate.toml"
    path.write_text("task = ", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"annotate\.toml:1: "):
        write_profile("m", PROFILE, tmp_path)
    assert path.read_text(encoding="utf-8") == "task = "
    assert [each.name for each in tmp_path.iterdir()] == ["annotate.toml"]
