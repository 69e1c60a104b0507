"""A simulated annotator: answers from gold with seeded errors, and looks at the prompt.

It serves to test the whole loop of an evaluation without a model: edit the prompt, run the
evaluation, see the gate fail. A category whose definition is not in the system message is mostly
missed; all else that goes wrong is drawn from a seed.

Not a model and not an estimate of one. It knows the gold, so no figure that it leads to says
anything about quality: it answers only to names with "simulated" in them, and runs, scores and
baselines carry that name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from random import Random
from typing import Any

from annotate.documents.document import Document
from annotate.documents.units import Unit
from annotate.errors import InvalidAnnotation
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, GoldAnnotation, read_gold
from annotate.project.tasks import Task
from annotate.schema.categories import Category, Schema
from annotate.testing.answers import Answer, Body, Reply
from annotate.testing.behaviours import failing
from annotate.testing.judging import judged, listed
from annotate.testing.quoting import document as quoted
from annotate.testing.scripts import first_user_text, texts

MARK = "simulated"
"""What the name of a model holds that this annotator answers to."""

SIMULATED = f"{MARK}-annotator"
"""The name that a server lists for it."""

_OFFERED = re.compile(r'"category": ?\{[^{}]*?"(?:const": ?|enum": ?\[)"([^"]+)"')
_NO_MODEL = failing(
    404,
    f"This is a simulation, not a model: it answers to names with '{MARK}' in them.",
    code="model_not_found",
)


@dataclass(frozen=True, slots=True)
class Errors:
    """How often the simulated annotator errs, each a share from 0 to 1.

    Attributes:
        missed: gold annotations that it leaves out.
        unguided: the same, for a category whose definition is not in the prompt.
        spurious: units on which it states a category that the gold does not have there.
        attribute: annotations with one wrong value, and verdicts that are wrong.
        ungrounded: annotations whose quote stands nowhere; asked again, it quotes them rightly.

    Raises:
        ValueError: for a share outside of 0 to 1.
    """

    missed: float = 0.1
    unguided: float = 0.9
    spurious: float = 0.05
    attribute: float = 0.1
    ungrounded: float = 0.02

    def __post_init__(self) -> None:
        for each in fields(self):
            share = getattr(self, each.name)
            if not 0 <= share <= 1:
                raise ValueError(f"{each.name}={share}: a share is at least 0 and at most 1")


_USUAL = Errors()


class SimulatedAnnotator:
    """A respond function for `Server`: a simulation that answers from gold.

    What it draws depends on the seed, the piece of text, the gold annotation or unit, and how often
    this very request came before: the same sequence of requests gets the same answers, repeats of
    one differ, and a change of the prompt changes nothing but what the prompt no longer explains.

    Args:
        gold: what it answers from.
        schema: the schema of the gold.
        documents: by id; a piece of any other text gets an empty answer.
        errors: how often it errs.
        seed: of all that is drawn.
    """

    def __init__(
        self,
        gold: Gold,
        schema: Schema,
        documents: Mapping[str, Document],
        errors: Errors = _USUAL,
        *,
        seed: int = 0,
    ) -> None:
        self._known = _Knowledge(gold, schema, documents)
        self._errors = errors
        self._seed = seed
        self._came: Counter[str] = Counter()

    @classmethod
    def of(cls, task: Task, errors: Errors = _USUAL, *, seed: int = 0) -> SimulatedAnnotator:
        """Return the simulation of a task from its gold and documents below `eval/`.

        Raises:
            UsageError, DocumentError: where the task has none, or they cannot be read.
        """
        gold = read_gold(task.gold_folder, task.schema)
        sources = read_sources(task.documents_folder)
        named = {name: source.document for name, source in sources.items()}
        return cls(gold, task.schema, named, errors, seed=seed)

    def __call__(self, body: Body) -> Reply:
        """Answer a request for annotations, for the correction of some, or for verdicts."""
        if MARK not in str(body.get("model")).casefold():
            return Answer().but(_NO_MODEL)
        place = self._known.place(quoted(first_user_text(body)))
        if place is None:
            return {"annotations": []}
        if rows := listed(first_user_text(body)):
            draw = Random(f"{self._seed}\n{place.digest}")  # noqa: S311 (no secret)
            gold, wrong = self._known.inside(place), self._errors.attribute
            return {"annotations": [judged(each, gold, wrong, draw) for each in rows]}
        if _asks_again(body):
            return {"annotations": list(self._known.repaired(place, texts(body)[-1]))}
        key = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        seed = f"{self._seed}\n{place.digest}\n{self._came[key]}"
        self._came[key] += 1
        system, schema = texts(body)[0], self._known.schema
        answer = _Answering(
            self._known, place, self._errors, seed, _guided(schema, system), _offered(schema, body)
        )
        return {"annotations": answer.items()}

    def reset(self) -> None:
        """Forget which requests came."""
        self._came.clear()


# ---- What the request says ----


def _guided(schema: Schema, system: str) -> frozenset[str]:
    """Return the categories each line of whose definition stands in the system message.

    A prompt may say a line that several categories share only once.
    """
    words = _folded(system)
    lines = {
        tag: map(_folded, (each.__doc__ or "").splitlines())
        for tag, each in schema.categories.items()
    }
    return frozenset(tag for tag, said in lines.items() if all(line in words for line in said))


def _offered(schema: Schema, body: Body) -> frozenset[str]:
    """Return the categories that the form of the answer has room for; all where it names none."""
    form = json.dumps([body.get("response_format"), body.get("tools")])
    found = {*_OFFERED.findall(form), *_OFFERED.findall(texts(body)[0])}
    return frozenset(found & schema.categories.keys() or schema.categories)


def _asks_again(body: Body) -> bool:
    """Tell whether a request goes on after an answer."""
    return any(each.get("role") == "assistant" for each in body["messages"])


def _folded(text: str) -> str:
    return " ".join(text.split())


# ---- What is known ----


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece stands in a document, in code points."""

    document: str
    start: int
    end: int
    digest: str

    def holds(self, span: GoldAnnotation | Unit) -> bool:
        return self.start <= span.start and span.end <= self.end


class _Knowledge:
    """Gold and documents, looked up by place."""

    def __init__(self, gold: Gold, schema: Schema, documents: Mapping[str, Document]) -> None:
        self.schema = schema
        self.attributes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self._gold: dict[str, list[GoldAnnotation]] = defaultdict(list)
        self._segmentations = {name: each.segmentation for name, each in documents.items()}
        for each in gold.annotations:
            self.attributes[each.category].append(each.attributes)
            self._gold[each.document].append(each)

    def place(self, piece: str) -> _Place | None:
        """Find a piece in the documents."""
        for name, segmentation in self._segmentations.items():
            start = segmentation.text.find(piece) if piece.strip() else -1
            if start >= 0:
                digest = hashlib.sha256(piece.encode("utf-8", "surrogatepass")).hexdigest()
                return _Place(name, start, start + len(piece), digest)
        return None

    def inside(self, place: _Place) -> list[GoldAnnotation]:
        """Return the gold of a place, in text order."""
        return [each for each in self._gold[place.document] if place.holds(each)]

    def units(self, place: _Place) -> Iterator[tuple[Unit, str]]:
        """Yield the units of a place that are not headings, each as printed."""
        segmentation = self._segmentations[place.document]
        for unit in filter(place.holds, segmentation.units):
            if unit.kind != "heading":
                yield unit, segmentation.quote(unit)

    def repaired(self, place: _Place, wanted: str) -> Iterator[Body]:
        """Yield what was quoted wrongly with the words of the text."""
        printed = {_altered(each.quote): each.quote for each in self.inside(place)}
        for line in wanted.split("\n"):
            item = _object(line.removeprefix("- "))
            if item.get("quote") in printed:
                yield {**item, "quote": printed[item["quote"]]}


# ---- What is answered ----


@dataclass(frozen=True, slots=True)
class _Answering:
    """One answer: what the gold says of a place, and what goes wrong with it.

    Attributes:
        guided: categories that the prompt explains.
        offered: categories that the form has room for.
    """

    known: _Knowledge
    place: _Place
    errors: Errors
    seed: str
    guided: frozenset[str]
    offered: frozenset[str]

    def items(self) -> list[Body]:
        """Return the annotations in text order."""
        found = [*self._stated(), *self._made_up()]
        ordered = [item for _, item in sorted(found, key=lambda each: each[0])]
        return [item for item in ordered if item["category"] in self.offered]

    def _stated(self) -> Iterator[tuple[int, Body]]:
        errors = self.errors
        for each in self.known.inside(self.place):
            draw = self._draw(each.id)
            missed = errors.missed if each.category in self.guided else errors.unguided
            if draw.random() < missed:
                continue
            item = {"category": each.category, **each.attributes}
            if draw.random() < errors.attribute:
                item = _misread(self.known.schema, item, draw)
            wrong = draw.random() < errors.ungrounded
            yield each.start, {**item, "quote": _altered(each.quote) if wrong else each.quote}

    def _made_up(self) -> Iterator[tuple[int, Body]]:
        """Yield a category that the gold does not have on a unit, with attributes from elsewhere.

        The category is drawn from all, so that what a prompt explains changes no other draw.
        """
        inside = self.known.inside(self.place)
        for unit, quote in self.known.units(self.place):
            draw = self._draw(f"unit {unit.start}")
            if draw.random() >= self.errors.spurious or not self.known.attributes:
                continue  # gold without a label has nothing to take from elsewhere
            tag = draw.choice(sorted(self.known.attributes))
            attributes = draw.choice(self.known.attributes[tag])
            here = {each.category for each in inside if _touch(each, unit)}
            if tag in self.guided - here:
                yield unit.start, {"category": tag, **attributes, "quote": quote}

    def _draw(self, what: str) -> Random:
        return Random(f"{self.seed}\n{what}")  # noqa: S311 (no secret)


def _touch(annotation: GoldAnnotation, unit: Unit) -> bool:
    return annotation.start < unit.end and unit.start < annotation.end


def _altered(quote: str) -> str:
    """Return a quote with a word that the text does not have there."""
    first, _, rest = quote.partition(" ")
    return f"{first} verily {rest}".rstrip()


def _object(line: str) -> Body:
    try:
        item = json.loads(line)
    except ValueError:
        return {}
    return item if isinstance(item, dict) else {}


def _misread(schema: Schema, item: Body, draw: Random) -> Body:
    """Return an annotation with one wrong value; as it is where the schema allows no other."""
    category = schema.categories[item["category"]]
    names = category.attributes()
    for name in draw.sample(names, k=len(names)):
        for value in _others(category, name, item[name], draw):
            changed = {**item, name: value}
            if _fits(schema, changed):
                return changed
    return item


def _others(category: type[Category], name: str, value: Any, draw: Random) -> list[Any]:
    """Return other values of a closed set, shuffled; open values stay as they are."""
    if isinstance(value, bool):
        return [not value]
    members = [str(each) for each in category.values_of(name) or ()]
    several = name in category.sets()
    others: list[Any] = [[each] if several else each for each in members]
    return [each for each in draw.sample(others, k=len(others)) if each != value]


def _fits(schema: Schema, item: Body) -> bool:
    try:
        schema.parse(item)
    except InvalidAnnotation:
        return False
    return True
