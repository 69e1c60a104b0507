"""Labels to score: made by hand, the published vectors, and strategies for any two sides."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from annotate.scoring.labels import Label, Status
from annotate.scoring.outcomes import Outcomes, outcomes
from annotate.scoring.scorer import score
from annotate.scoring.scores import Scores

TEXT = "Data is kept, (mostly). We do not sell it.  \n- Ask us: we delete it."

TEXTS = {"first": "Nothing.", "one": TEXT, "two": TEXT, "last": ""}

Side = Sequence[Label]


def label(
    category: str,
    start: int,
    end: int,
    status: Status = "required",
    document: str = "doc",
    **values: str,
) -> Label:
    """Return a label whose attributes hold each letter of their value."""
    attributes = {name: frozenset(letters) for name, letters in values.items()}
    return Label(document, start, end, category, attributes, status)


def spans(category: str, *ends: tuple[int, int]) -> list[Label]:
    return [label(category, start, end) for start, end in ends]


def scored(gold: Side, predicted: Side) -> Scores:
    """Score labels of one document without a text."""
    return score(gold, predicted, {"doc": None})


VECTORS = {
    "giant": (
        spans("A", *((n, n + 10) for n in (0, 300, 600, 990))),
        spans("A", (0, 1000)),
        1,
        0,
        0,
    ),
    "adjacent": (spans("A", (0, 10)), spans("A", (10, 20)), 0, 0, 0),
    "crossed": (spans("A", (0, 50), (51, 100)), spans("A", (50, 100), (0, 49)), 2, 2, 0),
    "greedy trap": (spans("A", (0, 10), (12, 30)), spans("A", (5, 28), (0, 4)), 2, 1, 0),
    "nested": (spans("A", (0, 100), (20, 40)), spans("A", (20, 45), (0, 100)), 2, 2, 1),
    "triplicate": (spans("A", (0, 10)), spans("A", (0, 10)) * 3, 1, 1, 1),
    "unknown category": (spans("A", (0, 5)), spans("A", (0, 5)) + spans("Z", (0, 5)) * 2, 1, 1, 1),
    "two labels, one span": (
        spans("A", (0, 10)) + spans("B", (0, 10)),
        spans("B", (0, 10)) + spans("A", (0, 10)),
        *(2, 2, 2),
    ),
    "confusion": (spans("A", (0, 10)), spans("B", (0, 10)), 0, 0, 0),
    "split in half": (spans("A", (0, 100)), spans("A", (0, 50), (50, 100)), 1, 0, 0),
    "split 60/40": (spans("A", (0, 100)), spans("A", (0, 60), (60, 100)), 1, 1, 0),
    "count first": (spans("A", (0, 100), (0, 60)), spans("A", (0, 62), (0, 34)), 2, 2, 0),
}

some_labels = st.lists(
    st.builds(
        lambda document, category, start, length, x, y: label(
            category, start, min(start + length, len(TEXT)), document=document, x=x, y=y
        ),
        st.sampled_from(["one", "two"]),
        st.sampled_from("AB"),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 30),
        st.sampled_from(["", "p", "q", "pq", "r"]),
        st.sampled_from(["", "t", "u"]),
    ),
    max_size=10,
)

some_gold = some_labels.flatmap(
    lambda labels: st.tuples(
        *(
            st.sampled_from(["required", "required", "optional"]).map(
                lambda status, each=each: Label(  # type: ignore[misc]
                    each.document, each.start, each.end, each.category, each.attributes, status
                )
            )
            for each in labels
        )
    ).map(list)
)


_crowded = st.builds(
    lambda start, length, values, status: Label(
        "doc", start, start + length, "A", {"x": frozenset(values)} if values else {}, status
    ),
    st.integers(0, 8),
    st.integers(1, 8),
    st.sampled_from(["", "p", "pq", "r"]),
    st.sampled_from(["required", "required", "optional"]),
)
six = st.lists(_crowded, max_size=6)
six_required = st.lists(_crowded.map(lambda each: replace(each, status="required")), max_size=6)
"""Up to six labels of one category in so little room that most of them overlap."""


KNOWN = frozenset("ABCD")


def judged(gold: Side, predicted: Side, ungrounded: frozenset[int] = frozenset()) -> Outcomes:
    """Tell labels of one document without a text apart."""
    texts = {"doc": None}
    pairs = score(gold, predicted, texts).pairs
    return outcomes(gold, predicted, texts, pairs, categories=KNOWN, ungrounded=ungrounded)


def told(gold: Side, predicted: Side) -> Outcomes:
    pairs = score(gold, predicted, TEXTS).pairs
    return outcomes(gold, predicted, TEXTS, pairs, categories=frozenset("A"))
