"""How words are set tells what heads others, and what is a control."""

import pytest

from annotate.documents.layout import LINK_WITHIN
from annotate.documents.readers.html import read_page
from annotate.documents.segmentation import segment

TEXT = "<p>We brew tea for you.</p>"


def furniture(html: str) -> list[tuple[str, str]]:
    text, layout = read_page(html, "a")
    layout.check(len(text))
    return [(each.reason, text[each.start : each.end]) for each in layout.furniture]


def units(html: str) -> list[tuple[str, str]]:
    text, layout = read_page(html, "a")
    found = segment(text, layout)
    return [(unit.kind, found.quote(unit)) for unit in found.units]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<button>Yes</button>", "controls"),
        ("<p><a href='#'>Share</a> | <a href='javascript:print()'>Paper</a>", "controls"),
        ("<p><a href=/print>Print this page</a>", "controls"),
        ("<p><a href=/>« Back to the shop</a>", "controls"),
        ("<p><a href='#top'>↑</a> <a href='#top'>Up</a>", LINK_WITHIN),
        ("<div><a href=/a>Home</a> | <a href=/b>Shop</a></div>", "navigation"),
        ("<table><tr><td><a href=/a>Home</a><br><a href=/b>Shop</a></table>", "navigation"),
    ],
)
def test_a_block_of_nothing_but_links_or_buttons_stands_around_the_text(
    html: str, reason: str
) -> None:
    assert [each for each, _ in furniture(f"{TEXT}{html}")] == [reason]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ask <a href=/a>us</a> or <a href=/b>them</a>.",
        "<p>Press <button>here</button> to stop it.",
        "<p><a href=mailto:tea@example.com>tea@example.com</a>",
        "<p>We name:<ul><li><a href=/a>One vendor</a><li><a href='#b'>Another</a></ul>",
        "<p>You can opt out in the <a class=cc-revoke href='#'>cookie settings</a> at any time.",
        "<h2><a href='#a'>Tea</a></h2><h3><button aria-expanded=true>Milk</button></h3><p>x",
        "<table><tr><td><a href=/a>One</a>, <a href=/b>two</a></table>",
    ],
)
def test_links_and_buttons_that_say_something_are_text(html: str) -> None:
    assert furniture(html + TEXT) == []


def test_links_and_controls_side_by_side_are_parted() -> None:
    text, _ = read_page(
        "<p><a href=/a>Home</a><a href=/b>Shop</a><label>A</label><label>B</label>", "a"
    )
    assert text == "Home Shop A B"


@pytest.mark.parametrize(
    "heading",
    [
        "<p><b>Our tea</b><br>",
        "<div><span style='font-weight:700'>Our tea</span></div>",
        "<div class=chapter-title>Our tea</div>",
        "<div class=card-header>Our tea</div>",
        "<style>.h, p.x { color: red; font-weight: bold }</style><div class='h a'>Our tea</div>",
        "<button aria-expanded=false>Our tea</button>",
        "<p>Come in.<br><strong>Our tea</strong><br>",
    ],
)
def test_a_line_that_is_set_like_a_heading_is_one(heading: str) -> None:
    assert units(f"{heading}{TEXT}")[-2:] == [
        ("heading", "Our tea"),
        ("sentence", "We brew tea for you."),
    ]


def test_bold_that_is_taken_back_is_none() -> None:
    html = f"<b style='font-weight:normal'><p>Our tea</p>{TEXT}</b>"
    assert units(html)[0] == ("sentence", "Our tea")


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<b>Milk.</b> We add it.", ["Milk. We add it."]),
        ("<em>Is it hot?</em> It is. Take care.", ["Is it hot? It is.", "Take care."]),
        ("<b>We sell no tea.</b> We give it.", ["We sell no tea.", "We give it."]),
        ("In Norway. Some is in Leeds.", ["In Norway.", "Some is in Leeds."]),
    ],
)
def test_an_emphasised_label_stays_with_the_first_sentence(html: str, found: list[str]) -> None:
    assert [words for _, words in units(f"<h1>x</h1><p>{html}")][1:] == found


def test_headings_in_bold_nest_by_their_numbers_and_their_slant() -> None:
    text, layout = read_page(
        "<p><b>A. Tea</b><p>a<p><b>A.1 Black</b><p>b<p><b>B. Milk</b><p>c<p><b><i>Warm</i></b><p>d",
        "a",
    )
    found = segment(text, layout)
    above = [
        [found.quote(found.units[at]) for at in unit.headings]
        for unit in found.units
        if unit.kind != "heading"
    ]
    assert above == [["A. Tea"], ["A. Tea", "A.1 Black"], ["B. Milk"], ["B. Milk", "Warm"]]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("Tea House<br>Dock Road<br>Leeds", ["Tea House", "Dock Road", "Leeds"]),
        (
            "We brew so that<br>you drink.<br>It is hot.",
            ["We brew so that\nyou drink.", "It is hot."],
        ),
        ("Write to us<br>or call", ["Write to us\nor call"]),
    ],
)
def test_a_line_end_ends_a_unit_where_its_words_do(html: str, found: list[str]) -> None:
    assert [words for _, words in units(f"<h1>x</h1><p>{html}")][1:] == found
