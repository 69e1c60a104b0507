"""The index of a large run in a browser: it finds documents, and opens the pages they stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotate.viewer.run_folder import write_folder
from tests.conftest import INCIDENTS
from tests.support import drawn
from tests.support.browsing import Window
from tests.viewer.test_run_folder import MANY, many


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index of a run of 205 documents."""
    monkeypatch.chdir(INCIDENTS)
    run = many(tmp_path / "corpus")
    return write_folder(run, run.schema, None, ["Look here."], tmp_path / "view")


def names(page: Page) -> list[str]:
    return page.locator("#documents tbody a").all_inner_texts()


def test_the_index_finds_documents_and_turns_through_them(window: Window, folder: Path) -> None:
    page = window.open(folder)
    shown = page.locator("#shown")
    expect(shown).to_have_text(f"{MANY} of {MANY} documents, 1 to 100")
    assert page.locator(".notice").all_inner_texts() == ["Look here."]
    page.locator("#next").click()
    page.locator("#next").click()
    assert names(page) == [f"d{n:03}.txt" for n in range(200, MANY)]
    assert page.locator("#next").is_disabled()
    page.locator("[name=name]").fill("D01")
    expect(shown).to_have_text(f"10 of {MANY} documents, 1 to 10")
    page.locator("[name=category]").select_option("none")
    assert names(page) == [f"d{n:03}.txt" for n in range(11, 20)]
    page.locator("[name=category]").select_option("impact")
    assert names(page) == ["d010.txt"]
    page.locator("[name=name]").fill("")
    page.locator("[name=category]").select_option("")
    page.locator("[name=problems]").check()
    assert names(page) == [f"d{MANY - 1}.txt"]


def test_a_document_opens_on_its_page_and_the_page_leads_back(window: Window, folder: Path) -> None:
    page = window.open(folder)
    page.locator("[name=name]").fill("d150")
    page.locator("#documents tbody a").click()
    expect(page.locator(".title .name")).to_have_text("d150.txt")
    assert page.locator(".mark, mark, .tag").count() > 0
    page.locator("#index").click()
    expect(page.locator("#shown")).to_contain_text(f"of {MANY} documents")


def test_hostile_names_do_nothing_in_the_index(window: Window, folder: Path) -> None:
    run = drawn.hostile_run(folder.parent.parent / "hostile")
    page = window.open(write_folder(run, run.schema, None, [], folder.parent.parent / "out"))
    expect(page.locator("#shown")).to_contain_text("documents, 1 to")
    read = page.locator("#documents").inner_text()
    for payload in drawn.HOSTILE:
        if payload.isprintable():
            assert payload in read, payload
    assert "\u202e" not in page.locator("body").inner_text()
    assert page.evaluate("window.canary") is None
    assert page.evaluate("document.scripts.length") == 2
    addresses = page.locator("a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert addresses == [f"pages/000000.html#{n}" for n in range(len(addresses))] != []
    page.locator("#documents tbody a").first.click()
    expect(page.locator(".title .name")).not_to_be_empty()
    assert page.evaluate("window.canary") is None
