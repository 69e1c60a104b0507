"""The lexicon as an annotator: grounded annotations, and the same ones each time."""

import asyncio

from annotate.annotator import ChunkResult
from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.lexicon.annotator import LexiconAnnotator
from annotate.lexicon.lexicon import Lexicon
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS, REPORT

LEXICON = Lexicon.load(INCIDENTS / "schemas" / "incident_report.lexicon.toml", SCHEMA)


def annotated(size: int) -> list[ChunkResult]:
    segmentation = segment(REPORT)
    annotator = LexiconAnnotator(LEXICON, SCHEMA)

    async def results() -> list[ChunkResult]:
        chunks = chunk(segmentation, size)
        found = [await annotator.annotate(each, segmentation, "report", 0) for each in chunks]
        await annotator.close()
        return found

    return asyncio.run(results())


def test_every_item_becomes_an_annotation_of_a_whole_unit() -> None:
    (result,) = annotated(4000)
    assert result.rejected == []
    assert (result.entry.status, result.entry.annotations) == ("ok", len(result.annotations))
    assert {each.category for each in result.annotations} == {"impact", "cause", "action"}
    for each in result.annotations:
        assert REPORT[each.start : each.end] == each.quote
        assert each.evidence[0].grounding == "exact"


def test_items_take_from_a_stem_in_a_chunk_before_theirs() -> None:
    whole = [each.quote for result in annotated(4000) for each in result.annotations]
    parts = annotated(100)
    assert len(parts) > 3
    assert [each.quote for result in parts for each in result.annotations] == whole


def test_the_same_text_gives_the_same_annotations() -> None:
    assert annotated(4000) == annotated(4000)
