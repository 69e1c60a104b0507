"""Units and segments: what holds a unit, and what a reader needs before it."""

from annotate.documents.segmentation import segment
from annotate.documents.units import Segment


def test_a_segment_is_a_heading_a_paragraph_or_a_list_with_its_stem() -> None:
    text = "# Tea\n\nWe brew. You drink.\n\nWe sell:\n\n- hot\n\n  Very hot.\n\n- cold\n\nBye."
    found = segment(text)
    assert [text[s.start : s.end] for s in found.segments] == [
        "# Tea",
        "We brew. You drink.",
        "We sell:\n\n- hot\n\n  Very hot.\n\n- cold",
        "Bye.",
    ]
    assert [list(s.units) for s in found.segments] == [[0], [1, 2], [3, 4, 5, 6], [7]]
    assert isinstance(found.segments[0], Segment)


def test_the_context_of_an_item_is_headings_lead_in_and_stems_in_text_order() -> None:
    text = (
        "# Tea\n\n## Selling\n\nWe brew tea. We sell it to:\n\n- guests:\n  - old ones\n\n"
        "    They come often.\n\n- friends"
    )
    found = segment(text)
    contexts = {
        found.quote(u): [found.quote(outer) for outer in found.context(u)] for u in found.units
    }
    above = ["Tea", "Selling", "We brew tea.", "We sell it to:"]
    assert contexts == {
        "Tea": [],
        "Selling": ["Tea"],
        "We brew tea.": ["Tea", "Selling"],
        "We sell it to:": ["Tea", "Selling"],
        "guests:": above,
        "old ones": [*above, "guests:"],
        "They come often.": [*above, "guests:"],
        "friends": above,
    }
    item = found.units[5]
    assert [found.quote(u) for u in found.stems(item)] == ["We sell it to:", "guests:"]
    assert [found.quote(u) for u in found.lead_in(item)] == ["We brew tea.", "We sell it to:"]
