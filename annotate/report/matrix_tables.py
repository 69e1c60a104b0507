"""Write a matrix of documents and facts as CSV or Parquet: a row a document, a column a fact.

A column is named `category`, `category.attribute=value`, or `category.attribute` where the values
are open. The columns are those of the schema, the same for every run of it. A cell is "stated",
"denied", "both", "silent" or "unknown"; where values are open, what is stated stands behind it in
CSV, and in a column of its own, `category.attribute:values`, in Parquet.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from annotate.files import without_surrogates
from annotate.formats.csv import safe_cell
from annotate.formats.parquet import pyarrow_parquet
from annotate.report.facts import Matrix, Stance
from annotate.report.report import Report
from annotate.scoring.facts import Fact


def matrix_csv(report: Report, matrix: Matrix) -> str:
    """Return a matrix as CSV for spreadsheets, which run none of its cells as a formula."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["document", *(safe_cell(str(fact)) for fact in matrix.facts)])
    for document, row in zip(matrix.documents, matrix.rows, strict=True):
        writer.writerow([safe_cell(document), *(safe_cell(_cell(stance)) for stance in row)])
    return file.getvalue()


def _cell(stance: Stance) -> str:
    return f"{stance.state}: {'|'.join(stance.values)}" if stance.values else stance.state


def matrix_parquet(report: Report, matrix: Matrix) -> bytes:
    """Return a matrix as Parquet.

    Raises:
        UsageError: where pyarrow is not installed.
    """
    pq = pyarrow_parquet()
    import pyarrow as pa

    text = pa.string()
    columns = {"document": pa.array(map(without_surrogates, matrix.documents), text)}
    for position, fact in enumerate(matrix.facts):
        stances = [row[position] for row in matrix.rows]
        name = without_surrogates(str(fact))
        columns[name] = pa.array([each.state for each in stances], text)
        if _is_open(fact):
            values = [list(map(without_surrogates, each.values)) for each in stances]
            columns[f"{name}:values"] = pa.array(values, pa.list_(text))
    file = BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def _is_open(fact: Fact) -> bool:
    return bool(fact.attribute) and not fact.value
