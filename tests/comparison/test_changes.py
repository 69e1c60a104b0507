"""The lists of single annotations, from runs that say what the gold says but for one thing."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from annotate.annotation import Annotation
from annotate.comparison.changes import Changes, changes
from annotate.comparison.items import Item
from annotate.evaluation.evaluate import evaluate_predictions
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions, Refused
from annotate.ledger import Entry
from tests.support.noisy import Rates, Said, bench, changed, moved, predictions, say, shuffled

DOCUMENT = "infinitydesk.txt"
SECURITY, RETENTION = "infinitydesk-0043-security-1", "infinitydesk-0056-retention-1"
LISTS = ("fixed", "broken", "flaky", "new_false_positives", "resolved_false_positives")


@pytest.fixture(scope="module")
def perfect() -> dict[str, list[Annotation]]:
    """What the gold says."""
    return say(0, Rates(0, 0, 0, 0, 0))


def evaluated(run: Predictions) -> Evaluation:
    return evaluate_predictions(run, bench().gold, bench().task.schema, bench().documents)


def compared(before: Said | list[Said], after: Said | list[Said]) -> Changes:
    """Compare what one or several repeats of each side say."""
    sides = ([side] if isinstance(side, Mapping) else side for side in (before, after))
    old, new = ([evaluated(predictions(said)) for said in side] for side in sides)
    return changes(old, new)


def at(gold: str) -> tuple[int, int]:
    return next((each.start, each.end) for each in bench().gold.annotations if each.id == gold)


def without(said: Said, gold: str) -> dict[str, list[Annotation]]:
    """Leave out what stands on a gold annotation of the document."""
    return changed(said, lambda each: [] if (each.start, each.end) == at(gold) else [each])


def empty(found: Changes, *but: str) -> bool:
    return not any(getattr(found, name) for name in LISTS if name not in but)


def test_nothing_is_listed_where_nothing_changed(perfect: Said) -> None:
    found = compared(perfect, shuffled(perfect, 1))
    assert empty(found)
    assert found.attribute_flips == ()
    assert {item.gold for item in found.guarded} == {
        each.id for each in bench().gold.annotations if each.must_find
    }


def test_what_is_lost_is_broken_and_what_is_won_is_fixed(perfect: Said) -> None:
    text = bench().texts[DOCUMENT]
    for sides in ((perfect, without(perfect, SECURITY)), (without(perfect, SECURITY), perfect)):
        found = compared(*sides)
        (item,) = found.broken or found.fixed
        assert bool(found.broken) == (sides[0] is perfect)
        assert empty(found, "broken", "fixed")
        start, end = at(SECURITY)
        assert (item.document, item.start, item.end) == (DOCUMENT, start, end)
        assert (item.gold, item.must_find, item.category) == (SECURITY, True, "security")
        assert (item.kind, item.reason) == ("missed", "")
        assert item.quote == text[start:end]
        assert f"{item.leading}{item.quote}{item.trailing}" == text[start - 60 : end + 60]
        assert (item.before, item.after) == ((1, 0) if found.broken else (0, 1))


def test_a_span_cut_short_breaks_one_and_makes_one(perfect: Said) -> None:
    def cut(each: Annotation) -> list[Annotation]:
        short = each.start + 15
        on_it = (each.start, each.end) == at(SECURITY)
        return [replace(each, end=short, quote=each.quote[:15]) if on_it else each]

    found = compared(perfect, changed(perfect, cut))
    assert [(item.gold, item.kind) for item in found.broken] == [(SECURITY, "boundary")]
    (wrong,) = found.new_false_positives
    assert (wrong.kind, wrong.gold, wrong.end - wrong.start) == ("boundary", "", 15)
    assert compared(changed(perfect, cut), perfect).resolved_false_positives == (
        replace(wrong, before=1, after=0),
    )


def test_a_duplicate_is_a_new_false_positive(perfect: Said) -> None:
    twice = changed(
        perfect, lambda each: [each, each] if (each.start, each.end) == at(RETENTION) else [each]
    )
    found = compared(perfect, twice)
    assert [item.kind for item in found.new_false_positives] == ["duplicate"]
    assert empty(found, "new_false_positives")


def test_false_positives_on_nearly_the_same_span_are_the_same_one(perfect: Said) -> None:
    text = bench().texts[DOCUMENT]

    def with_wrong(start: int, end: int) -> Said:
        model = perfect[DOCUMENT][0]
        wrong = replace(model, category="do_not_track", start=start, end=end, quote=text[start:end])
        return {**perfect, DOCUMENT: [*perfect[DOCUMENT], wrong]}

    assert empty(compared(with_wrong(100, 160), with_wrong(105, 165)))
    found = compared(with_wrong(100, 160), with_wrong(300, 360))
    assert [item.start for item in found.new_false_positives] == [300]
    assert [item.start for item in found.resolved_false_positives] == [100]


def test_values_that_differ_are_flips_with_what_the_gold_says(perfect: Said) -> None:
    def said(duration: str | None) -> dict[str, list[Annotation]]:
        def state(each: Annotation) -> list[Annotation]:
            on_it = (each.start, each.end) == at(RETENTION)
            return (
                [replace(each, attributes={**each.attributes, "duration": duration})]
                if on_it
                else [each]
            )

        return changed(perfect, state)

    directions = {
        ("P7Y", "P8Y"): "right→wrong",
        ("P8Y", "P7Y"): "wrong→right",
        ("P8Y", "P9Y"): "wrong→wrong",
        ("P7Y", None): "right→wrong",
    }
    for (before, after), direction in directions.items():
        found = compared(said(before), said(after))
        (flip,) = found.attribute_flips
        assert (flip.item.gold, flip.attribute) == (RETENTION, "duration")
        assert (flip.before, flip.after) == ((before,), (after,) if after else ())
        assert (flip.gold, flip.direction) == (("P7Y",), direction)
        assert empty(found)


# ---- Repeats ----


def test_most_repeats_decide_and_the_rest_is_flaky(perfect: Said) -> None:
    less = without(perfect, SECURITY)
    found = compared([perfect, perfect, less], [less, less, perfect])
    assert [(i.gold, i.before, i.after) for i in found.broken] == [(SECURITY, 2, 1)]
    assert found.flaky == found.broken
    found = compared([perfect, perfect, perfect], [perfect, less, perfect])
    assert found.broken == ()
    assert [(i.gold, i.before, i.after, i.kind) for i in found.flaky] == [
        (SECURITY, 3, 2, "missed")
    ]
    found = compared([perfect, less], [less, less])
    assert (found.broken, len(found.flaky)) == ((), 1)  # found in half of them is not in most


def test_the_numbers_of_repeats_may_differ(perfect: Said) -> None:
    less = without(perfect, SECURITY)
    found = compared([perfect], [less, less, perfect])
    assert [(item.gold, item.before, item.after) for item in found.broken] == [(SECURITY, 1, 1)]


def test_a_flip_compares_what_most_repeats_say(perfect: Said) -> None:
    def eight(each: Annotation) -> list[Annotation]:
        on_it = (each.start, each.end) == at(RETENTION)
        return (
            [replace(each, attributes={**each.attributes, "duration": "P8Y"})] if on_it else [each]
        )

    other = changed(perfect, eight)
    assert compared([perfect] * 3, [perfect, other, perfect]).attribute_flips == ()
    (flip,) = compared([perfect] * 3, [other, other, perfect]).attribute_flips
    assert (flip.before, flip.after) == (("P7Y",), ("P8Y",))


# ---- What has no place ----


def refusing(said: Said, *refused: Refused) -> Evaluation:
    return evaluated(replace(predictions(said), refused=refused))


def test_refused_answers_are_false_positives_at_their_chunk(perfect: Said) -> None:
    answer = Refused(DOCUMENT, 1, "ungrounded", "use", {"category": "use", "quote": "no such"})
    found = changes([refusing(perfect)], [refusing(perfect, answer, answer)])
    start = bench().chunks(DOCUMENT)[1][0]
    assert len(found.new_false_positives) == 2
    item = found.new_false_positives[0]
    assert (item.start, item.end, item.quote, item.kind) == (start, start, "no such", "ungrounded")
    assert empty(changes([refusing(perfect, answer)], [refusing(perfect, answer)]))
    odd = Refused(DOCUMENT, 99, "invalid", "", None)
    (item,) = changes([refusing(perfect)], [refusing(perfect, odd)]).new_false_positives
    assert (item.start, item.quote, item.category, item.kind) == (0, "", "", "invalid")


def test_offsets_outside_of_the_text_list_without_failing(perfect: Said) -> None:
    for by in (10**6, -(10**6)):
        away = {
            name: [moved(each, by) for each in annotations] for name, annotations in perfect.items()
        }
        found = compared(perfect, away)
        assert len(found.broken) > 400
        assert {item.quote for item in found.new_false_positives} == {""}


def test_what_was_missed_in_a_failed_chunk_says_so(perfect: Said) -> None:
    start, end = bench().chunks(DOCUMENT)[0]
    run = predictions(
        changed(perfect, lambda e: [] if e.document == DOCUMENT and e.start < end else [e])
    )

    def failed(entry: Entry) -> Entry:
        inside = entry.document == DOCUMENT and entry.start == start
        return replace(entry, status="failed") if inside else entry

    after = evaluated(replace(run, complete=False, entries=tuple(map(failed, run.entries))))
    found = changes([evaluated(predictions(perfect))], [after])
    assert found.broken
    assert {(item.kind, item.reason) for item in found.broken} == {("missed", "failed")}


def test_lists_stand_in_the_order_of_the_text(perfect: Said) -> None:
    found = compared(perfect, say(1))

    def place(item: Item) -> tuple[str, int, int]:
        return item.document, item.start, item.end

    for name in LISTS:
        items = getattr(found, name)
        assert list(map(place, items)) == sorted(map(place, items))
    assert len(found.broken) > 20 < len(found.new_false_positives)
