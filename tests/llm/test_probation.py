"""A run of which nothing can be used stops early; one that finds nothing, or little, goes on."""

from __future__ import annotations

import pytest

from annotate.errors import Stopped
from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.conftest import Command
from tests.support.endpoints import Place, report, statuses, truthful

COUNT = 60
SYSTEMATIC: dict[str, tuple[Behaviour, str, int]] = {
    "broken": (b.changed(lambda item: item.update(effects=["odd"])), "effects", 3),
    "invented": (b.invented_quotes(), "the quoted words are not in the text", 3),
    "refused": (b.refused(), "the model refused", 1),
    "filtered": (b.content_filtered, "a content filter stopped the answer", 1),
    "empty": (b.empty, "the answer is empty", 3),
    "malformed": (b.saying("I would rather not."), "JSON", 3),
    "cut": (b.truncated(), "token limit", 1),
    "not taken": (b.failing(422, "no"), "422", 1),
}


def texts(count: int = COUNT) -> list[str]:
    """One annotation each, an impact: where it is refused, nothing is left."""
    return [f"Search {n} was slow for a while." for n in range(count)]


@pytest.mark.parametrize("concurrency", [1, 16, 64])
@pytest.mark.parametrize("kind", SYSTEMATIC)
def test_a_systematic_failure_stops_the_run(place: Place, kind: str, concurrency: int) -> None:
    behaviour, reason, answers = SYSTEMATIC[kind]
    with Server(truthful, Rule(behaviour)) as server:
        with pytest.raises(Stopped) as caught:
            place.run(server, place.write(*texts()), concurrency=concurrency)
        asked = len(server.chats)
    assert 8 <= asked <= 8 * answers
    assert "nothing that can be used came of 8 of the first 8 chunks" in str(caught.value)
    assert reason in str(caught.value)
    assert "try " in str(caught.value)
    run = Run(place.folder / "run")
    assert not run.complete
    assert statuses(run).count("unsent") == COUNT - 8


@pytest.mark.parametrize("kind", SYSTEMATIC)
def test_the_same_command_again_pays_for_nothing_it_knows(place: Place, kind: str) -> None:
    behaviour, _, _ = SYSTEMATIC[kind]
    with Server(truthful, Rule(behaviour)) as server:
        paths = place.write(*texts())
        for _ in range(2):
            with pytest.raises(Stopped, match="nothing that can be used"):
                place.run(server, paths)
        again = len({each.body["messages"][1]["content"] for each in server.chats})
        asked = len(server.chats)
    assert again == 8
    if kind != "not taken":  # what got no answer is not in the cache
        assert asked <= 24


def test_whoever_wants_to_goes_on(place: Place) -> None:
    with Server(truthful, Rule(b.refused())) as server:
        run = place.run(server, place.write(*texts()), give_up_after=0)
        assert len(server.chats) == COUNT
    assert set(statuses(run)) == {"refused"}


def test_documents_that_say_nothing_are_no_failure(place: Place) -> None:
    with Server(lambda _: {"annotations": []}) as server:
        run = place.run(server, place.write(*texts()))
        assert len(server.chats) == COUNT
    assert run.complete
    assert set(statuses(run)) == {"ok"}


def test_one_usable_answer_at_the_start_lets_the_others_through(place: Place) -> None:
    refuse = Rule(b.refused(), when=lambda body: "Search 3 " not in str(body["messages"]))
    with Server(truthful, refuse) as server:
        run = place.run(server, place.write(*texts(20)), concurrency=1)
    assert statuses(run).count("refused") == 19


def test_a_run_of_which_hardly_anything_can_be_used_stops_later(place: Place) -> None:
    """Seven of eight among the last 32, wherever they begin."""
    late = Rule(b.refused(), when=lambda body: " early " not in str(body["messages"]))
    early = [f"Search {n} was slow early that day." for n in range(40)]
    with Server(truthful, late) as server:
        with pytest.raises(Stopped, match="nothing that can be used came of 28 of the 32 chunks"):
            place.run(server, place.write(*early, *texts(100)), concurrency=4)
        asked = len(server.chats)
    assert 40 + 28 <= asked <= 40 + 28 + 2 * 4  # and what was under way


def test_every_second_refusal_is_no_reason_to_stop(place: Place) -> None:
    refuse = Rule(b.refused(), when=lambda body: "0 was" in str(body["messages"]))
    with Server(truthful, refuse) as server:
        run = place.run(server, place.write(*(f"Search {n % 2} was slow. {n}" for n in range(80))))
    assert statuses(run).count("refused") == 40


@pytest.mark.parametrize("behaviour", [b.invented_quotes(), b.breaks_schema])
def test_a_few_chunks_of_which_nothing_can_be_used_are_no_complete_run(
    place: Place, behaviour: Behaviour
) -> None:
    paths = place.write(*texts(6))
    with Server(truthful, Rule(behaviour)) as server:
        for _ in range(2):
            done = Command(place.folder)(*place.arguments(server, *paths))
            assert done.returncode == 4
            assert "6 annotations were refused; most often (6): " in done.stderr
            assert "nothing that was answered can be used" in done.stderr
        assert len(server.chats) <= 18
    run = Run(place.folder / "run")
    assert statuses(run) == ["partial"] * 6
    assert not run.complete


def test_what_was_paid_for_before_is_read_to_its_end(place: Place) -> None:
    """Nothing is held back where all answers are in the cache already."""
    paths = place.write(*texts(12), *(report(n) for n in range(12)))
    refuse = Rule(b.refused(), when=lambda body: "for a while" in str(body["messages"]))
    with Server(truthful, refuse) as server:
        first = place.run(server, paths, give_up_after=0)
        again = place.run(server, paths, out="again")
        assert len(server.chats) == 24
    assert statuses(first) == statuses(again)


def test_the_message_holds_no_word_of_the_model(place: Place) -> None:
    def change(item: dict[str, object]) -> None:
        item.update({"category": "impact", "effects": ["SECRET"], "SECRET": 1})

    with Server(truthful, Rule(b.changed(change))) as server:
        done = Command(place.folder)(*place.arguments(server, *place.write(*texts(20))))
    assert done.returncode == 5
    assert "SECRET" not in done.stderr
