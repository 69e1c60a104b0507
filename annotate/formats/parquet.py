"""Write annotations as Parquet, one row each, in columns that the schema types.

Nested, `attributes` is a struct with one field per attribute and `evidence` a list of structs;
flat, every attribute is a column of its own, and of the evidence only how the weakest citation was
found is left. An attribute that categories type differently, or that is named as a column, is
`<category>.<name>`. The columns are the same for every run of a schema, also where no annotation
has an attribute.

`confidence` says how sure an annotation is, and `value_confidence` how sure each value is, nested
as maps and flat as JSON; `verification` holds the verdict of a model on it, the values that it does
not find supported, and its reason, flat a column `verification.<name>` each. All of these are null
where nobody says. `source` is what is known of the source
of the words (`annotate.formats.metadata`), flat a column `source.<name>` each, and `metadata` holds
as JSON what came with the document. `text_sha256` pins the text that offsets count code points of;
the run's manifest is in the file's metadata, under `annotate`, and under `annotate.silence` by
document on which categories it is silent (`annotate.runs.silence`), in runs of up to 10,000
documents; `tables` have it of any run, as columns. A lone surrogate, which no
column can hold, is U+FFFD.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.annotation import CERTAINTY, VERIFICATION_PARTS, Annotation
from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.files import without_surrogates
from annotate.formats.metadata import SOURCE, source_of
from annotate.runs.found import annotated, silences
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Schema

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 5_000  # of a row group, so that a large run needs little memory
_MOST_SILENCES = 10_000  # documents; whoever opens a file reads all of its metadata
_LEADING = ("document", "text_sha256", "start", "end", "category", "quote", "grounding")
_NUMBERS = ("start", "end")
_Columns = Mapping[tuple[str, str], str]
"""The column of an attribute, by category and name."""


def write_nested(run: Run, selection: Selection, path: Path, schema: Schema) -> int:
    """Write those annotations of a run that are meant, with their evidence; return how many.

    Raises:
        UsageError: where pyarrow is not installed, or a value fits no column.
    """
    return _write(run, selection, path, schema, flat=False)


def write_flat(run: Run, selection: Selection, path: Path, schema: Schema) -> int:
    """Write those annotations of a run that are meant, a column an attribute; return how many.

    Raises:
        UsageError: as `write_nested`.
    """
    return _write(run, selection, path, schema, flat=True)


def _write(run: Run, selection: Selection, path: Path, schema: Schema, *, flat: bool) -> int:
    pq = pyarrow_parquet()
    columns, types = _columns(schema)
    table = _arrow_schema(run, types, flat=flat).with_metadata(_metadata(run, schema))
    rows, count = _rows(run, selection, columns, types, flat=flat), 0
    with pq.ParquetWriter(path, table) as writer:
        while batch := list(islice(rows, _ROWS)):
            writer.write_table(_table(batch, table, run))
            count += len(batch)
    return count


def pyarrow_parquet() -> Any:
    """Return pyarrow's module for Parquet, imported now: it takes a while.

    Raises:
        UsageError: where it is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            "writing Parquet needs pyarrow: pip install 'policy-annotate[parquet]'"
        ) from None
    return pyarrow.parquet


def _table(batch: list[dict[str, Any]], table: pa.Schema, run: Run) -> pa.Table:
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(batch, schema=table)
    except (pa.ArrowException, OverflowError) as error:
        raise UsageError(
            f"{run.path}: a value does not fit the schema's type ({error}); run it again"
        ) from None


def _columns(schema: Schema) -> tuple[_Columns, dict[str, Attribute]]:
    """Return the column of each attribute, and what each column holds, in the schema's order."""
    alike: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    found = [
        (category, attribute)
        for category, model in schema.categories.items()
        for attribute in attributes_of(model)
    ]
    for _, attribute in found:
        alike[attribute.name].add((attribute.kind, attribute.many))
    columns, types = {}, {}
    for category, attribute in found:
        name = attribute.name
        # One column cannot hold two types, and a flat file cannot have two columns of a name.
        plain = len(alike[name]) == 1 and name not in (*_LEADING, *CERTAINTY, "source", "metadata")
        column = name if plain else f"{category}.{name}"
        columns[category, name] = column
        types[column] = attribute
    return columns, types


def _arrow_schema(run: Run, types: Mapping[str, Attribute], *, flat: bool) -> pa.Schema:
    import pyarrow as pa

    text, count = pa.string(), pa.int64()
    evidence = pa.struct(
        [
            ("quote", text),
            ("start", count),
            ("end", count),
            ("grounding", text),
            ("chunk", count),
            ("places", count),
            ("choice", text),
        ]
    )
    attributes = [pa.field(name, _arrow_type(each)) for name, each in types.items()]
    nested = [
        pa.field("attributes", pa.struct(attributes)),
        pa.field("evidence", pa.list_(evidence)),
    ]
    fields = [
        pa.field(name, count if name in _NUMBERS else text, nullable=False) for name in _LEADING
    ]
    came = pa.field("metadata", text)
    sure = pa.field("confidence", pa.float64())
    said = [(name, pa.list_(count) if name == "pages" else text) for name in SOURCE]
    if flat:
        source = [pa.field(f"source.{name}", kind) for name, kind in said]
        certainty = [sure, pa.field("value_confidence", text)]
        certainty += [pa.field(f"verification.{name}", text) for name in VERIFICATION_PARTS]
        return pa.schema([*fields, *attributes, *source, came, *certainty])
    by_value = pa.map_(text, pa.map_(text, pa.float64()))
    kinds = {"values": pa.map_(text, pa.list_(text))}
    said_of_it = pa.struct([(name, kinds.get(name, text)) for name in VERIFICATION_PARTS])
    certainty = [sure, pa.field("value_confidence", by_value)]
    certainty.append(pa.field("verification", said_of_it))
    return pa.schema([*fields, *nested, pa.field("source", pa.struct(said)), came, *certainty])


def _metadata(run: Run, schema: Schema) -> dict[str, str]:
    """Return what is true of a run as a whole, or of a document without any annotation."""
    made = {"annotate": json.dumps(run.manifest, sort_keys=True)}
    if run.manifest["counts"]["documents"] > _MOST_SILENCES:
        return made
    found = {each.id: said.to_json() for each, said in silences(run, schema.categories)}
    return {**made, "annotate.silence": json.dumps(found, sort_keys=True)}


def _arrow_type(attribute: Attribute) -> pa.DataType:
    import pyarrow as pa

    single = {
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "text": pa.string(),
    }[attribute.kind]
    return pa.list_(single) if attribute.many else single


def _rows(
    run: Run,
    selection: Selection,
    columns: _Columns,
    types: Mapping[str, Attribute],
    *,
    flat: bool,
) -> Iterator[dict[str, Any]]:
    for document, annotation in _each(run, selection):
        metadata = document.provenance.metadata
        values = _values(annotation, columns, types)
        row = {
            "document": without_surrogates(annotation.document),
            "text_sha256": document.sha256,
            "start": annotation.start,
            "end": annotation.end,
            "category": without_surrogates(annotation.category),
            "quote": without_surrogates(annotation.quote),
            "grounding": annotation.grounding,
            "metadata": json.dumps(dict(metadata)) if metadata else None,
            "confidence": annotation.confidence,
        }
        source = {
            n: _cells(value) if n != "pages" else value
            for n, value in source_of(document, annotation).items()
        }
        if flat:
            said = annotation.flat_certainty()
            parts = (f"verification.{name}" for name in VERIFICATION_PARTS)
            row |= {name: _cells(said.get(name)) for name in ("value_confidence", *parts)}
            yield row | values | {f"source.{name}": value for name, value in source.items()}
        else:
            evidence = _evidence(annotation)
            row["value_confidence"] = _maps(annotation.value_confidence)
            row["verification"] = _verification(annotation)
            yield row | {"attributes": values, "evidence": evidence, "source": source}


def _each(run: Run, selection: Selection) -> Iterator[tuple[Document, Annotation]]:
    return ((document, each) for document, own in annotated(run, selection) for each in own)


def _evidence(annotation: Annotation) -> list[dict[str, Any]]:
    return [
        {
            "quote": without_surrogates(each.quote),
            "start": each.start,
            "end": each.end,
            "grounding": each.grounding,
            "chunk": each.chunk,
            "places": each.places,
            "choice": each.choice,
        }
        for each in annotation.evidence
    ]


def _maps(by_value: Mapping[str, Mapping[str, float]]) -> list[Any] | None:
    """Return confidences by attribute and value as pairs, as maps are given; None for none."""
    clean = without_surrogates
    return [(clean(n), [(clean(v), c) for v, c in e.items()]) for n, e in by_value.items()] or None


def _verification(annotation: Annotation) -> dict[str, Any] | None:
    """Return what a model said of an annotation, its values as pairs; None where none was asked."""
    said, clean = annotation.verification, without_surrogates
    if said is None:
        return None
    values = [(clean(name), [clean(v) for v in each]) for name, each in said.values.items()]
    return {"verdict": said.verdict, "values": values or None, "reason": clean(said.reason) or None}


def _values(
    annotation: Annotation, columns: _Columns, types: Mapping[str, Attribute]
) -> dict[str, Any]:
    found = {}
    for name, value in annotation.attributes.items():
        column = columns.get((annotation.category, name))
        if column is None:
            raise UsageError(f"{annotation.category}.{name}: is not in this schema; run it again")
        found[column] = _cells(value) if types[column].kind == "text" else value
    return found


def _cells(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_cells(each) for each in value]
    if value is None:
        return None
    return without_surrogates(value if isinstance(value, str) else json.dumps(value))
