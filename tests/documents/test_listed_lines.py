"""Lists of contents of a PDF: lines that lead to pages, or say again what headings say."""

import pytest

from annotate.documents.contents import with_contents
from annotate.documents.document import Document
from annotate.documents.pages import join_pages
from tests.support.work import steps

TITLES = ("What we keep", "Who sees it", "Your choices")
TEXT = "\n".join(f"{n}. {title}\nWe say all about it here." for n, title in enumerate(TITLES, 1))


def document(first: str, *pages: str) -> Document:
    text, layout = join_pages([first, *pages])
    layout = with_contents(text, layout)
    layout.check(len(text))
    return Document("a", text, "pdf", layout)


def furniture(found: Document) -> list[str]:
    assert found.layout is not None
    return [found.text[each.start : each.end] for each in found.layout.furniture]


@pytest.mark.parametrize(
    "entry",
    [
        "{n}. {title} ........ {n}",
        "{title} . . . . . {n}",
        "{title}\u2026\u2026\u2026 {n}",
        "{n} {title} {n}",
        "{title}",
    ],
)
def test_a_list_of_contents_is_furniture_with_its_title(entry: str) -> None:
    listed = "\n".join(entry.format(n=n, title=title) for n, title in enumerate(TITLES, 1))
    found = document(f"Tea Policy\nContents\n{listed}\n{TEXT}", "The end is here.")
    assert furniture(found) == [f"Contents\n{listed}"]
    said = [found.segmentation.quote(u) for u in found.segmentation.units if not u.furniture]
    assert said[0] == "Tea Policy"
    assert said.count("We say all about it here.") == 3
    assert all("Contents" not in each for each in said)


def test_an_entry_may_go_over_two_lines() -> None:
    listed = (
        "1 What we keep of what you\ngive us .... 1\n2 Who sees it .... 2\n3 Your choices .... 2"
    )
    found = document(f"Tea Policy\n{listed}\n{TEXT}")
    assert "Who sees it .... 2" in furniture(found)[0]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"We keep:\nyour name\nyour address\nyour age\n{TEXT}",
        f"What we keep .... 1\nWho sees it .... 2\n{TEXT}",
        "\n".join(f"Cookie\nPurpose\nKept for\nc{n}\nWe count {n}.\n{n} days" for n in "abc"),
        f"In 2019 we had 12\nIn 2020 we had 14\nIn 2021 we had 19\n{TEXT}",
    ],
)
def test_other_lines_are_text(text: str) -> None:
    assert furniture(document(text)) == []


def test_a_list_and_running_heads_are_both_apart() -> None:
    listed = "\n".join(f"{title} ..... {n}" for n, title in enumerate(TITLES, 1))
    found = document(*(f"Tea Head\n{body}\nPage {n}" for n, body in enumerate((listed, TEXT), 1)))
    assert furniture(found)[0] == listed
    assert len(furniture(found)) == 2


def test_lines_that_all_stand_again_take_work_by_their_number() -> None:
    def work(times: int) -> int:
        lines = "\n".join(f"Line {'ab' * n}c" for n in range(times))
        text, layout = join_pages([f"{lines}\n{lines}"])
        return steps(with_contents, text, layout)

    assert work(60) < 5 * work(15)
