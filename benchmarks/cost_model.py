"""Say what a corpus costs: requests, tokens, dollars, time, disk and cores.

    python benchmarks/cost_model.py [--policies 1000000] [--characters N] [--price 0.25,2] ...

What a policy takes is measured on the spot: the recorded answers of `eval/answers` are read through
the tool as a model's would be, for the five sample policies with the shipped prompt. Everything
else follows by multiplication; what is not measured here (price, limits of the endpoint, the
processor time of a request) is an argument.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import annotate
from annotate.llm.bounds import shared_characters
from annotate.llm.cache.exchange import import_answers
from annotate.llm.cache.store import Cache
from annotate.llm.estimate import CHARACTERS_A_TOKEN, estimate
from annotate.llm.pricing import Price
from annotate.llm.usage import Usage
from annotate.pipeline.missing import missing_requests

_EVAL = Path(__file__).resolve().parents[1] / "eval"
_ANSWERS = _EVAL / "answers" / "privacy_policy" / "v3-12000.jsonl.xz"
_ASKED: dict[str, Any] = {
    "task": "privacy_policy",
    "model": "claude",
    "identity": "claude",
    "mode": "json_schema",
    "prompt": "v3",
}
_SCALE = 1_000  # policies that are priced together, since tokens are whole
LIMITS = ((500, 500_000), (10_000, 10_000_000), (30_000, 150_000_000))
"""Requests and tokens a minute: about what hosted endpoints grant at first, later, and at most."""

T = TypeVar("T", int, float)


@dataclass(frozen=True, slots=True)
class Policy:
    """What one policy takes on the average.

    Attributes:
        characters: of its text.
        requests: of one sample, where no answer needs a repair.
        shared: tokens of a prompt that an endpoint may have cached: what all requests begin with.
        own: tokens of its prompts that no other policy's have, its text among them.
        written: tokens of its answers.
        run, cache: bytes on disk, in the run folder and in the cache of answers.
    """

    characters: float
    requests: float
    shared: float
    own: float
    written: float
    run: float
    cache: float

    def of_length(self, characters: float) -> Policy:
        """Return a policy of another length, which takes in proportion to it.

        One that is shorter than a chunk still takes a request.
        """
        times = characters / self.characters
        requests = max(1.0, self.requests * times)
        return Policy(
            characters,
            requests,
            self.shared,
            self.own * times,
            self.written * times,
            self.run * times,
            self.cache * requests / self.requests,
        )

    @property
    def read(self) -> float:
        """Tokens of its prompts."""
        return self.requests * self.shared + self.own


def measured(place: Path) -> Policy:
    """Measure the five sample policies, with recorded answers; writes below `place`."""
    with Cache(place / "cache") as cache:
        answers = import_answers(cache, _ANSWERS).stored
    documents = [_EVAL / "documents"]
    run = annotate.run(
        documents, out=place / "run", offline=True, cache_dir=place / "cache", **_ASKED
    )
    requests = missing_requests(documents, cache_dir=place / "none", **_ASKED)
    counts, usage = run.manifest["counts"], run.manifest["usage"]
    count = counts["documents"]
    # The first request has no other before it to share with, and the most that any has is its too.
    shared = max(shared_characters(requests)) / CHARACTERS_A_TOKEN
    folder = sum(each.stat().st_size for each in run.path.glob("*.jsonl"))
    return Policy(
        characters=counts["characters"] / count,
        requests=len(requests) / count,
        shared=shared,
        own=(estimate(requests, None).prompt_tokens - len(requests) * shared) / count,
        written=usage["completion_tokens"] / count,
        run=folder / count,
        cache=_size(place / "cache") / answers * len(requests) / count,
    )


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def dollars(policy: Policy, price: Price, batch_rate: float) -> dict[str, float]:
    """Return what a policy costs, by the way in which it is asked."""
    prefix = policy.requests * policy.shared
    plain = Usage(round(policy.read * _SCALE), round(policy.written * _SCALE))
    cached = replace(plain, cached_tokens=round(prefix * _SCALE))
    found = {"every token at its price": price.of(plain) / _SCALE}
    if price.cached is not None:
        found["the prompt cached by the endpoint"] = price.of(cached) / _SCALE
    found["as batches"] = price.times(batch_rate).of(plain) / _SCALE
    if price.cached is not None:
        found["as batches, where those are cached too"] = (
            price.times(batch_rate).of(cached) / _SCALE
        )
    return found


def minutes(policy: Policy, policies: int, rpm: int, tpm: int) -> float:
    """Return how long the limits of an endpoint make a corpus take, in minutes."""
    return max(policies * policy.requests / rpm, policies * (policy.read + policy.written) / tpm)


def tables(policy: Policy, given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of what a corpus takes, as Markdown."""
    n = given.policies
    price = Price(given.price[0], given.price[1], given.cached_price)
    yield from _table(
        ("of each policy", "figure"),
        ("characters", f"{policy.characters:,.0f}"),
        ("requests", f"{policy.requests:.2f}"),
        ("tokens read", f"{policy.read:,.0f}"),
        ("of these the same in every request", f"{policy.requests * policy.shared:,.0f}"),
        ("tokens written", f"{policy.written:,.0f}"),
        ("run folder", f"{policy.run / 1000:,.1f} kB"),
        ("cache of answers", f"{policy.cache / 1000:,.1f} kB"),
    )
    yield from _table(
        (f"{n:,} policies, {_prices(price)}", "US dollars"),
        *(
            (way, f"{n * usd:,.0f}")
            for way, usd in dollars(policy, price, given.batch_rate).items()
        ),
    )
    yield from _table(
        (f"{n:,} policies, the endpoint allows a minute", "time"),
        *(
            (f"{rpm:,} requests, {tpm:,} tokens", _time(minutes(policy, n, rpm, tpm)))
            for rpm, tpm in given.limit or LIMITS
        ),
    )
    asking = n * policy.requests * given.request_ms / 1000 / 60
    reading = n * policy.characters / (given.baseline * 1e6) / 60
    yield from _table(
        (f"{n:,} policies take here", "figure"),
        ("disk, run folder", _bytes(n * policy.run)),
        ("disk, cache of answers", _bytes(n * policy.cache)),
        (f"one core, at {given.request_ms:g} ms a request of a model", _time(asking)),
        (f"one core, offline baseline at {given.baseline:g} MB/s", _time(reading)),
    )


def _table(head: tuple[str, str], *rows: tuple[str, str]) -> Iterator[str]:
    yield f"| {head[0]} | {head[1]} |"
    yield "|---|--:|"
    yield from (f"| {name} | {value} |" for name, value in rows)
    yield ""


def _prices(price: Price) -> str:
    cached = "" if price.cached is None else f", cached {price.cached:g}"
    return f"{price.prompt:g} and {price.completion:g} USD a million tokens{cached}"


def _time(minutes: float) -> str:
    hours = minutes / 60
    return f"{hours:,.1f} hours" if hours < 48 else f"{hours / 24:,.1f} days"


def _bytes(count: float) -> str:
    return f"{count / 1e9:,.0f} GB" if count < 1e12 else f"{count / 1e12:,.1f} TB"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, multiply and print."""
    given = _arguments(arguments)
    with tempfile.TemporaryDirectory() as place:
        policy = measured(Path(place))
    if given.characters:
        policy = policy.of_length(given.characters)
    print("\n".join(tables(policy, given)))


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    add = parser.add_argument
    add("--policies", type=int, default=1_000_000)
    add("--characters", type=float, help="of a policy (default: as the five sample policies)")
    add(
        "--price", type=_pair(float), default=(0.25, 2.0), help="USD a million tokens: read,written"
    )
    add("--cached-price", type=float, default=0.025, help="of what the endpoint has cached")
    add("--batch-rate", type=float, default=0.5, help="price of a batch, as a share")
    add("--limit", type=_pair(int), action="append", help="requests,tokens a minute")
    add("--request-ms", type=float, default=6.0, help="processor time of a request, in ms")
    add("--baseline", type=float, default=0.2, help="MB a second of the offline baseline")
    return parser.parse_args(arguments)


def _pair(kind: type[T]) -> Callable[[str], tuple[T, T]]:
    def parse(text: str) -> tuple[T, T]:
        first, second = text.split(",")
        return kind(first), kind(second)

    return parse


if __name__ == "__main__":
    main()
