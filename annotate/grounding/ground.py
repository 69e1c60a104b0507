"""Turn the answers of a model into annotations, or say why one is not an annotation.

This is the only way to an annotation, for the offline baseline and for a language model alike. How
a quote is looked up is `annotate.grounding.lookup`, which of several places it gets is
`annotate.grounding.placement`; what is not found is refused and counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from annotate.annotation import Annotation, Evidence
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation, Unit
from annotate.errors import InvalidAnnotation
from annotate.grounding.placement import Citation, Placement
from annotate.schema.categories import Said, Schema
from annotate.schema.spelling import as_spelled


@dataclass(frozen=True, slots=True)
class Rejected:
    """An answered annotation that did not become one.

    Attributes:
        kind: "invalid" where it breaks the schema, "ungrounded" where its quote is not in the text.
        item: the answer as it came.
        problems: one sentence for each problem, worded for the model that has to repair it.
        chunk: index of the chunk.
    """

    kind: Literal["invalid", "ungrounded"]
    item: Any
    problems: tuple[str, ...]
    chunk: int


def ground(
    items: Sequence[Any],
    chunk: Chunk,
    segmentation: Segmentation,
    schema: Schema,
    document: str,
    read_in: Sequence[Unit] | None = None,
) -> tuple[list[Annotation], list[Rejected]]:
    """Turn the items of one answer into annotations of `document`, in the order of the answer.

    Each item is validated, its quote is looked up in the chunk, and the place is widened to whole
    units where the schema declares a unit. Of several places `annotate.grounding.placement` chooses
    one; where the annotator knows the unit that each item was `read_in`, it is the one in there.
    """
    placement = Placement(chunk, segmentation, schema)
    cited: list[tuple[Said, Citation]] = []
    rejected: list[Rejected] = []
    for number, item in enumerate(items):
        # The schema first: the words are looked up for nothing where the item cannot stand anyway.
        try:
            quote, said = _parsed(item, schema)
        except InvalidAnnotation as error:
            rejected.append(Rejected("invalid", item, error.problems, chunk.index))
            continue
        unit = read_in[number] if read_in is not None else None
        citation = placement.take(quote, said.category, unit)
        if citation is None:
            rejected.append(Rejected("ungrounded", item, (_NOT_FOUND,), chunk.index))
            continue
        cited.append((said, citation))
    placement.explain()
    return [_annotation(*each, chunk, segmentation, document) for each in cited], rejected


_NOT_FOUND = (
    "quote: these words are not in the text; copy the words exactly as printed, in one piece, or "
    "leave the annotation out"
)


def _parsed(item: Any, schema: Schema) -> tuple[str, Said]:
    if not isinstance(item, Mapping):
        raise InvalidAnnotation(("an annotation is a JSON object with category and quote",))
    try:
        return _in_schema(item, schema)
    except InvalidAnnotation:
        spelled = as_spelled(item, schema.categories)
        if spelled is None:
            raise
        # What is wrong beyond the spelling is said of the item as it came.
        with suppress(InvalidAnnotation):
            return _in_schema(spelled, schema)
        raise


def _in_schema(item: Mapping[str, Any], schema: Schema) -> tuple[str, Said]:
    quote = item.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        raise InvalidAnnotation(("quote: missing, copy the words that state it",))
    return quote, schema.said({name: value for name, value in item.items() if name != "quote"})


def _annotation(
    said: Said,
    citation: Citation,
    chunk: Chunk,
    segmentation: Segmentation,
    document: str,
) -> Annotation:
    place = citation.place
    evidence = Evidence(
        citation.words,
        chunk.start + place.start,
        chunk.start + place.end,
        place.grounding,
        chunk.index,
        citation.places,
        citation.choice,
    )
    start, end = citation.span  # the evidence keeps what was cited
    return Annotation(
        document,
        start,
        end,
        said.category,
        said.attributes,
        segmentation.text[start:end],
        (evidence,),
    )
