"""Hard-wrapped text: which lines are put together."""

from annotate.documents.blocks import blocks
from annotate.documents.segmentation import segment

WRAPPED = (
    "We brew the tea that everyone likes in the morning, and when\n"
    "Sunday comes we brew some more of it for the guests who come\n"
    "from Milktown, from Rumtown and from all the other towns that\n"
    "like it."
)


def test_a_text_double_spaced_by_a_converter_is_read_as_wrapped() -> None:
    paragraph = WRAPPED.replace("Sunday", "sunday").replace("\n", "\n\n")
    assert [block.lines for block in blocks("\n\n\n".join([paragraph] * 3))] == [4, 4, 4]


def test_a_title_and_an_item_without_bullet_that_were_broken_are_what_they_are() -> None:
    title = "Types of guests to whom we pour the tea that everyone likes and\npurposes of pouring"
    address = "Tea: The House of Tea and Milk, 12 Long Street at the Old Mill,\nMilktown"
    items = f"For more, ask us:\n\n{address}\n\nRum: Rumtown"
    text = "\n\n".join([WRAPPED, title, WRAPPED, items, WRAPPED])
    kinds = [(unit.kind, text[unit.start : unit.start + 4]) for unit in segment(text).units]
    assert ("heading", "Type") in kinds
    assert ("item", "Tea:") in kinds
    assert ("item", "Rum:") in kinds
    assert ("sentence", "We b") in kinds
