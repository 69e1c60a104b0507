"""A run stops where going on would only repeat a failure, and not before."""

import pytest

from annotate.errors import CacheError, Stopped
from annotate.llm.breaker import Breaker
from annotate.llm.causes import Cause
from annotate.llm.errors import CallFailed

DOWN = CallFailed("the endpoint answered 503 (6 attempts)", exhausted=True)
UNSUPPORTED = CallFailed("the endpoint refuses the request (400)", cause=Cause.MODE)


def test_it_lets_requests_through() -> None:
    breaker = Breaker(4)
    breaker.check()
    assert breaker.stopped is None


def test_what_it_was_stopped_for_stays_and_nothing_goes_through() -> None:
    breaker = Breaker(4)
    first = CacheError("the cache is damaged")
    breaker.stop(first)
    breaker.stop(Stopped("another reason"))
    assert breaker.stopped is first
    with pytest.raises(Stopped, match="the run was stopped before this request"):
        breaker.check()


@pytest.mark.parametrize(("concurrency", "most"), [(1, 16), (4, 16), (8, 16), (9, 18), (64, 128)])
def test_so_many_calls_in_a_row_without_an_answer_stop_a_run(concurrency: int, most: int) -> None:
    breaker = Breaker(concurrency)
    for _ in range(most - 1):
        breaker.failed(DOWN)
    breaker.check()
    breaker.failed(DOWN)
    said = f"{most} requests in a row got no answer, the last: {DOWN}; the same command goes on"
    assert str(breaker.stopped) == said


def test_failures_with_answers_between_them_do_not_stop_a_run() -> None:
    breaker = Breaker(2)
    for _ in range(20):
        for _ in range(15):
            breaker.failed(DOWN)
        breaker.answered()
    breaker.check()


def test_requests_that_are_refused_alone_do_not_stop_a_run() -> None:
    breaker = Breaker(1)
    for _ in range(100):
        breaker.failed(CallFailed("the endpoint refuses the request (400)"))
    breaker.check()


def test_a_form_that_is_not_supported_stops_a_run_at_once_unless_it_was_answered_before() -> None:
    breaker = Breaker(4)
    breaker.answered()
    breaker.failed(UNSUPPORTED)
    breaker.check()
    breaker = Breaker(4)
    breaker.failed(UNSUPPORTED)
    assert str(breaker.stopped) == str(UNSUPPORTED)
