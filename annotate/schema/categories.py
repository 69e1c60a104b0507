"""Categories, and the schema that joins them: what may be stated, and how an answer is read.

A project's schema file declares `Values` (closed sets), one `Category` for each kind of annotation,
and one `Schema` that joins them. Definitions stand on the members and in the docstrings, once; the
JSON schema, the prompt, the checks and the messages to a model are generated from them.

This module knows no domain: no category, value or cue word of any schema.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
    create_model,
)
from pydantic.errors import PydanticInvalidForJsonSchema

from annotate.errors import InvalidAnnotation, ProjectError, refuse
from annotate.findings import Finding
from annotate.schema.sayable import unsayable
from annotate.schema.source import finding
from annotate.schema.strict import Unsayable, strict_schema
from annotate.schema.values import Values, compatible


class Category(BaseModel):
    """One kind of annotation. The subclass's docstring is its definition.

    Subclasses set `category` to a `Literal` tag and add attributes: `Several[...]` or
    `AtLeastOne[...]` for sets, a `Values` class, a `bool` or a type of `annotate.schema.types` for
    single values; the string under an attribute is its definition.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, protected_namespaces=()
    )

    category: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let pydantic find the strings under the attributes, also of a file loaded twice.

        It looks them up in the source through a cache that knows one module a file.
        """
        super().__init_subclass__(**kwargs)
        file = getattr(sys.modules.get(cls.__module__), "__file__", None)
        if file:
            # A schema may be loaded under several private names, of which the last one counts.
            inspect.modulesbyfile[os.path.normcase(Path(file).absolute())] = cls.__module__

    counterparts: ClassVar[Mapping[str, str]] = {}
    """What other corpora call this category: {"OPP-115": "Data Retention"}."""

    # What follows from a class is found once: of each annotation it is asked again.
    @classmethod
    @cache
    def tag(cls) -> str:
        """Return the constant that names this category in data."""
        return str(get_args(cls.model_fields["category"].annotation)[0])

    @classmethod
    @cache
    def attributes(cls) -> tuple[str, ...]:
        """Return the names of the attributes, in the order of their declaration."""
        return tuple(name for name in cls.model_fields if name != "category")

    @classmethod
    @cache
    def sets(cls) -> frozenset[str]:
        """Return the names of those attributes that hold several values."""
        return frozenset(
            name
            for name in cls.attributes()
            if get_origin(cls.model_fields[name].annotation) is tuple
        )

    @classmethod
    def values_of(cls, attribute: str) -> type[Values] | None:
        """Return the closed set behind an attribute, or None where its values are open."""
        return _values_in(cls.model_fields[attribute].annotation)

    def attribute_values(self) -> dict[str, JsonValue]:
        """Return the values of all attributes as JSON, in the order of their declaration."""
        return self.model_dump(mode="json", exclude={"category"})


def _values_in(annotation: Any) -> type[Values] | None:
    if isinstance(annotation, type) and issubclass(annotation, Values):
        return annotation
    found = (_values_in(argument) for argument in get_args(annotation))
    return next((values for values in found if values is not None), None)


class Said(NamedTuple):
    """A category by its tag, with the values of its attributes as JSON."""

    category: str
    attributes: Mapping[str, JsonValue]


_MOST_KNOWN = 4096  # annotations that are remembered, of those that differ


@dataclass(frozen=True)
class Schema:
    """A task's categories and how an answer in them is read.

    Args:
        name: the file name of the schema, as in `--task`.
        version: raised when a definition changes what annotators would do.
        practice: the union of the categories, discriminated on `category`.
        unit: "sentence" where a quote stands for the whole sentences or list items that it touches;
            None where it stands for itself.
        description: one sentence for lists and prompts.
    """

    name: str
    version: str
    practice: Any
    unit: Literal["sentence"] | None = None
    description: str = ""
    categories: Mapping[str, type[Category]] = field(init=False)
    _known: dict[bytes, Said] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        union = (
            get_args(self.practice)[0] if get_origin(self.practice) is Annotated else self.practice
        )
        members = get_args(union) or (union,)
        refuse(_unusable(members))
        # What is given is frozen; this is derived from it once.
        object.__setattr__(self, "categories", {member.tag(): member for member in members})

    @cached_property
    def reply_model(self) -> type[BaseModel]:
        """The pydantic model of an answer: `annotations`, each a category with its quote."""
        cited = tuple(_with_quote(member) for member in self.categories.values())
        union: Any = cited[0]
        for member in cited[1:]:
            union = union | member
        # pydantic refuses a discriminator where there is nothing to choose between.
        item = Annotated[union, Field(discriminator="category")] if len(cited) > 1 else union
        return create_model(
            "Annotations",
            __config__=ConfigDict(extra="forbid"),
            __doc__="What the text states. Empty where it states nothing of these categories.",
            annotations=(list[item], Field(description="One entry a statement, in text order.")),  # type: ignore[valid-type]
        )

    @cached_property
    def json_schema(self) -> dict[str, Any]:
        """The JSON schema of an answer, inside the limits of OpenAI's strict mode.

        Raises:
            ProjectError: for attributes of types that none can say.
        """
        try:
            return strict_schema(self.reply_model.model_json_schema())
        except (Unsayable, PydanticInvalidForJsonSchema, RecursionError):
            refuse(unsayable(self.categories.values()))
            raise

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over name, version, unit and JSON schema; free of module names and paths."""
        parts = [self.name, self.version, self.unit, self.json_schema]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def only(self, tags: Iterable[str]) -> Schema:
        """Return the schema of these categories alone."""
        union: Any = None
        for tag in tags:
            union = self.categories[tag] if union is None else union | self.categories[tag]
        return Schema(self.name, self.version, union, self.unit, self.description)

    def parse(self, item: Mapping[str, Any]) -> Category:
        """Validate one answered annotation (without its quote).

        Raises:
            InvalidAnnotation: with one sentence a problem that tells a model what to do.
        """
        tag = item.get("category")
        category = self.categories.get(tag) if isinstance(tag, str) else None
        if category is None:
            known = ", ".join(self.categories)
            raise InvalidAnnotation((f"category: {_shown(tag)} is unknown, use one of {known}",))
        try:
            return category.model_validate(item)
        except ValidationError as error:
            raise InvalidAnnotation(tuple(_problems(error, category))) from None

    def said(self, item: dict[str, Any]) -> Said:
        """Return what one answered annotation says; of equal ones the first alone is validated.

        Raises:
            InvalidAnnotation: as `parse`.
        """
        try:
            key = marshal.dumps(item, 2)  # tells types apart; later versions write references
        except ValueError:  # nested too deep, or of a type that no JSON has
            key = b""
        if (known := self._known.get(key)) is not None:
            return known
        practice = self.parse(item)
        said = Said(practice.tag(), practice.attribute_values())
        if key and len(self._known) < _MOST_KNOWN:
            self._known[key] = said
        return said

    def unite(
        self, category: str, first: Mapping[str, JsonValue], second: Mapping[str, JsonValue]
    ) -> dict[str, JsonValue] | None:
        """Return the attributes of two annotations united, or None where a single value differs.

        A lone value (`unspecified`) gives way to what the other side states.
        """
        model = self.categories[category]
        sets = model.sets()
        if any(first.get(n) != second.get(n) for n in model.attributes() if n not in sets):
            return None
        return {
            name: (
                _union(model.values_of(name), first[name], second[name])
                if name in sets
                else first[name]
            )
            for name in model.attributes()
        }


def _unusable(members: Iterable[Any]) -> Iterator[Finding]:
    """Yield what joins no categories, and categories without a tag of their own."""
    tags: dict[str, None] = {}
    for each in members:
        if not isinstance(each, type) or not issubclass(each, Category):
            said = f"practice: {getattr(each, '__name__', each)!s:.60} is no category"
            remedy = "join classes that are a Category: practice=One | Two"
            if not isinstance(each, type) or each.__module__ == "builtins":
                raise ProjectError(f"{said}; {remedy}")  # whoever loads the file knows its line
            yield finding(each, "", said, remedy)
            continue
        given = get_args(each.model_fields["category"].annotation)
        if len(given) != 1 or not isinstance(given[0], str):
            remedy = (
                f'write category: Literal["{each.__name__.lower()}"] = "{each.__name__.lower()}"'
            )
            yield finding(each, "category", f"category {each.__name__} has no tag", remedy)
        elif given[0] in tags:
            said = f"two categories carry the same tag {given[0]!r}"
            yield finding(each, "category", said, "give this one another tag")
        else:
            tags[given[0]] = None


def _with_quote(category: type[Category]) -> type[Category]:
    quote = Field(
        description="The words of the text that state it, copied exactly, without changes or gaps."
    )
    return create_model(
        category.__name__,
        __base__=category,
        __doc__=category.__doc__,
        # Every field has its description; pydantic would look for more in every frame of the stack.
        __cls_kwargs__={"use_attribute_docstrings": False},
        quote=(str, quote),
    )


def _union(values: type[Values] | None, first: JsonValue, second: JsonValue) -> JsonValue:
    sides = (side for side in (first, second) if isinstance(side, list))
    present = {str(value) for side in sides for value in side}
    if values is None:
        return [*sorted(present)]
    return [*compatible(values, present)]


def _problems(error: ValidationError, category: type[Category]) -> Iterable[str]:
    for detail in error.errors(include_url=False, include_context=False):
        place = ".".join(str(part) for part in detail["loc"]) or category.tag()
        kind = detail["type"]
        if kind == "extra_forbidden":
            attributes = ", ".join(category.attributes())
            yield f"{place}: unknown attribute, {category.tag()} has {attributes}"
        elif kind == "tuple_type":
            yield f"{place}: needs a list"
        elif kind == "missing":
            yield f"{place}: missing, add it"
        elif kind == "enum":
            allowed = ", ".join(str(v) for v in _allowed(category, str(detail["loc"][0])))
            given = _shown(detail["input"])
            yield f"{place}: {given} is not a value of this set, use one of {allowed}"
        else:
            yield f"{place}: {detail['msg'].removeprefix('Value error, ')}"


def _allowed(category: type[Category], attribute: str) -> Iterable[str]:
    return category.values_of(attribute) or ()


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"
