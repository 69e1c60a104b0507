"""`annotate doctor`: good things are ok, broken ones are named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotate.testing import Rule, Server, asks
from annotate.testing import behaviours as b
from tests.cli.conftest import KEY, Typed
from tests.conftest import Command
from tests.support.manners import counting, refusing


def test_doctor_finds_a_good_project_good(incidents: Command) -> None:
    done = incidents("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert checks["settings"]["ok"]
    assert "incident_report" in checks["settings"]["finding"]
    assert checks["task incident_report"]["ok"]
    assert "8 categories, lexicon for 8" in checks["task incident_report"]["finding"]


def test_doctor_names_the_folder_that_answers_are_kept_in(command: Command) -> None:
    home = {"XDG_CACHE_HOME": str(command.cwd / "home")}

    def named(*words: str, **more: str) -> list[str]:
        checks = json.loads(command("doctor", "--json", *words, env={**home, **more}).stdout)
        (said,) = (check["finding"] for check in checks if check["name"] == "cache")
        stats = command("cache", "stats", "--json", *words, env={**home, **more}).stdout
        return [said.removeprefix("answers are kept in "), json.loads(stats)["folder"]]

    new = "; it is made for the first of them"
    outside = command.cwd / "home" / "annotate" / "answers"
    assert named() == [f"{outside}{new}", str(outside)]
    (command.cwd / "annotate.toml").touch()
    inside = command.cwd / ".annotate" / "cache"
    assert named() == [f"{inside}{new}", str(inside)]
    assert named() == [str(inside)] * 2
    assert named("--cache-dir", "typed") == [f"typed{new}", "typed"]
    assert named(ANNOTATE_CACHE_DIR="set") == [f"set{new}", "set"]
    (command.cwd / "annotate.toml").write_text('cache_dir = "kept"\n', encoding="utf-8")
    (command.cwd / "below").mkdir()
    assert named()[1] == str(command.cwd / "kept")


BROKEN = [
    ("annotate.toml", "task = ", "settings: "),
    ("annotate.toml", "chunksize = 5", "chunksize: unknown setting"),
    ("schemas/incident_report.py", "x = (", "incident_report.py:1: SyntaxError"),
    ("schemas/incident_report.lexicon.toml", "[marks]\nx = 3", "toml:2: [marks] x: is no list"),
    ("schemas/incident_report.lexicon.toml", "[cookies]", "[cookies]: unknown"),
]


@pytest.mark.parametrize(("name", "text", "said"), BROKEN, ids=[each[2] for each in BROKEN])
def test_doctor_names_what_is_broken(
    incidents: Command, tmp_path: Path, name: str, text: str, said: str
) -> None:
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(incidents.cwd, tmp_path / "p", ignore=ignore)
    (tmp_path / "p" / name).write_text(text, encoding="utf-8")
    done = incidents("doctor", cwd=tmp_path / "p")
    assert done.returncode == 2
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert said in line
    assert done.stderr == ""


# ---- An endpoint ----


def ask(typed: Typed, server: Server, *more: object, model: str = "m") -> tuple[int, str, str]:
    return typed("doctor", "--model", model, "--base-url", server.base_url, *more)


def words(printed: str) -> dict[str, str]:
    """Return the word before each check, by its name."""
    lines = [line.split(maxsplit=1) for line in printed.splitlines() if ": " in line]
    return {rest.split(": ")[0]: word for word, rest in lines}


def test_the_profile_that_is_printed_can_be_pasted(here: Path, typed: Typed) -> None:
    with Server(counting, refusing("max_completion_tokens")) as server:
        code, out, _ = ask(typed, server, model="m:1")
        assert code == 0
        profile = out[out.index("[models") :]
        (here / "annotate.toml").write_text(
            f'task = "incident_report"\n{profile}', encoding="utf-8"
        )
        server.reset()
        assert typed("run", "b.txt", "--model", "m:1")[0] == 0
        (chat,) = server.chats
    assert chat.body["max_tokens"] == 8192
    assert "max_completion_tokens" not in chat.body


def test_the_profile_is_written_where_that_is_asked(here: Path, typed: Typed) -> None:
    settings = here / "annotate.toml"
    settings.write_text('# mine\ntask = "incident_report"\n', encoding="utf-8")
    with Server(counting, refusing("max_completion_tokens")) as server:
        code, out, _ = ask(typed, server, "--write")
    assert code == 0
    assert f'ok    profile: [models."m"] is written to {settings}' in out
    written = settings.read_text(encoding="utf-8")
    assert written.startswith('# mine\ntask = "incident_report"\n')
    assert 'answer_parameter = "max_tokens"' in written
    assert KEY not in written


def test_a_mode_that_fails_is_called_so_and_is_no_fault(typed: Typed) -> None:
    broken = Rule(b.server_error(500), when=asks("tools"))
    with Server(counting, broken) as server:
        code, out, _ = ask(typed, server)
    assert code == 0
    found = words(out)
    assert (found["mode json_schema"], found["mode tools"]) == ("ok", "no")
    assert "FAIL" not in out


def test_an_endpoint_that_does_not_answer_ends_with_code_2(typed: Typed) -> None:
    with Server(counting, Rule(b.late(60))) as server:
        code, out, _ = ask(typed, server, "--timeout", 1)
    assert code == 2
    assert words(out)["answers"] == "FAIL"
    assert "[models" not in out


def test_the_task_that_is_named_is_the_one_that_is_asked_for(typed: Typed) -> None:
    with Server(counting) as server:
        assert ask(typed, server, "--task", "privacy_policy")[0] == 0
        assert any("sharing" in str(each.body) for each in server.chats)


def test_as_json_the_profile_is_one_of_the_checks(typed: Typed) -> None:
    with Server(counting) as server:
        code, out, _ = ask(typed, server, "--json")
    checks = {each["name"]: each for each in json.loads(out)}
    assert code == 0
    assert checks["mode tools"]["ok"]
    assert not checks["mode tools"]["needed"]
    assert "[models.m]" in checks["profile"]["finding"]


def test_writing_needs_a_model(typed: Typed) -> None:
    code, _, err = typed("doctor", "--write")
    assert code == 2
    assert "name one with --model" in err


def test_a_profile_that_exists_is_what_is_tried_first(here: Path, typed: Typed) -> None:
    profile = '[models.small]\nmodel = "org/small"\nanswer_parameter = "max_tokens"\n'
    (here / "annotate.toml").write_text(profile, encoding="utf-8")
    with Server(counting, refusing("max_completion_tokens")) as server:
        code, out, _ = ask(typed, server, "--task", "incident_report", model="small")
        assert {each.body["model"] for each in server.chats} == {"org/small"}
    assert code == 0
    assert "parameters: all are taken" in out
    assert '[models.small]\nmodel = "org/small"\n' in out
