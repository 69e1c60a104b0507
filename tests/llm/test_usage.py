"""What an answer took is never counted as less than what the endpoint lets one conclude."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import Stopped
from annotate.llm.budget import journal_of, spent
from annotate.llm.responses import read_reply
from annotate.llm.usage import Usage, read_usage
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.endpoints import Place, read, report, truthful
from tests.support.transports import completion


def chat(prompt: Any, completion: Any, total: Any = None, **more: Any) -> dict[str, Any]:
    counts = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": total}
    return {name: count for name, count in counts.items() if count is not None} | more


def thought(tokens: Any) -> dict[str, Any]:
    return {"completion_tokens_details": {"reasoning_tokens": tokens}}


def cached(tokens: Any) -> dict[str, Any]:
    return {"prompt_tokens_details": {"cached_tokens": tokens, "audio_tokens": 0}}


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        (chat(3, 0), Usage(3, 0)),
        (chat(3, 4, 7), Usage(3, 4)),
        (chat(3.0, 4.0), Usage(3, 4)),
        # OpenAI: thoughts and cached tokens are parts of what is counted.
        (chat(3000, 500, 3500, **thought(448), **cached(2048)), Usage(3000, 500, 2048, 448)),
        (chat(3000, 500, 3500, completion_tokens_details=None), Usage(3000, 500)),
        ({"input_tokens": 30, "output_tokens": 40, "total_tokens": 70}, Usage(30, 40)),
        # Gemini, xAI: thoughts stand in the total alone.
        (chat(6000, 20, 12_020), Usage(6000, 6020, 0, 6000)),
        (chat(20, 198, 623, **thought(405)), Usage(20, 603, 0, 405)),
        (chat(21, 0, 81, **thought(60)), Usage(21, 60, 0, 60)),
        (chat(6000, 20, **thought(6000)), Usage(6000, 6020, 0, 6000)),
        (chat(6000, 20, reasoning_tokens=6000), Usage(6000, 6020, 0, 6000)),
        # DeepSeek: what its cache held is a part of the prompt.
        (
            chat(900, 5, 905, prompt_cache_hit_tokens=640, prompt_cache_miss_tokens=260),
            Usage(900, 5, 640),
        ),
        # Anthropic's names: beside the prompt, or a part of it, as the total says.
        (chat(100, 5, cache_read_input_tokens=5000), Usage(5100, 5, 5000)),
        (
            chat(6000, 5, 11_305, cache_read_input_tokens=5000, cache_creation_input_tokens=300),
            Usage(11_300, 5, 5000),
        ),
        (chat(6000, 5, 6005, cache_read_input_tokens=5000), Usage(6000, 5, 5000)),
        (chat(6000, 5, 6005, cache_read_input_tokens=0), Usage(6000, 5)),
        # What is left out follows from the others.
        (chat(None, 5, 6005), Usage(6000, 5)),
        (chat(6000, None, 6005), Usage(6000, 5)),
        (chat(6000, None, 5), Usage(6000, 0)),
        # No numbers of tokens.
        (chat(3, None), None),
        (chat(None, None, 9), None),
        (chat(0, 0, 0), None),
        (chat(3, -1), None),
        (chat(3, 1.5), None),
        (chat(3, "4"), None),
        (chat(True, 1), None),
        (chat(10**400, 1), None),
        (chat(3, float("nan")), None),
        ([3, 4], None),
        (None, None),
    ],
)
def test_usage_is_read_as_it_is_meant(reported: Any, found: Usage | None) -> None:
    assert read_usage({"usage": reported}) == found
    assert read_usage(reported) is None


def test_words_without_a_token_were_not_counted() -> None:
    assert read_reply(completion(usage=chat(30, 0, 30)), {}).usage is None
    assert read_reply(completion("", usage=chat(30, 0, 30)), {}).usage == Usage(30, 0)


COUNT = st.none() | st.integers(-1, 50) | st.floats(0, 50)


@given(COUNT, COUNT, COUNT, COUNT, COUNT, COUNT)
def test_never_less_than_what_is_reported(
    prompt: Any, written: Any, total: Any, thoughts: Any, held: Any, within: Any
) -> None:
    reported = chat(prompt, written, total, cache_read_input_tokens=held)
    used = read_usage({"usage": {**reported, **thought(thoughts), **cached(within)}})
    if used is not None:
        known = [each for each in (prompt, written, total) if each is not None and each % 1 == 0]
        assert all(used.total >= each for each in known)
        assert 0 <= used.cached_tokens <= used.prompt_tokens
        assert type(thoughts) is not int or used.completion_tokens >= thoughts


# ---- In runs ----


def _thinking_apart(tokens: int) -> Behaviour:
    """Count so many tokens in total alone."""

    def count(body: dict[str, Any]) -> dict[str, Any]:
        used = body["usage"]
        return {**body, "usage": {**used, "total_tokens": used["total_tokens"] + tokens}}

    return b.edited(count)


def test_the_ledger_and_the_cost_hold_what_was_thought(place: Place) -> None:
    _, plain, _ = read(place, out="plain", price=(1.0, 10.0))
    _, entry, _ = read(place, _thinking_apart(6000), out="thought", price=(1.0, 10.0))
    assert entry.completion_tokens == plain.completion_tokens + 6000
    assert plain.cost is not None
    assert entry.cost == pytest.approx(plain.cost + 0.06)


def test_a_cap_holds_though_thoughts_stand_in_the_total_alone(place: Place) -> None:
    thoughts, price = 6000, (1.0, 10.0)
    with Server(truthful, Rule(_thinking_apart(thoughts))) as server:
        texts = place.write(*(report(n) for n in range(40)))
        with pytest.raises(Stopped, match="--max-cost"):
            place.run(server, texts, price=price, max_cost=0.5, concurrency=1)
        sent = len(server.chats)
    booked = spent(journal_of(place.folder / "run"))
    billed = sent * thoughts * price[1] / 1e6
    assert 0 < billed <= booked <= 0.5


@pytest.mark.parametrize("usage", [None, {}, chat(0, 0, 0), chat(None, None, 900)])
def test_what_is_not_counted_is_booked_as_reserved(place: Place, usage: Any) -> None:
    behaviour = b.edited(lambda body: {**body, "usage": usage})
    _, entry, (sent,) = read(place, behaviour, price=(1.0, 10.0))
    assert entry.status == "ok"
    most = len(str(sent)) * 0.8 + 256 * 10
    assert entry.cost is not None
    assert entry.cost * 1e6 > most
