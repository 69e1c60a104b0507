"""Texts of any layout, drawn by hypothesis: headings, lists, tables, emphasis, odd line ends."""

from hypothesis import strategies as st

WORDS = ["tea", "Tea", "milk", "We brew", "you may", "Inc.", "U.S.", "No.", "such as", "to", "2019"]

MARKERS = [
    "- ",
    "* ",
    "• ",
    "•",
    "1. ",
    "2. ",
    "1.1 ",
    "3\\. ",
    "(a) ",
    "(b) ",
    "(i) ",
    "a. ",
    "I. ",
]

ENDS = [".", ":", "!", "?", ";", "", "", "。", ". So it is."]

sentence = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.sampled_from(ENDS),
)

prose = st.lists(sentence, min_size=1, max_size=3).map(" ".join)

emphasised = st.builds(lambda mark, x: mark + x + mark, st.sampled_from(["*", "**", "_"]), sentence)

label = st.builds(lambda x, rest: f"{x}. {rest}", st.sampled_from(["Tea", "_Tea_", "**Tea"]), prose)

heading = st.builds(lambda mark, x: mark + x, st.sampled_from(["# ", "## ", "1. ", ""]), sentence)

setext = sentence.map(lambda x: f"{x}\n===")

item = st.builds(
    lambda indent, marker, x: " " * indent + marker + x,
    st.integers(0, 6),
    st.sampled_from(MARKERS),
    prose | emphasised | label,
)

quoted = st.builds(lambda x: f"> {x}", prose | item)

table = st.lists(sentence, min_size=1, max_size=3).map(lambda c: "| " + " | ".join(c) + " |")

rule = st.sampled_from(["---", "***", "| --- | --- |", "12", "- 3 -", "===", ""])

anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)

layout = st.one_of(
    prose, emphasised, label, heading, setext, item, item, item, quoted, table, rule, anything
)

line_end = st.sampled_from(
    ["\n", "\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", "\u2028"]
)

texts = st.lists(st.tuples(layout, line_end), max_size=14).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
