"""A language model as an annotator: ask, read, ground, repair, split; each answer paid for once.

Every attempt is a request of its own: looked up in the cache, reserved against the cap, sent,
settled, stored. A repair names only what is wrong with the last answer; the history does not grow.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotate.annotation import Annotation
from annotate.annotator import Outcome, entry_of
from annotate.cache import Cache, Request, Stored
from annotate.chunking import Chunk
from annotate.client import Answer, CallFailed, Client
from annotate.errors import CacheError, Stopped
from annotate.forms import Form, Mode
from annotate.grounding import Rejected, ground
from annotate.ledger import Status
from annotate.limits import Budget, Throttle
from annotate.pricing import Price, most_tokens
from annotate.prompting import Message, Prompt
from annotate.replies import Reading, Usage, read, usage
from annotate.schema import Schema
from annotate.segmentation import Segmentation

log = logging.getLogger("annotate")

_MOST_SPLITS = 4
_TEMPLATE_TOKENS = 512  # what an endpoint's chat template may add to the words that are sent


@dataclass(frozen=True)
class Asking:
    """How requests are made.

    Attributes:
        endpoint: the base URL without credentials, as in keys and reports.
        repairs: how often an answer may be sent back with what is wrong with it.
        offline: a request that is not in the cache is an error.
        retry_failed: ask again what was refused, cut short or could not be read.
    """

    model: str
    endpoint: str
    mode: Mode
    repairs: int = 2
    concurrency: int = 16
    offline: bool = False
    retry_failed: bool = False
    price: Price | None = None


@dataclass
class _Account:
    """What the requests of one chunk took."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0
    invalid: int = 0
    ungrounded: int = 0
    statuses: list[Status] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, stored: Stored) -> None:
        self.requests += 1
        self.seconds += stored.seconds
        if took := usage(stored.reply):
            self.prompt_tokens += took.prompt_tokens
            self.completion_tokens += took.completion_tokens
        if stored.cost is not None:
            self.cost = (self.cost or 0.0) + stored.cost

    def refuse(self, rejected: Sequence[Rejected]) -> None:
        """Count what an answer got wrong, also where a repair mends it later."""
        for each in rejected:
            if each.kind == "invalid":
                self.invalid += 1
            else:
                self.ungrounded += 1

    def end(self, status: Status, note: str = "") -> None:
        self.statuses.append(status)
        if note and note not in self.notes:
            self.notes.append(note)


# From best to worst: a chunk that was read in several parts is as good as its worst part.
_RANK: tuple[Status, ...] = (
    "ok",
    "repaired",
    "partial",
    "truncated",
    "refused",
    "unsent",
    "failed",
)


class LanguageModel:
    """Asks one model with one prompt. Shared by all chunks of a run and by its repeats.

    Attributes:
        sent, cached: requests that went out, and that the cache answered.
        missing: requests that an offline run would have sent, by key.
        stopped: why no further request goes out, None while they do.
    """

    def __init__(
        self,
        asking: Asking,
        prompt: Prompt,
        forms: Mapping[str, Form],
        cache: Cache,
        budget: Budget,
        client: Client,
        requests_a_minute: Throttle,
        tokens_a_minute: Throttle,
    ) -> None:
        self.asking = asking
        self.prompt = prompt
        self.sent = 0
        self.cached = 0
        self.missing: dict[str, Request] = {}
        self.stopped: Stopped | None = None
        self.at_once = 2 * asking.concurrency
        self._forms = forms
        self._cache = cache
        self._budget = budget
        self._client = client
        self._requests_a_minute = requests_a_minute
        self._tokens_a_minute = tokens_a_minute
        self._places = asyncio.Semaphore(asking.concurrency)
        self._under_way: dict[str, asyncio.Future[Stored]] = {}

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> Outcome:
        """Return what the chunk states, validated and grounded; never raises for what was asked."""
        account = _Account()
        annotations: list[Annotation] = []
        rejected: list[Rejected] = []
        for schema in self.prompt.schemas:
            found, refused = await self._read(
                chunk, segmentation, document, schema, repeat, account, _MOST_SPLITS
            )
            annotations.extend(found)
            rejected.extend(refused)
        entry = replace(
            entry_of(chunk, document, annotations, rejected),
            status=max(account.statuses, key=_RANK.index),
            invalid=account.invalid,
            ungrounded=account.ungrounded,
            requests=account.requests,
            prompt_tokens=account.prompt_tokens,
            completion_tokens=account.completion_tokens,
            cost=account.cost,
            seconds=round(account.seconds, 3),
            note="; ".join(account.notes),
        )
        return Outcome(entry, annotations, rejected)

    async def close(self) -> None:
        """Close connections, cache and journal."""
        await self._client.close()
        self._budget.close()
        self._cache.close()

    async def _read(
        self,
        chunk: Chunk,
        segmentation: Segmentation,
        document: str,
        schema: Schema,
        repeat: int,
        account: _Account,
        splits: int,
    ) -> tuple[list[Annotation], list[Rejected]]:
        """Ask for one pass over a chunk, and over its halves where the answer was cut."""
        messages = self.prompt.messages(schema, chunk)
        annotations: list[Annotation] = []
        rejected: list[Rejected] = []
        reading = Reading("malformed")
        sent: Sequence[Message | Mapping[str, Any]] = messages
        for attempt in range(self.asking.repairs + 1):
            body = self._body(schema, sent)
            try:
                stored = await self._ask(Request(body, self.asking.endpoint, repeat), account)
            except (Stopped, CallFailed, OfflineMiss) as error:
                account.end("unsent" if isinstance(error, Stopped) else "failed", str(error))
                return annotations, rejected
            reading = read(stored.reply)
            if reading.outcome == "truncated" and attempt == 0 and splits:
                halves = _halves(chunk, segmentation)
                if halves:
                    for half in halves:
                        found, refused = await self._read(
                            half, segmentation, document, schema, repeat, account, splits - 1
                        )
                        annotations.extend(found)
                        rejected.extend(refused)
                    account.end("repaired", "an answer was cut; the chunk was split")
                    return annotations, rejected
            if reading.outcome in ("refused", "truncated"):
                break
            if reading.outcome == "answer":
                found, refused = ground(reading.items, chunk, segmentation, schema, document)
                account.refuse(refused)
                rejected = refused if attempt == 0 else _unsettled(rejected, found, refused)
                annotations.extend(found)
                if not rejected:
                    account.end("repaired" if attempt else "ok")
                    return annotations, []
            sent = _repair(messages, reading, rejected)
        account.end(*_ending(reading, annotations, rejected))
        return annotations, rejected

    def _body(self, schema: Schema, messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        filled = self._forms[schema.fingerprint].fill(messages)
        parameters = self.prompt.head.parameters.model_dump(mode="json")
        return {"model": self.asking.model, **filled, **parameters}

    async def _ask(self, request: Request, account: _Account) -> Stored:
        """Return the answer: from the cache, from the same request under way, or new."""
        key = request.key()
        under_way = self._under_way.get(key)
        if under_way is None:
            under_way = asyncio.ensure_future(self._answer(request))
            self._under_way[key] = under_way
            under_way.add_done_callback(lambda _: self._under_way.pop(key, None))
        stored = await asyncio.shield(under_way)
        account.add(stored)
        return stored

    async def _answer(self, request: Request) -> Stored:
        kept = self._cache.get(request)
        if kept is not None and not (kept.retry and self.asking.retry_failed):
            self.cached += 1
            return kept
        if self.asking.offline:
            self.missing[request.key()] = request
            raise OfflineMiss("not in the cache, and --offline sends nothing")
        async with self._places:
            return await self._pay(request)

    async def _pay(self, request: Request) -> Stored:
        """Reserve, send, settle, store: in that order, so that no cent goes unaccounted for."""
        if self.stopped is not None:
            raise Stopped("the run was stopped before this request")
        most = self._most(request)
        price = self.asking.price
        try:
            reserved = price.of(most) if price else 0.0
            number = await self._budget.reserve(reserved)
            cost: float | None = None
            try:
                await self._requests_a_minute.take(1)
                tokens = most.prompt_tokens // 4 + most.completion_tokens // 4
                await self._tokens_a_minute.take(tokens)
                answer = await self._send(request)
                took = usage(answer.reply)
                cost = price.of(took) if price and took else None
                if took:
                    used = took.prompt_tokens + took.completion_tokens
                    self._tokens_a_minute.settle(tokens, used)
            finally:
                self._budget.settle(number, reserved, cost)
        except Stopped as error:
            self._stop(error)
            raise
        reading = read(answer.reply)
        stored = Stored(answer.reply, cost, answer.seconds, reading.outcome != "answer")
        try:
            self._cache.put(request, stored)
        except CacheError as error:
            # The answer is used; nothing more is bought that could not be kept.
            self._stop(Stopped(str(error)))
        return stored

    async def _send(self, request: Request) -> Answer:
        self.sent += 1
        return await self._client.ask(request.body)

    def _stop(self, reason: Stopped) -> None:
        if self.stopped is None:
            self.stopped = reason
            log.info("no further requests: %s", reason)

    def _most(self, request: Request) -> Usage:
        words = json.dumps(request.body, ensure_ascii=False)
        allowed = self.prompt.head.parameters.max_completion_tokens
        return Usage(most_tokens(words) + _TEMPLATE_TOKENS, allowed)


class OfflineMiss(Exception):
    """A request that is not in the cache of an offline run."""


def _halves(chunk: Chunk, segmentation: Segmentation) -> list[Chunk]:
    """Cut a chunk in two between units, near its middle; [] where it is one unit."""
    starts = [segmentation.units[i].start for i in chunk.units][1:]
    middle = (chunk.start + chunk.end) // 2
    inside = [start for start in starts if chunk.start < start < chunk.end]
    if not inside:
        return []
    cut = min(inside, key=lambda start: abs(start - middle))
    first = [i for i in chunk.units if segmentation.units[i].start < cut]
    border = first[-1] + 1
    text = segmentation.text
    needed = {
        outer.index
        for i in range(border, chunk.units.stop)
        for outer in segmentation.context(segmentation.units[i])
        if outer.start < cut
    }
    context = tuple(segmentation.quote(segmentation.units[i]) for i in sorted(needed))
    return [
        replace(
            chunk, end=cut, text=text[chunk.start : cut], units=range(chunk.units.start, border)
        ),
        replace(
            chunk,
            start=cut,
            text=text[cut : chunk.end],
            units=range(border, chunk.units.stop),
            context=context,
        ),
    ]


def _repair(
    messages: Sequence[Message], reading: Reading, rejected: Sequence[Rejected]
) -> list[Mapping[str, Any]]:
    """Return the messages that send the last answer back with what is wrong with it."""
    if reading.outcome == "answer":
        listed = "\n".join(
            f"- {json.dumps(each.item, ensure_ascii=False)}\n  {' '.join(each.problems)}"
            for each in rejected
        )
        wanted = (
            "These annotations cannot be used:\n"
            f"{listed}\n"
            "Answer in the same form with the corrected annotations alone, in this order. Leave "
            "out what the text does not state. All other annotations are kept."
        )
    else:
        wanted = (
            f"Your answer cannot be used: {reading.problem}. Answer again, in the form asked for."
        )
    if reading.tool_call:
        call = {
            "id": reading.tool_call,
            "type": "function",
            "function": {"name": "Annotations", "arguments": reading.content},
        }
        answered: list[Mapping[str, Any]] = [
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": reading.tool_call, "content": wanted},
        ]
        return [*messages, *answered]
    said = reading.content or "(no answer)"
    return [
        *messages,
        {"role": "assistant", "content": said},
        {"role": "user", "content": wanted},
    ]


def _unsettled(
    before: Sequence[Rejected], found: Sequence[Annotation], refused: Sequence[Rejected]
) -> list[Rejected]:
    """Return what is still refused after a repair: what came back wrong, and what never came back.

    Corrections answer rejected annotations in order; one of the same category settles one.
    """
    open_ = list(before)
    answered = [a.category for a in found] + [_category(each.item) for each in refused]
    for category in answered:
        match = next((each for each in open_ if _category(each.item) == category), None)
        if match is None and open_:
            match = open_[0]
        if match is not None:
            open_.remove(match)
    return [*refused, *open_]


def _category(item: Any) -> str:
    return str(item.get("category")) if isinstance(item, Mapping) else ""


def _ending(
    reading: Reading, annotations: Sequence[Annotation], rejected: Sequence[Rejected]
) -> tuple[Status, str]:
    if reading.outcome == "refused":
        return "refused", reading.problem
    if reading.outcome == "truncated":
        return "truncated", reading.problem
    if reading.outcome == "malformed" and not rejected:
        return "failed", reading.problem
    return "partial", f"{len(rejected)} annotations could not be used"
