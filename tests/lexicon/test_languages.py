"""The lexicon abstains from what is in a language that it has no cues for."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.errors import ProjectError
from annotate.lexicon.lexicon import Lexicon
from annotate.runs.reader import Run
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS, Command
from tests.documents.test_languages import SAID

ENGLISH = "Search was slow for twenty minutes, and all that time the customers could not search."
NOTE = "is written in {}, and the lexicon reads en only; name a --model"


def run_of(command: Command, folder: Path, **texts: str) -> tuple[Run, str, int]:
    inputs = folder / "in"
    inputs.mkdir()
    for name, text in texts.items():
        (inputs / f"{name}.txt").write_text(text, encoding="utf-8")
    done = command("run", inputs, "--out", folder / "run")
    return Run(folder / "run"), done.stderr, done.returncode


@pytest.mark.parametrize("language", [each for each in SAID if each != "en"])
def test_a_document_in_another_language_is_recorded_and_not_read(
    incidents: Command, tmp_path: Path, language: str
) -> None:
    text = f"{SAID[language]} Error outage slow.\n"
    run, said, code = run_of(incidents, tmp_path, a=text, b=ENGLISH)
    assert (code, run.complete) == (4, False)
    rows = (run.path / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["language"] for row in rows] == [language, "en"]
    first, second = run.ledger()
    assert (first.status, first.annotations, first.note) == ("abstained", 0, NOTE.format(language))
    assert (first.unread, second.status) == ((), "ok")
    assert {each.document for each in run.annotations()} == {"b.txt"}
    assert "1 chunks ended abstained" in said
    assert f"most often because: {NOTE.format(language)}" in said
    shown = " ".join(incidents("show", run.path).stdout.split())
    assert "1 chunks ended abstained" in shown
    assert NOTE.format(language) in shown


def test_only_a_long_block_in_another_language_is_left_out(
    incidents: Command, tmp_path: Path
) -> None:
    text = f"{ENGLISH}\n\n{SAID['de']} Error, outage.\n\n{ENGLISH}\n"
    run, _, code = run_of(incidents, tmp_path, a=text)
    assert code == 4
    (entry,) = run.ledger()
    ((start, end),) = entry.unread
    assert text[start:end] == f"{SAID['de']} Error, outage."
    assert (entry.status, entry.annotations) == ("abstained", 2)
    (document,) = run.documents()
    assert document.languages.main == "en"
    data: Any = annotate.view(run).content.data
    lost = [
        piece["text"]
        for block in data["documents"][0]["blocks"]
        for piece in block["pieces"]
        if piece.get("unread") is not None
    ]
    assert "".join(lost) == text[start:end]


def test_a_lexicon_reads_the_languages_that_it_declares(tmp_path: Path) -> None:
    content = {"impact": {"cues": ["langsam"]}}
    assert Lexicon.of(content, SCHEMA).languages == ("en",)
    assert Lexicon.of({**content, "languages": ["de", "en"]}, SCHEMA).languages == ("de", "en")
    for wrong in ([], "de", ["DE"], ["de_AT"], [1], {"de": 1}):
        with pytest.raises(ProjectError, match="lexicon: languages: is no list"):
            Lexicon.of({**content, "languages": wrong}, SCHEMA)


def test_a_german_lexicon_reads_german_and_abstains_from_english(
    command: Command, tmp_path: Path
) -> None:
    project = tmp_path / "p"
    shutil.copytree(INCIDENTS, project)
    file = project / "schemas" / "incident_report.lexicon.toml"
    file.write_text('languages = ["de"]\n[impact]\ncues = ["speicher*"]\n', encoding="utf-8")
    german = Command(project)
    run, _, code = run_of(german, tmp_path, a=SAID["de"])
    assert (code, [each.status for each in run.ledger()]) == (0, ["ok"])
    assert (run.manifest["reads"], run.reads) == (["de"], ("de",))
    (tmp_path / "more").mkdir()
    run, _, code = run_of(german, tmp_path / "more", a=ENGLISH)
    assert (code, [each.status for each in run.ledger()]) == (4, ["abstained"])


def test_a_text_in_memory_says_so_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(INCIDENTS)
    with caplog.at_level(logging.WARNING, "annotate"):
        assert list(annotate.annotate(f"{SAID['de']} Error.")) == []
    assert caplog.messages[0].endswith(NOTE.format("de"))
