"""What to read scores against: how far this gold's labellers agreed, and what humans reach.

Both are content, files beside the gold. `agreement.json` is what `annotate gold agreement --json`
printed for the two passes before adjudication. `yardsticks.json` holds figures from elsewhere, the
source they come from, and what must be said beside the scores of a model:

    {"ceilings": [{"figure": "annotation", "value": 0.5, "condition": "spans as marked"}],
     "source": "…", "caveats": {"<model>": "…"}}

Gold without them has no references; nothing is made up in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, JsonValue, ValidationError

from annotate.errors import UsageError
from annotate.gold.records import first_fault
from annotate.scoring.measures import HEADLINES, MEASURES

AGREEMENT = "agreement.json"
PUBLISHED = "yardsticks.json"

ATTRIBUTE = "attribute"

_PLACES: Mapping[str, tuple[str, ...]] = {
    **{each.name: (*each.place, "f1") for each in MEASURES},
    ATTRIBUTE: ("overall", "attribute", "accuracy"),
}
"""Where a figure stands in scores as JSON."""

FIGURES = tuple(_PLACES)
"""The figures that can have a reference: F1 of each measure, and the accuracy of attributes."""


def _known(figure: str) -> str:
    if figure not in FIGURES:
        raise ValueError(f"no figure {figure!r}; there is {', '.join(FIGURES)}")
    return figure


class Ceiling(BaseModel):
    """What human readers reach."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figure: Annotated[str, AfterValidator(_known)]
    value: float
    condition: str
    """Under which it was measured, in a few words."""


class _Published(BaseModel):
    """What `yardsticks.json` holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ceilings: tuple[Ceiling, ...] = ()
    source: str = ""
    caveats: dict[str, str] = {}


class _Agreed(BaseModel):
    """What of `agreement.json` is read here."""

    model_config = ConfigDict(frozen=True)

    scores: dict[str, Any] = {}
    alpha_by_category: dict[str, float | None] = {}
    unstable: tuple[str, ...] = ()

    def figure(self, *place: str) -> float | None:
        """Return the figure at a place in the scores, None where there is none."""
        found = self._at(place)
        return found if isinstance(found, float | int) else None

    def part(self, *place: str) -> dict[str, Any]:
        """Return what stands at a place in the scores by name, {} where nothing does."""
        found = self._at(place)
        return found if isinstance(found, dict) else {}

    def _at(self, place: Iterable[str]) -> Any:
        found: Any = self.scores
        for name in place:
            found = found.get(name) if isinstance(found, dict) else None
        return found


@dataclass(frozen=True, slots=True)
class References:
    """What to read the scores against one gold against.

    Attributes:
        agreement: of the two passes, by figure.
        attributes: their accuracy, by attribute.
        categories: their F1 of each headline measure, by category.
        supports: how many annotations the first of them has, by category.
        pairs: how many annotations of both were compared, by attribute.
        alpha: their Krippendorff's alpha, by category; None where nothing varies.
        unstable: categories on which they agree too little for a conclusion.
        ceilings: of human readers elsewhere; `source` says where.
        caveats: what must be said beside the scores of a model, by its name.
    """

    agreement: Mapping[str, float] = field(default_factory=dict)
    attributes: Mapping[str, float] = field(default_factory=dict)
    alpha: Mapping[str, float | None] = field(default_factory=dict)
    unstable: tuple[str, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    source: str = ""
    caveats: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    supports: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[str, float] = field(default_factory=dict)

    def ceilings_of(self, figure: str) -> tuple[Ceiling, ...]:
        """Return the ceilings of one figure."""
        return tuple(each for each in self.ceilings if each.figure == figure)

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        return {
            "agreement": dict(self.agreement),
            "attributes": dict(self.attributes),
            "categories": {name: dict(each) for name, each in self.categories.items()},
            "alpha": dict(self.alpha),
            "unstable": list(self.unstable),
            "ceilings": [each.model_dump(mode="json") for each in self.ceilings],
            "source": self.source,
            "caveats": dict(self.caveats),
        }


def read_references(gold: str | Path) -> References:
    """Return the references that stand beside the gold in a folder.

    Raises:
        UsageError: where a file is there and cannot be used.
    """
    agreed = _read(Path(gold) / AGREEMENT, _Agreed)
    known = _read(Path(gold) / PUBLISHED, _Published)
    attributes, categories = agreed.part("overall", "attributes"), agreed.part("by_category")
    figures = {figure: agreed.figure(*place) for figure, place in _PLACES.items()}
    accuracies = {
        name: agreed.figure("overall", "attributes", name, "accuracy") for name in attributes
    }
    return References(
        _stated(figures),
        _stated(accuracies),
        agreed.alpha_by_category,
        agreed.unstable,
        known.ceilings,
        known.source,
        known.caveats,
        {name: _headlines(agreed, name) for name in categories},
        _stated({name: agreed.figure("by_category", name, "support") for name in categories}),
        {name: _pairs(agreed, name) for name in attributes},
    )


def _stated(figures: Mapping[str, float | None]) -> dict[str, float]:
    return {name: value for name, value in figures.items() if value is not None}


def _pairs(agreed: _Agreed, attribute: str) -> float:
    kinds = ("equal", "different", "silent")
    return sum(agreed.figure("overall", "attributes", attribute, each) or 0 for each in kinds)


def _headlines(agreed: _Agreed, category: str) -> dict[str, float]:
    """Return the F1 of the headline measures of one category."""
    places = {each.name: ("by_category", category, *each.place[1:], "f1") for each in HEADLINES}
    return _stated({name: agreed.figure(*place) for name, place in places.items()})


_Content = TypeVar("_Content", bound=BaseModel)


def _read(file: Path, kind: type[_Content]) -> _Content:
    """Return what a file holds, nothing where there is none."""
    try:
        return kind.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return kind()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        raise UsageError(f"{file}: {first_fault(error)}; fix it") from None
