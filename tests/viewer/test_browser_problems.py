"""The panel of problems: answers that became no annotation, and parts that nobody has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.viewer import view
from tests.support import endpoints
from tests.support.browsing import Window
from tests.support.looking import in_view, sheet, tab


def test_problems_are_shown_and_lost_parts_of_the_text_are_marked_as_not_read(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over a real endpoint: a repaired answer, a refused quote, a chunk that fails, one refused."""
    folder = endpoints.project(tmp_path / "project")
    monkeypatch.chdir(folder)
    parts = [f"Search {n} was slow for a while, {word}." for n, word in enumerate("abcd")]
    text = "\n\n".join(part + " " + "It went on. " * 20 for part in parts)

    def answer(body: endpoints.Body) -> endpoints.Body:
        said = endpoints.truthful(body)
        if "Search 0 " in endpoints.document(body) and len(body["messages"]) < 3:
            said["annotations"][0]["quote"] = "<b>Nowhere</b> in the text."
        if "Search 1 " in endpoints.document(body):
            said["annotations"].append(endpoints.impact("<i>Never</i> said."))
        return said

    rules = (
        Rule(b.failing(422, "no <u>such</u> field"), containing="Search 2 "),
        Rule(b.refused(), containing="Search 3 "),
    )
    place = endpoints.Place(folder)
    with Server(answer, *rules) as server:
        run = place.run(server, place.write(text), chunk_size=300, repairs=1)
    statuses = [entry.status for entry in run.ledger()]
    assert {"repaired", "partial", "failed", "refused"} <= set(statuses)
    page = window.open(view(run).html)
    assert sheet(page) == text
    lost = "".join(page.locator(".piece.lost").all_text_contents())
    unread = [e for e in run.ledger() if e.status in ("failed", "refused")]
    assert lost == "".join(text[e.start : e.end] for e in unread)
    assert page.locator(".banner").count() == len(unread)
    tab(page, "Problems")
    panel = page.locator("#panel-body").inner_text()
    assert "<i>Never</i> said." in panel
    assert "ungrounded" in panel
    assert "failed" in panel
    page.locator("button.problem").last.click()
    assert in_view(page, page.locator(".banner").last)
    page.get_by_text("Search 0 was slow").first.click()
    assert "1 ungrounded" in page.locator("#panel-body").inner_text()
    tab(page, "Categories")
    assert (
        "No silence is claimed: 2 of 4 chunks not answered."
        in page.locator(".silence").inner_text()
    )
