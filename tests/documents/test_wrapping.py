"""Hard-wrapped text: which lines are put together."""

from annotate.documents.blocks import blocks

WRAPPED = (
    "We brew the tea that everyone likes in the morning, and when\n"
    "Sunday comes we brew some more of it for the guests who come\n"
    "from Milktown, from Rumtown and from all the other towns that\n"
    "like it."
)


def test_a_text_double_spaced_by_a_converter_is_read_as_wrapped() -> None:
    paragraph = WRAPPED.replace("Sunday", "sunday").replace("\n", "\n\n")
    assert [block.lines for block in blocks("\n\n\n".join([paragraph] * 3))] == [4, 4, 4]
