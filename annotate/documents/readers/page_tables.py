"""Read tables: each cell is a block that knows what heads it."""

from __future__ import annotations

from annotate.documents.readers import numbering
from annotate.documents.readers.open_page import End, OpenPage
from annotate.documents.readers.page_blocks import begin_definitions
from annotate.documents.readers.page_furniture import Attributes
from annotate.documents.readers.tables import Table


def begin_table(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a table."""
    place = page.to.place
    if place.table:  # a table in a cell: the outer one lays out the page
        place = page.leave_table()
    if attributes.get("role") in ("presentation", "none"):
        page.tables.append(Table(0))  # its cells are blocks
    else:
        page.table_count += 1
        page.tables.append(Table(page.table_count))
    end_place = page.within(place)

    def end() -> None:
        end_place()
        page.tables.pop()
        page.to.end_block()

    return end


def begin_columns(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a part of a table, or a list of terms."""
    if tag == "dl":
        return begin_definitions(page)
    page.end_block()
    if page.tables:
        page.tables[-1].in_head = tag == "thead"

    def end() -> None:
        page.end_block()
        if page.tables:
            page.tables[-1].in_head = False

    return end


def begin_row(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a row."""
    page.end_block()
    if page.tables:
        page.tables[-1].begin_row()
    return page.end_block


def begin_cell(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a cell."""
    table = page.tables[-1] if page.tables else None
    if table is None or not table.number:
        page.end_block()
        return page.end_block
    role = attributes.get("role", "")
    cell = table.begin_cell(
        numbering.number(attributes.get("colspan")),
        numbering.number(attributes.get("rowspan")),
        is_head=tag == "th" or role in ("columnheader", "rowheader"),
        scope="row" if role == "rowheader" else attributes.get("scope", "").lower(),
    )
    place = page.to.place._replace(
        kind="head" if cell.is_head else "cell",
        table=table.number,
        row=cell.row,
        column=cell.column,
        columns=cell.columns,
        rows=cell.rows,
    ).headed(*cell.heads)
    end_place = page.within(place)
    position = len(page.to.blocks)

    def end() -> None:
        end_place()
        count = len(page.to.blocks) - position
        if count and page.to.blocks[position].table == table.number:
            # A line in bold above others heads the row as a cell of its own would.
            strong = page.to.blocks[position].strong
            words = page.to.words_of(position) if count == 1 or strong else ""
            table.end_cell(cell, position, words, strong=strong)

    return end
