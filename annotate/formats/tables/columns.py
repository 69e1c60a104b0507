"""The columns of the tables, which are the same for every schema and every run.

The columns and what each of them means are a promise: `VERSION` is raised where one goes, or means
something else. One more, behind the others, breaks no query and leaves it as it is.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

VERSION = 1

Kind: TypeAlias = Literal[
    "text",
    "integer",
    "number",
    "boolean",
    "time",
    "texts",
    "integers",
    "attributes",
    "confidences",
]


class Column(NamedTuple):
    """A column: its name, what it holds, and what that means."""

    name: str
    kind: Kind
    meaning: str


MADE = (
    Column("run", "text", "folder of the run, as it was named"),
    Column("task", "text", "name of the task"),
    Column("schema", "text", "hash of its schema"),
    Column("schema_version", "text", "version of the schema; null where it is not at hand"),
    Column("model", "text", "the model, or `lexicon`"),
    Column("prompt", "text", "version of the prompt; null where no model was asked"),
    Column("repeat", "integer", "number of the sample, from 0"),
    Column("date", "time", "when the run was last made or resumed, in UTC; null where unknown"),
)
"""How a run was made; every table begins with it."""

_OF_DOCUMENT = (
    Column("document", "text", "id of the document"),
    Column("text_sha256", "text", "hash of its text"),
    Column("source", "text", "name of the file that it was read from; null where unknown"),
    Column("source_sha256", "text", "hash of the bytes of this file, or of its line"),
    Column("metadata", "text", "what came with it, as JSON; null where nothing did"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "runs": (
        *MADE,
        Column("annotate", "text", "version of the package that wrote it"),
        Column("tables", "integer", "version of these columns"),
        Column("complete", "boolean", "whether all was read and answered"),
        Column("documents", "integer", "documents that were read"),
        Column("unreadable", "integer", "inputs that could not be read"),
        Column("skipped", "integer", "inputs that were not read on purpose"),
        Column("characters", "integer", "of all texts"),
        Column("chunks", "integer", "parts that the texts were read in"),
        Column("annotations", "integer", "what was found"),
        Column("quarantined", "integer", "answers that became no annotation"),
        Column("requests", "integer", "answers used"),
        Column("prompt_tokens", "integer", "of these"),
        Column("completion_tokens", "integer", "of these"),
        Column("cost", "number", "in US dollars; null where no price was known"),
    ),
    "documents": (
        *MADE,
        *_OF_DOCUMENT,
        Column("format", "text", "how it was read: `html`, `pdf`, `text` …"),
        Column("language", "text", "of most of the text; null where it could not be told"),
        Column("characters", "integer", "of the text"),
        Column("pages", "integer", "of its source; 0 where it has none"),
        Column("chunks", "integer", "parts that the text was read in"),
        Column("answered", "integer", "those of them that say something about the text"),
        Column("annotations", "integer", "what was found, whatever was asked for"),
        Column("found", "texts", "categories of these, in the order of the schema"),
        Column("silent", "texts", "categories on which it is silent; null without the schema"),
        Column("unknown", "texts", "not found, and nobody knows; null without the schema"),
        Column("why", "text", "why nobody knows; null where all is known"),
    ),
    "annotations": (
        *MADE,
        *_OF_DOCUMENT,
        Column("number", "integer", "place in the run's annotations, from 0"),
        Column("category", "text", "its tag"),
        Column("attributes", "attributes", "by name, the values as texts; empty: nothing stated"),
        Column("quote", "text", "the words that state it"),
        Column("start", "integer", "where they begin in the text, in code points"),
        Column("end", "integer", "where they end"),
        Column("pages", "integers", "the pages that they stand on"),
        Column("language", "text", "that they are in; null where it could not be told"),
        Column("furniture", "text", "why they are furniture; null where they are not"),
        Column("grounding", "text", "how they were found: `exact`, `folded` or `fuzzy`"),
        Column("ambiguous", "boolean", "whether they may stand for another place as well"),
        Column("evidence", "texts", "the words as they were cited"),
        Column("confidence", "number", "how sure it is, from 0 to 1; null where nobody says"),
        Column("value_confidence", "confidences", "the same by attribute and value, where said"),
        Column("verdict", "text", "of a model that was asked whether it holds; null without"),
        Column("unsupported", "attributes", "values that this model did not find supported"),
        Column("verdict_reason", "text", "why; null where it said none"),
    ),
}
"""Each table and its columns, in their order."""
