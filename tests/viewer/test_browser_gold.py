"""Gold beside the predictions: what was missed, what is wrong, and steps from error to error."""

from __future__ import annotations

from pathlib import Path

from annotate.evaluation.evaluation import Evaluation
from annotate.runs.reader import Run
from tests.support.browsing import Window
from tests.support.looking import shown_tags, step_through


def test_gold_stands_beside_the_predictions_with_what_became_of_either(
    window: Window, policies: Run, evaluation: Evaluation, policies_page: Path
) -> None:
    page = window.open(policies_page)
    for document in policies.documents():
        pairs = [
            (label.document, outcome.kind)
            for label, outcome in zip(evaluation.gold_labels, evaluation.outcomes.gold, strict=True)
        ]
        missed = pairs.count((document.id, "missed"))
        given = zip(evaluation.predicted_labels, evaluation.outcomes.predicted, strict=True)
        spurious = [label.document for label, o in given if o.kind == "spurious"].count(document.id)
        for name, side, count in (("missed", ".left", missed), ("spurious", ".right", spurious)):
            if count:
                page.locator(f"#only-outcome-{name}").focus()
                page.keyboard.press("Enter")
                assert shown_tags(page).count() == count
                assert page.locator(f"{side} .tag:visible").count() == count
        page.locator("#all-outcome").click()
        page.keyboard.press("d")


def test_a_wrong_attribute_shows_both_sides_and_sets_off_what_differs(
    window: Window, policies_page: Path
) -> None:
    page = window.open(policies_page)
    page.locator("#only-outcome-attributes").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    panel = page.locator("#panel-body")
    assert "wrong attribute" in panel.inner_text()
    assert panel.locator(".values .whose").all_inner_texts()[:2] == ["gold", "predicted"]
    assert panel.locator(".value.odd").count() > 0
    assert page.locator(".tag.partner").count() == 1


def test_steps_go_from_error_to_error_and_on_into_the_next_document(
    window: Window, policies_page: Path
) -> None:
    page = window.open(policies_page)
    label, name = page.locator(".steps.errors"), page.locator(".title .name")
    count = int(label.inner_text().split()[0])
    page.keyboard.press("e")
    assert label.inner_text() == f"1 of {count}"
    steps = step_through(page, "errors", "e", count - 1)
    assert steps == [[f"{number} of {count}", "error"] for number in range(2, count + 1)]
    page.keyboard.press("e")
    assert name.inner_text() == "infotech.txt"
    page.keyboard.press("E")
    assert (name.inner_text(), label.inner_text()) == ("infinitydesk.txt", f"{count} of {count}")
