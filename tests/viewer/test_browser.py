"""Pages in a real browser: what is drawn, what moves, what hostile text does (nothing)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

import annotate
from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.ledger import Entry
from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.viewer import comparison_page, highlight, view
from tests.conftest import INCIDENTS, ROOT
from tests.support import drawn, endpoints, noisy
from tests.support.browsing import Window, browser_tab, window

__all__ = ["browser_tab", "window"]  # fixtures

REPORT = """\
# Outage

Search was slow in Germany. It was caused by load.

## What users saw

They saw:

- errors at the checkout
- lost carts

Nothing else was lost.
"""


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The five policies, annotated by the baseline, from the root of the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield annotate.run("eval/documents", out=tmp_path_factory.mktemp("policies") / "run")


@pytest.fixture(scope="module")
def evaluation(policies: Run) -> Evaluation:
    return evaluate(policies)


@pytest.fixture(scope="module")
def policies_page(policies: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return view(policies).save(tmp_path_factory.mktemp("page") / "view.html")


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of one small report in the second domain, on which marks lie upon each other."""
    monkeypatch.chdir(INCIDENTS)
    found = drawn.every_unit("a.txt", REPORT)
    first = found[0]
    found += [
        drawn.annotation("a.txt", REPORT, first.start, first.end, "cause", drawn.CAUSE),
        drawn.annotation("a.txt", REPORT, first.start + 11, first.end + 10, "cause", drawn.CAUSE),
    ]
    found.append(drawn.annotation("b.txt", "It was slow.", 0, 12))
    run = drawn.write(tmp_path / "run", {"a.txt": REPORT, "b.txt": "It was slow."}, found)
    return view(run).save(tmp_path / "p.html")


def sheet(page: Page) -> str:
    """Return the characters on the sheet."""
    return str(page.evaluate("document.querySelector('.sheet').textContent"))


# What every mark covers, by the category and layer that its tag names.
_MARKS = """() => [...document.querySelectorAll('.tag')].map((tag) => [
    tag.title,
    [...document.querySelectorAll(`[data-marks~="${tag.dataset.mark}"]`)]
        .map((piece) => piece.textContent).join(''),
])"""


def marks(page: Page) -> Counter[tuple[str, str]]:
    return Counter((title.split(",")[0], text) for title, text in page.evaluate(_MARKS))


def shown_tags(page: Page) -> Locator:
    return page.locator(".tag:visible")


def chosen(page: Page) -> str:
    """Return the words that are set off as chosen."""
    return "".join(page.locator(".chosen").all_text_contents())


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def in_view(page: Page, element: Locator) -> bool:
    box, view_box = element.bounding_box(), page.locator("#text").bounding_box()
    assert box is not None
    assert view_box is not None
    bottom = view_box["y"] + view_box["height"]
    return view_box["y"] <= box["y"] and box["y"] + box["height"] <= bottom


# ---- What is drawn ----


def test_every_highlight_of_the_five_policies_covers_its_quote_and_nothing_else(
    window: Window, policies: Run, evaluation: Evaluation, policies_page: Path
) -> None:
    page = window.open(policies_page)
    found = list(policies.annotations())
    assert len(found) > 500
    for document in policies.documents():
        expected = Counter((a.category, a.quote) for a in found if a.document == document.id)
        expected.update(
            (g.category, g.quote) for g in evaluation.golds if g.document == document.id
        )
        assert marks(page) == expected
        assert sheet(page) == document.text
        page.keyboard.press("d")


STRANGE = (
    "😀 Search was slow. 👩‍👩‍👧 It was caused by load.",
    "Search\r\nwas slow.\r\n\r\nIt was caused.\r\n\r\n- 🇩🇪 one\r\n- two\r\n",
    "e\u0301 Suche war langsam. 検索が遅かった。原因は負荷です。",
    "البحث كان بطيئا. السبب هو الحمل.\n\n\u05d7\u05d9\u05e4\u05d5\u05e9 \u05d0\u05d9\u05d8\u05d9.",
    "A\u00a0b\u200bc\u00adslow.  Two  spaces.\tTab.\x0bVT.\x0cFF.",
    "\U0001d54aearch was slow.\u2028It was caused.\u2029End\x85 of it.",
)


@pytest.mark.parametrize("text", STRANGE)
def test_highlights_stand_right_in_any_script(
    window: Window, tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    parts = [(i, j) for i in range(0, len(text), 5) for j in (i + 1, i + 7) if j <= len(text)]
    found = [drawn.annotation("a.txt", text, *part) for part in parts]
    page = window.open(view(drawn.write(tmp_path / "run", {"a.txt": text}, found)).html)
    assert sheet(page) == text
    assert marks(page) == Counter(("impact", each.quote) for each in found)


def test_headings_lists_and_paragraphs_look_like_it(window: Window, report: Path) -> None:
    page = window.open(report)
    assert page.get_by_role("heading", name="What users saw").is_visible()
    size = "(element) => parseFloat(getComputedStyle(element).fontSize)"
    heading, paragraph = page.locator(".sheet .heading").first, page.locator(".sheet .paragraph")
    assert heading.evaluate(size) > paragraph.first.evaluate(size)
    item = page.locator(".sheet .item").first
    box, above = item.locator(".content").bounding_box(), paragraph.nth(1).bounding_box()
    assert box is not None
    assert above is not None
    assert box["x"] > above["x"]
    assert item.inner_text().startswith("-")


def test_marks_on_the_same_words_have_a_line_each(window: Window, report: Path) -> None:
    page = window.open(report)
    lines = "(e) => getComputedStyle(e).backgroundImage.split('-gradient(').length - 1"
    three = page.locator("[data-marks='0 1 2']").first
    assert three.evaluate(lines) == 3
    positions = three.evaluate("(e) => getComputedStyle(e).backgroundPosition.split(',')")
    assert len(set(positions)) == 3


def test_a_click_says_everything_about_an_annotation(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "Search was slow. It was caused by load. We do not know why."
    found = [
        drawn.annotation("a.txt", text, 0, 16, cited="SEARCH was  slow.", grounding="folded"),
        drawn.annotation(
            "a.txt", text, 17, 39, "cause", {"triggers": ["capacity"], "certainty": "suspected"}
        ),
    ]
    entry = Entry("a.txt", 0, 0, len(text), "repaired", 2, 1, 2, 3, 900, 100, None, 1.0, "")
    run = drawn.write(tmp_path / "run", {"a.txt": text}, found, [entry])
    page = window.open(view(run).html)
    page.get_by_text("Search was slow.").first.click()
    panel = page.locator("#panel-body").inner_text()
    for said in (
        "impact",
        "Somebody was affected.",
        "effects",
        "Answers took longer than usual.",
        "countries",
        "DE",
        "PT42M",
        "customers_named",
        "no",
        "folded",
        "SEARCH was  slow.",
        "Chunk 0",
        "repaired",
        "3 answers used",
        "1 invalid and 2 ungrounded",
        "characters 0–16",
    ):
        assert said in panel, said
    page.get_by_text("It was caused").first.click()
    panel = page.locator("#panel-body").inner_text()
    assert "exact" in panel
    assert "More load than there was room for." in panel
    assert "Stated as a guess." in panel
    assert "SEARCH" not in panel


def test_clicking_again_goes_through_what_lies_on_the_same_words(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    words = page.locator("[data-marks='0 1 2']").first
    seen = []
    for _ in range(4):
        words.click()
        seen.append(page.locator(".tag[aria-pressed=true]").get_attribute("data-mark"))
    assert seen == ["0", "1", "2", "0"]
    assert page.get_by_role("heading", name="Also on these words").is_visible()


def test_what_was_cited_is_set_off_from_what_was_added_around_it(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "We saw that search was slow."
    whole = drawn.annotation("a.txt", text, 0, len(text))
    part = drawn.annotation("a.txt", text, 12, 27).evidence
    row = type(whole)("a.txt", 0, len(text), "impact", drawn.SLOW, text, part)
    page = window.open(view(drawn.write(tmp_path / "run", {"a.txt": text}, [row])).html)
    page.keyboard.press("j")
    assert page.locator(".chosen.cited").all_text_contents() == ["search was slow"]
    assert page.locator("blockquote .words").all_text_contents() == ["search was slow"]
    assert chosen(page) == text


def test_an_annotation_off_its_quote_is_drawn_where_it_says_and_named_for_it(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "Search was slow. It went on."
    off = noisy.moved(drawn.annotation("a.txt", text, 0, 16), 1)
    lost = noisy.moved(drawn.annotation("a.txt", text, 17, 28), 500)
    page = window.open(view(drawn.write(tmp_path / "run", {"a.txt": text}, [off, lost])).html)
    page.keyboard.press("j")
    assert chosen(page) == "earch was slow. "
    said = page.locator(".warning").inner_text()
    assert "other words than stand at its place" in said
    assert "Search was slow." in said
    page.keyboard.press("j")
    assert "It went on." in page.locator(".warning").inner_text()


def test_a_run_without_documents_is_a_page_too(window: Window, tmp_path: Path) -> None:
    page = window.open(view(drawn.write(tmp_path / "run", {})).html)
    for name in ("Categories", "Problems", "Details"):
        tab(page, name)
    for key in "jkdet/":
        page.keyboard.press(key)
    page.keyboard.type("word")
    assert "0 annotations in 0 documents" in page.locator(".summary").inner_text()


# ---- Filters, panels ----


def test_the_legend_hides_and_shows_categories(window: Window, report: Path) -> None:
    page = window.open(report)
    every = shown_tags(page).count()
    causes = page.locator(".tag[data-name=cause]").count()
    assert 0 < causes < every
    page.get_by_role("checkbox", name="cause").uncheck()
    assert shown_tags(page).count() == every - causes
    left = [text for title, text in page.evaluate(_MARKS) if title == "impact"]
    assert "".join(page.locator(".marked").all_text_contents()) == "".join(left)
    page.locator("#none-category").click()
    assert shown_tags(page).count() == page.locator(".marked").count() == 0
    page.locator("#all-category").click()
    assert shown_tags(page).count() == every
    page.locator("#only-category-1").focus()
    page.keyboard.press("Enter")
    assert shown_tags(page).count() == causes


def test_counts_stand_beside_the_categories(window: Window, report: Path) -> None:
    page = window.open(report)
    rows = page.locator(".filter.category .choice")
    counted = {
        row.locator("label .name").inner_text(): row.locator(".count").inner_text()
        for row in rows.all()
    }
    tags = Counter(page.locator(".tag").evaluate_all("(all) => all.map((tag) => tag.dataset.name)"))
    assert counted == {"impact": str(tags["impact"]), "cause": str(tags["cause"]), "action": "0"}


def test_the_index_answers_what_the_text_says_of_a_category_and_goes_there(
    window: Window, policies: Run, policies_page: Path
) -> None:
    page = window.open(policies_page)
    tab(page, "Categories")
    section = page.locator("details.category", has=page.get_by_text("retention", exact=True))
    section.locator("summary").click()
    first = next(policies.documents()).id
    quotes = [
        a.quote for a in policies.annotations() if (a.document, a.category) == (first, "retention")
    ]
    assert section.locator(".said").all_text_contents() == [quote.strip() for quote in quotes]
    section.locator("button.quote").last.click()
    assert chosen(page) == quotes[-1]
    assert in_view(page, page.locator(".chosen").first)
    assert page.evaluate("document.activeElement.dataset.name") == "retention"


def test_the_index_of_all_documents_goes_to_another_one(
    window: Window, policies: Run, policies_page: Path
) -> None:
    page = window.open(policies_page)
    tab(page, "Categories")
    page.get_by_role("button", name="All documents").click()
    section = page.locator("details.category", has=page.get_by_text("retention", exact=True))
    section.locator("summary").click()
    found = [a for a in policies.annotations() if a.category == "retention"]
    assert section.locator("button.quote").count() == len(found)
    section.locator("button.quote").last.click()
    assert page.locator(".title .name").inner_text() == found[-1].document
    assert chosen(page) == found[-1].quote


def test_silent_categories_are_listed_with_the_claim_they_rest_on(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    entries = [Entry("a.txt", 0, 0, len(REPORT), "ok"), Entry("b.txt", 0, 0, len(REPORT), "failed")]
    run = drawn.write(tmp_path / "run", {"a.txt": REPORT, "b.txt": REPORT}, (), entries)
    page = window.open(view(run).html)
    tab(page, "Categories")
    said = page.locator(".silence").inner_text()
    assert "Every chunk of this document was answered" in said
    assert "action" in said
    page.keyboard.press("d")
    said = page.locator(".silence").inner_text()
    assert "No silence is claimed: 1 of 1 chunks not answered." in said
    assert "Every chunk" not in said


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


# ---- Gold ----


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


# Presses a key some times; returns what the label of the steps and the chosen tag say each time.
_STEPS = """([key, times, noun]) => Array.from({ length: times }, () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const tag = document.querySelector('.tag[aria-pressed=true]');
    return [document.querySelector(`.steps.${noun}`).innerText, tag.dataset.tone];
})"""


def test_steps_go_from_error_to_error_and_on_into_the_next_document(
    window: Window, policies_page: Path
) -> None:
    page = window.open(policies_page)
    label, name = page.locator(".steps.errors"), page.locator(".title .name")
    count = int(label.inner_text().split()[0])
    page.keyboard.press("e")
    assert label.inner_text() == f"1 of {count}"
    steps = page.evaluate(_STEPS, ["e", count - 1, "errors"])
    assert steps == [[f"{number} of {count}", "error"] for number in range(2, count + 1)]
    page.keyboard.press("e")
    assert name.inner_text() == "infotech.txt"
    page.keyboard.press("E")
    assert (name.inner_text(), label.inner_text()) == ("infinitydesk.txt", f"{count} of {count}")


# ---- Keys, search, address ----


def test_keys_step_through_annotations_in_the_order_of_the_text(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    every = page.locator(".tag").count()
    seen = []
    for _ in range(every):
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
        seen.append(int(page.evaluate("document.activeElement.dataset.mark")))
        assert in_view(page, page.locator(".chosen").first)
    assert seen == list(range(every))
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.dataset.mark") == str(every - 2)
    page.keyboard.press("Escape")
    assert page.locator(".chosen").count() == 0


def test_enter_goes_to_what_is_said_and_keys_are_left_alone_in_the_field(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "subject"
    page.keyboard.press("/")
    page.keyboard.type("jk?t")
    assert page.locator("#query").input_value() == "jk?t"
    assert page.locator("#keys").is_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#keys").is_hidden()


def test_single_letters_can_be_kept_from_acting(window: Window, report: Path) -> None:
    page = window.open(report)
    page.keyboard.press("?")
    page.get_by_label("Single letters act as keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert page.locator(".chosen").count() == 0
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_filters_and_documents_keep_the_focus_of_the_keyboard(window: Window, report: Path) -> None:
    page = window.open(report)
    page.locator("#category-1").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.id") == "category-1"
    assert page.get_by_role("checkbox", name="cause").is_checked() is False
    page.locator("#document-1").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "document-1"
    assert page.locator("[aria-current=page]").inner_text().startswith("b.txt")


def test_the_search_finds_words_in_all_texts_and_goes_from_hit_to_hit(
    window: Window, policies: Run, policies_page: Path
) -> None:
    page = window.open(policies_page)
    page.keyboard.press("/")
    page.keyboard.type("third  PARTIES")
    pattern = re.compile(r"third\s+parties", re.IGNORECASE)
    texts = [document.text for document in policies.documents()]
    hits = [pattern.findall(text) for text in texts]
    assert page.locator("[data-hit]").count() == sum(map(len, hits)) > 2
    for _ in range(3):
        page.keyboard.press("Enter")
        selected = "[...CSS.highlights.get('hit-now')].map((range) => range.toString())"
        (found,) = page.evaluate(selected)
        assert pattern.fullmatch(found)
    box = page.evaluate("[...CSS.highlights.get('hit-now')][0].getBoundingClientRect().toJSON()")
    view_box = page.locator("#text").bounding_box()
    assert view_box
    assert view_box["y"] < box["top"] < view_box["y"] + view_box["height"]


def test_the_search_takes_signs_for_signs_and_finds_values_of_attributes(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    page.locator("#query").fill("(.*")
    assert page.get_by_text("Nothing found.").is_visible()
    page.locator("#query").fill("PT42M")
    assert page.locator("[data-hit]").count() == 0
    page.locator("[data-goto]").first.click()
    assert "PT42M" in page.locator("#panel-body").inner_text()


def test_the_address_names_what_is_looked_at(window: Window, report: Path) -> None:
    page = window.open(report)
    page.keyboard.press("d")
    page.keyboard.press("j")
    page.wait_for_url("**#1:0")
    address = page.evaluate("location.hash")
    again = window.open(report, address)
    assert again.locator(".title .name").inner_text() == "b.txt"
    assert chosen(again) == "It was slow."


@pytest.mark.parametrize("address", ["#99", "#0:99999", "#x", "#-1:1", "#0:1:2"])
def test_an_address_that_names_nothing_shows_the_first_document(
    window: Window, report: Path, address: str
) -> None:
    assert window.open(report, address).locator(".title .name").inner_text() == "a.txt"


# ---- Looks ----

# The contrast of every text with what lies behind it, where it is below 4.5 (WCAG 2.2, 1.4.3).
_FAINT = (ROOT / "tests" / "support" / "contrast.js").read_text(encoding="utf-8")


def test_every_text_stands_out_from_its_ground(window: Window, policies_page: Path) -> None:
    page = window.open(policies_page)
    page.keyboard.press("e")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for name in ("Details", "Categories", "Problems", "Errors"):
            tab(page, name)
            assert page.evaluate(_FAINT) == []


def test_the_theme_follows_the_system_until_it_is_chosen(window: Window, report: Path) -> None:
    page = window.open(report)
    page.emulate_media(color_scheme="dark")
    ground = "getComputedStyle(document.querySelector('#text')).backgroundColor"
    dark = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    assert dark != light
    page.keyboard.press("t")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == light
    page.locator("#theme").click()
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == dark
    page.reload()
    assert page.evaluate(ground) == dark


def test_paper_gets_the_text_and_its_legend_and_not_the_controls(
    window: Window, policies_page: Path
) -> None:
    page = window.open(policies_page)
    page.emulate_media(color_scheme="dark")
    page.emulate_media(media="print")
    hidden = ("#panel", ".find", ".tools", ".steps", ".filter .only", ".documents")
    assert [name for name in hidden if page.locator(name).first.is_visible()] == []
    assert page.locator(".filter.category .swatch").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 29, 33)"
    cut = (
        "(e) => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY !== 'visible'"
    )
    assert not page.locator("#text").evaluate(cut)
    assert page.locator(".sheet .block").last.is_visible()


def test_a_narrow_window_loses_nothing(window: Window, policies_page: Path) -> None:
    page = window.open(policies_page)
    fits = "({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth"
    for width in (320, 600, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("html").evaluate(fits)
        assert page.locator("#text").evaluate(fits)
        assert page.locator("#category-0").is_hidden()
        page.get_by_role("button", name="Documents, filters").click()
        assert page.locator("#category-0").is_visible()
        page.get_by_role("button", name="infotech.txt").click()
        assert page.locator("#category-0").is_hidden()
        page.keyboard.press("j")
        assert page.locator(".subject").is_visible()


def test_a_keyboard_reaches_everything_in_the_order_in_which_it_stands(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => {
                    const at = document.activeElement;
                    const part = at.closest('.bar, .rail, .title, .sheet, .tabs, .body');
                    return at.className === 'skip' ? 'skip' : part?.className.split(' ')[0] ?? '';
                }"""
            )
        )
        if reached[-1] == "tabs":
            break
    parts = [part for part, before in zip(reached, ["", *reached], strict=False) if part != before]
    assert parts == ["skip", "bar", "rail", "title", "sheet", "tabs"]
    assert reached.count("sheet") == 1
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Categories").get_attribute("aria-selected") == "true"
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"


# ---- Hostile text ----


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page on which everything that comes from outside is hostile."""
    monkeypatch.chdir(INCIDENTS)
    text = "\n\n".join(f"It said {each} and was slow." for each in drawn.HOSTILE)
    names = [f"{start}{' '.join(drawn.HOSTILE[start::3])}" for start in range(3)]
    found = [
        drawn.annotation(
            names[0],
            text,
            place,
            place + len(each),
            each,
            {each: [each], "effects": ["slow", each]},
            cited=each[::-1],
            grounding="fuzzy",
        )
        for each in drawn.HOSTILE
        if (place := text.index(each)) >= 0
    ]
    entries = [Entry(name, 0, 0, len(text), "failed", note=name) for name in names[1:]]
    entries.append(Entry(names[0], 0, 0, len(text), "partial", note=drawn.HOSTILE[0]))
    refused = [
        drawn.refusal(
            names[0],
            each,
            item={"category": each, "quote": each, each: each},
            problems=[each],
            kind=each,
        )
        for each in drawn.HOSTILE
    ]
    refused += [drawn.refusal(names[0], each, item=each) for each in drawn.HOSTILE]
    run = drawn.write(
        tmp_path / "run",
        dict.fromkeys(names, text),
        found,
        entries,
        refused,
        model=drawn.HOSTILE[0],
        prompt=drawn.HOSTILE[1],
        endpoint=drawn.HOSTILE[8],
    )
    return view(run).save(tmp_path / "page.html")


def look_everywhere(page: Page) -> str:
    """Open everything that a page can show; return all that was read on the way."""
    seen = [page.locator("body").inner_text()]
    count = page.locator(".document").count()
    for number in range(count):
        for name in ("Categories", "Problems"):
            tab(page, name)
            for summary in page.locator("#panel-body summary").all():
                summary.click()
            seen.append(page.locator("body").inner_text())
        if number == 0:
            for _ in range(page.locator(".tag").count()):
                page.keyboard.press("j")
                seen.append(page.locator("#panel-body").inner_text())
        page.keyboard.press("d")
    page.locator(".run summary").click()
    for query in ("<script>", "onerror", "canary"):
        page.locator("#query").fill(query)
        seen.append(page.locator("#panel-body").inner_text())
        for element in page.locator("#panel-body .quote").all()[:3]:
            element.hover()
    return "\n".join(seen)


def test_hostile_text_does_nothing_and_is_read_as_it_stands(window: Window, hostile: Path) -> None:
    page = window.open(hostile)
    read = look_everywhere(page)
    assert page.evaluate("window.canary") is None
    assert page.locator("img, iframe, textarea, body style, b:not(#panel-body b)").count() == 0
    assert page.locator(".sheet :is(a, svg, script)").count() == 0
    assert page.evaluate("document.scripts.length") == 2
    assert (
        page.evaluate("document.querySelectorAll('[onerror],[onload],[onfocus],[href]').length")
        == 1
    )
    for payload in drawn.HOSTILE:
        if payload.isprintable():
            assert payload in read, payload


def test_signs_that_turn_the_direction_turn_nothing(window: Window, hostile: Path) -> None:
    page = window.open(hostile)
    assert page.locator(".control[data-label='U+202E']").count() == 1
    ordered = """() => {
        const sign = document.querySelector(".control[data-label='U+202E']");
        const words = sign.parentElement;
        const node = [...words.childNodes].find((each) => each.data?.startsWith('gnp'));
        return [0, 1, 2, 3, 4].map((at) => {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect().left;
        });
    }"""
    places = page.evaluate(ordered)
    assert places == sorted(places)
    assert "\u202e" not in page.locator(".rail").inner_text()
    assert "\\u202e" in page.locator(".rail").inner_text()


def test_the_policy_stops_what_a_payload_would_do_if_it_became_markup(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.canary = 1';
            document.body.append(script);
            const box = document.createElement('div');
            box.innerHTML = '<img src="https://example.org/x.png" onerror="window.canary = 2">'
                + '<p style="color: red" id="styled">x</p>';
            document.body.append(box);
            fetch('https://example.org/').catch(() => {});
            setTimeout(() => { try { window.made = new Function('return 1')(); } catch {} }, 1);
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.canary") is None
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#styled')).color")
        != "rgb(255, 0, 0)"
    )
    assert page.evaluate("window.made") is None
    assert len(window.complaints) >= 4
    assert all("Content Security Policy" in said for said in window.complaints)
    assert window.requests == window.stopped == ["https://example.org/x.png"]
    window.complaints.clear()
    window.requests.clear()


# ---- Notebooks ----


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing_outside(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    page = window.show(f"<body>{highlight(REPORT, annotate.annotate_text(REPORT))._repr_html_()}")
    frame = page.frames[1]
    frame.wait_for_selector(".tag")
    frame.locator(".tag").first.click()
    assert frame.locator(".subject").is_visible()
    assert frame.evaluate("origin") == "null"
    reach = "(() => { try { return parent.document.title; } catch { return 'kept out'; } })()"
    assert frame.evaluate(reach) == "kept out"


def test_where_a_renderer_takes_frames_out_the_text_is_highlighted_still(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "Search was slow. " + " ".join(drawn.HOSTILE[:9]) + " was caused by load."
    found = annotate.annotate_text(text)
    cell = highlight(text, found)._repr_html_()
    bare = re.sub(r"<iframe.*</iframe>", "", cell, flags=re.DOTALL)
    assert len(bare) < len(cell) / 5
    page = window.show(f"<body>{bare}")
    shown = "".join(page.locator("mark").all_text_contents())
    assert shown == "".join(dict.fromkeys(each.quote for each in found))
    assert "impact (effects: slow" in (page.locator("mark").first.get_attribute("title") or "")
    assert page.locator("sup").first.inner_text() == "IMP"
    assert page.evaluate("window.canary") is None
    assert page.locator("script, iframe, img").count() == 0


def test_a_whole_run_without_a_frame_is_a_table(window: Window, policies: Run) -> None:
    cell = view(policies)._repr_html_()
    page = window.show("<body>" + re.sub(r"<iframe.*</iframe>", "", cell, flags=re.DOTALL))
    assert page.locator("tr").count() == 6
    assert "infotech.txt" in page.locator("table").inner_text()


# ---- Comparisons ----


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Two simulated annotators on the five policies."""
    folder = tmp_path_factory.mktemp("sides")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        sides = [evaluate(noisy.write(folder / str(seed), noisy.say(seed))) for seed in (1, 2)]
        return compare_evaluations(sides[:1], sides[1:], rounds=200)


@pytest.fixture(scope="module")
def comparison_file(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("comparison") / "page.html"
    path.write_text(comparison_page(comparison), encoding="utf-8")
    return path


def counted(page: Page) -> dict[str, int]:
    rows = page.locator(".filter.outcome .choice").all()
    return {
        row.locator("label").inner_text().split("\n")[-1]: int(row.locator(".count").inner_text())
        for row in rows
    }


def test_a_comparison_shows_gold_before_and_after_and_counts_what_changed(
    window: Window, comparison: Comparison, comparison_file: Path
) -> None:
    page = window.open(comparison_file)
    assert page.locator(".summary .badge").inner_text() == comparison.verdict
    found: Counter[str] = Counter()
    for name, text in comparison.after[0].texts.items():
        assert page.locator(".title .name").inner_text() == name
        assert sheet(page) == text
        for label, count in counted(page).items():
            found[label.strip()] += count
        page.keyboard.press("d")
    lists = comparison.changes
    assert found["broken"] == len(lists.broken) > 0
    assert found["fixed"] == len(lists.fixed) > 0
    assert found["new false positive"] == len(lists.new_false_positives) > 0
    assert found["resolved false positive"] == len(lists.resolved_false_positives) > 0


def test_every_highlight_of_a_comparison_covers_its_quote(
    window: Window, comparison: Comparison, comparison_file: Path
) -> None:
    page = window.open(comparison_file)
    for name, text in comparison.after[0].texts.items():
        made: Sequence[Any] = [
            *(a for side in (comparison.before, comparison.after) for a in side[0].annotations),
            *comparison.after[0].golds,
        ]
        expected = Counter((a.category, text[a.start : a.end]) for a in made if a.document == name)
        assert marks(page) == expected
        page.keyboard.press("d")


def test_keys_step_from_change_to_change(window: Window, comparison_file: Path) -> None:
    page = window.open(comparison_file)
    label = page.locator(".steps.changes")
    count = int(label.inner_text().split()[0])
    assert page.get_by_role("tab", name=f"Changes {count}").get_attribute("aria-selected") == "true"
    page.keyboard.press("c")
    assert label.inner_text() == f"1 of {count}"
    steps = page.evaluate(_STEPS, ["c", count - 1, "changes"])
    assert [said for said, _ in steps] == [f"{n} of {count}" for n in range(2, count + 1)]
    assert {tone for _, tone in steps} == {"error", "good"}
    page.keyboard.press("c")
    assert page.locator(".title .name").inner_text() != "infinitydesk.txt"


def test_a_change_shows_what_each_side_says_of_the_gold(
    window: Window, comparison: Comparison, comparison_file: Path
) -> None:
    page = window.open(comparison_file)
    page.locator("#only-outcome-broken").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    item = comparison.changes.broken[0]
    panel = page.locator("#panel-body").inner_text()
    assert "broken" in panel
    assert chosen(page) != ""
    page.locator(".left .tag:visible").first.click()
    panel = page.locator("#panel-body").inner_text()
    assert item.gold in panel
    assert "before 1 of 1, after 0 of 1" in panel


def test_repeats_of_a_side_are_one_mark_with_how_often_it_was_made(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    runs = [evaluate(noisy.write(tmp_path / str(n), noisy.say(n), repeat=n)) for n in range(1, 7)]
    found = compare_evaluations(runs[:3], runs[3:], rounds=200)
    page = window.open(comparison_page(found))
    assert found.changes.flaky
    page.locator("#only-outcome-flaky").focus()
    page.keyboard.press("Enter")
    page.locator(".right .tag:visible").first.click()
    assert re.search(r"in [123] of 3 repeats", page.locator("#panel-body").inner_text())
    page.locator(".left .tag:visible").first.click()
    said = page.locator("#panel-body").inner_text()
    assert re.search(r"before [0-3] of 3, after [0-3] of 3", said)
