"""Polarity in the lexicon of privacy policies: in passages with a reader's verdict, and in a grid.

`tests/lexicon/polarity/seen.jsonl` and the tables of a sight are by readers who knew nothing of the
lexicon. The cues were written with the first in sight. `first_sight.jsonl` and `second_sight.jsonl`
were tried only afterwards, when 44 and then 40 of their 50 were right; what was wrong was mended
then. `third_sight.jsonl` and `fourth_sight.jsonl` were tried after that, when 47 and 44 of their 50
were right; nothing was mended, so that they stay a measure of what the cues do not know.
`variations.jsonl` and `vocabulary.jsonl` are by those who wrote the cues, and not all of them is
right. `tests.support.polarity_table` says what right is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.polarity_table import judge, read_table, report
from tests.support.policy_lexicon import annotated

# Where the codebook says something else than the reader did, who did not know it.
BY_THE_CODEBOOK = {
    "pol-010": "a sentence about children is `audience` alone",
    "pol-012": "what the main clause presupposes is not annotated",
    "pol-134": "what a merger would bring is `sharing`",
}
# Tables that no cue was written with, by the share that was right when they were first tried, less
# what a change elsewhere may cost.
UNSEEN = {"third_sight": 0.9, "fourth_sight": 0.85}
TABLES = Path(__file__).parents[1] / "lexicon" / "polarity"


@pytest.mark.parametrize("table", sorted(TABLES.iterdir()), ids=lambda path: path.stem)
def test_passages_have_the_polarity_that_a_reader_gave_them(table: Path) -> None:
    share = UNSEEN.get(table.stem, 0.95)
    verdicts = judge(each for each in read_table(table) if each.id not in BY_THE_CODEBOOK)
    strong = [verdict for verdict in verdicts if not verdict.weak]
    for counted in (verdicts, strong):
        assert sum(each.right for each in counted) >= share * len(counted), report(verdicts)


def polarities(text: str) -> set[tuple[str, str]]:
    return {(item["category"], item["polarity"]) for item in annotated(text) if "polarity" in item}


# A practice by category: its base form, participle, gerund, past form and object.
PRACTICES = {
    "collection": ("collect", "collected", "collecting", "collected", "your location", ""),
    "use": ("use", "used", "using", "used", "your data", "for advertising"),
    "sharing": ("share", "shared", "sharing", "shared", "your photos", "with third parties"),
}
AFFIRMED, DENIED, NEITHER = ("affirmed",), ("denied",), ()
CONSTRUCTIONS = {
    "We {base} {it} {how}.": AFFIRMED,
    "We not only {base} {it} {how}.": AFFIRMED,
    "We do not just {base} {it} {how}, we do more.": AFFIRMED,
    "We cannot help you without {gerund} {it} {how}.": AFFIRMED,
    "We have not stopped {gerund} {it} {how}.": AFFIRMED,
    "If you do not object, we {base} {it} {how}.": AFFIRMED,
    "Although you do not notice, we {base} {it} {how}.": AFFIRMED,
    "We do not do this by hand, so we {base} {it} {how}.": AFFIRMED,
    "We do not {base} {it} {how} solely for fun; it has other reasons.": AFFIRMED,
    "Do we {base} {it} {how}? Yes.": AFFIRMED,
    "Do we {base} {it} {how}? Of course we do.": AFFIRMED,
    "We do not {base} {it} {how}.": DENIED,
    "We don’t {base} {it} {how}.": DENIED,
    "We never {base} {it} {how}.": DENIED,
    "We no longer {base} {it} {how}.": DENIED,
    "We stopped {gerund} {it} {how} in 2020.": DENIED,
    "We have ceased {gerund} {it} {how}.": DENIED,
    "We refrain from {gerund} {it} {how}.": DENIED,
    "Under no circumstances do we {base} {it} {how}.": DENIED,
    "At no time will we {base} {it} {how}.": DENIED,
    "There is no case in which we {base} {it} {how}.": DENIED,
    "We do not sleep, nor do we {base} {it} {how}.": DENIED,
    "We have decided not to {base} {it} {how}.": DENIED,
    "Until 2019 we {past} {it} {how}, but this has ended.": DENIED,
    "We used to {base} {it} {how}. We no longer do.": DENIED,
    "Other companies {base} {it} {how}; we do not.": DENIED,
    "Even if we merge one day, we will not {base} {it} {how}.": DENIED,
    "Before 2015, we {past} {it} {how}, but this has ended.": DENIED,
    "Do we {base} {it} {how}? No.": DENIED,
    "Do we {base} {it} {how}? The answer is no.": DENIED,
    "## Do we {base} {it} {how}?\n\nNo, we do not.": DENIED,
    "**Do we {base} {it} {how}?** Never.": DENIED,
    "We do not:\n\n- {base} {it} {how}": DENIED,
    "We will never:\n\n- {base} {it} {how}": DENIED,
    "Under no circumstances do we:\n\n- {base} {it} {how}": DENIED,
    "In the past, we {past} {it} {how}.": NEITHER,
    "Ten years ago, we {past} {it} {how}.": NEITHER,
    "Before 2015, we {past} {it} {how}.": NEITHER,
    "Until March 2019, we {past} {it} {how}.": NEITHER,
    "In earlier versions of our service we {past} {it} {how}.": NEITHER,
    "Formerly, we {past} {it} {how}.": NEITHER,
    "We used to {base} {it} {how}.": NEITHER,
    "Many companies {base} {it} {how}.": NEITHER,
    "Do we {base} {it} {how}?": NEITHER,
    "Do we {base} {it} {how}? Many ask us.": NEITHER,
    "Should we ever {base} {it} {how}, you will hear from us.": NEITHER,
    "If we were ever to {base} {it} {how}, we would tell you.": NEITHER,
    "New laws may one day require us to {base} {it} {how}.": NEITHER,
    "In future, we might {base} {it} {how}.": NEITHER,
    "If we ever launch a shop, we may {base} {it} {how}.": NEITHER,
    "Please do not {base} {it} {how}.": NEITHER,
}


@pytest.mark.parametrize("category", PRACTICES)
@pytest.mark.parametrize("construction", CONSTRUCTIONS)
def test_a_construction_has_its_polarity_in_every_category(
    category: str, construction: str
) -> None:
    base, participle, gerund, past, it, how = PRACTICES[category]
    text = construction.format(
        base=base, participle=participle, gerund=gerund, past=past, it=it, how=how
    ).replace(" .", ".")
    found = {polarity for tag, polarity in polarities(text) if tag == category}
    assert found == set(CONSTRUCTIONS[construction]), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use cookies.", {("tracking", "affirmed")}),
        ("We do not use cookies.", {("tracking", "denied")}),
        ("We no longer use cookies.", {("tracking", "denied")}),
        ("Under no circumstances do we use cookies.", {("tracking", "denied")}),
        ("Do we use cookies? No.", {("tracking", "denied")}),
        ("Do we use cookies?", set()),
        ("Until 2019 we used cookies; this has ended.", {("tracking", "denied")}),
        ("We never transfer your data to other countries.", {("transfer", "denied")}),
        ("We do not transfer your data to the United States.", {("transfer", "denied")}),
        ("Do we transfer your data to other countries? No.", {("transfer", "denied")}),
        ("Do we transfer your data to other countries?", set()),
        (
            "We do not transfer your data to:\n\n- the United States\n- India",
            {("transfer", "denied")},
        ),
        ("Your data never leaves the European Union.", {("transfer", "denied")}),
        # What none of the passages has: a sale and a disclosure side by side.
        ("We share your data with partners who do not sell it.", {("sharing", "affirmed")}),
        ("Information we do not collect:\n\n- your age", {("collection", "denied")}),
        ("We collect:\n\n- your name\n- no payment data", {
            ("collection", "affirmed"), ("collection", "denied")
        }),
    ],
)  # fmt: skip
def test_tracking_and_transfer_have_their_polarity_too(
    text: str, expected: set[tuple[str, str]]
) -> None:
    assert polarities(text) == expected


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("We store your card number for 30 days.", True),
        ("We do not store your card number.", False),
        ("We keep your messages until you delete them.", True),
        ("We no longer keep your data after 30 days.", False),
        ("We keep your data for no longer than 30 days.", True),
        ("We do not delete your data before two years have passed.", True),
        ("In the past, we kept logs for two years.", False),
        ("How long do we keep your data?", False),
        ("How long do we keep your data? Two years.", True),
    ],
)
def test_retention_has_no_polarity_and_is_left_out_where_it_is_denied(
    text: str, stated: bool
) -> None:
    assert any(item["category"] == "retention" for item in annotated(text)) is stated
