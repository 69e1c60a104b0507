"""A document with its highlights as plain HTML: no script, no style sheet, nothing to click.

For places that take both out of a page, such as notebooks on code hosting sites: what is left there
even without the inline styles is marked words, each behind the code of its category.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape
from pydantic import JsonValue

from annotate.formatting import visible
from annotate.viewer import origin
from annotate.viewer.content import Content, Drawn
from annotate.viewer.layout import Block, Piece
from annotate.viewer.legend import Legend, stated
from annotate.viewer.marks import Mark
from annotate.viewer.palette import HUES, Sign

_PAPER = (
    "background:#fff;color:#1b1d21;font:16px/1.7 Georgia,serif;padding:16px 24px;max-width:46em"
)
_CODE = "font:600 10px sans-serif;margin-right:3px"
_SMALL = "font:13px/1.8 sans-serif"
_LABEL = "font:600 11px sans-serif;color:#565b63;margin-top:16px"
_TABLE = "border-collapse:collapse;margin:8px 0"
_CELL = "border:1px solid #c9c9c2;padding:4px 8px;text-align:start;vertical-align:top"
_BLOCKS = {
    "heading": "font-weight:bold;margin:16px 0 8px",
    "item": "margin:4px 0 4px {indent}px",
    "cell": "margin:0",
    "summary": "font-weight:bold;margin:8px 0",
    "term": "font-weight:bold;margin:8px 0 4px",
    "definition": "margin:4px 0 8px 20px",
}


def still(content: Content) -> str:
    """Return a document with its highlights; of several documents, what was found in them."""
    if len(content.documents) == 1:
        return _document(content.documents[0], content.legend)
    return _table(content)


def _document(drawn: Drawn, legend: Legend) -> str:
    shown = [place for place, mark in enumerate(drawn.marks) if mark.layer == 0]
    used = {drawn.marks[place].category for place in shown}
    key = Markup(" · ").join(
        Markup("<b>{}</b> {}").format(_sign(name, legend).code, visible(name))
        for name in legend.places
        if name in used
    )
    text = "".join(_Still(drawn, set(shown), legend).blocks())
    main = origin.language(drawn.document.languages.main)
    spoken = f' lang="{main}"' if main else ""
    return f'<div{spoken} style="{_PAPER}"><p lang="en" style="{_SMALL}">{key}</p>{text}</div>'


class _Still:
    """Draws the blocks of a document, which come in text order."""

    def __init__(self, drawn: Drawn, shown: set[int], legend: Legend) -> None:
        self.drawn = drawn
        self.shown = shown
        self.legend = legend
        self.open: set[int] = set()

    def blocks(self) -> Iterator[str]:
        groups = groupby(self.drawn.blocks, lambda b: (b.furniture, b.cell.table if b.cell else 0))
        around = ""
        for (furniture, table), group in groups:
            if furniture and furniture != around:
                yield Markup('<div style="{}">{}</div>').format(_LABEL, visible(furniture))
            around = furniture
            yield from self._table(group) if table else map(self._block, group)

    def _table(self, blocks: Iterable[Block]) -> Iterator[str]:
        yield f'<table style="{_TABLE}">'
        for _, row in groupby(blocks, lambda b: b.place.row if b.place else 0):
            yield "<tr>"
            for _, own in groupby(row, lambda b: b.cell.column if b.cell else 0):
                yield self._cell(list(own))
            yield "</tr>"
        yield "</table>"

    def _cell(self, own: Sequence[Block]) -> str:
        place, words = own[0].place, "".join(map(self._block, own))
        tag = "th" if own[0].cell and own[0].cell.head else "td"
        if place is None:  # it is None outside of tables alone
            return words
        empty = f'<td colspan="{place.before}" style="{_CELL}"></td>' if place.before else ""
        spans = f'colspan="{place.columns}" rowspan="{place.rows}"'
        return f'{empty}<{tag} {spans} style="{_CELL}">{words}</{tag}>'

    def _block(self, block: Block) -> str:
        words = []
        for piece in block.pieces:
            if piece.role == "markup":
                continue
            covering = [place for place in piece.covered if place in self.shown]
            marks = self.drawn.marks
            begun = [marks[place] for place in covering if place not in self.open]
            words.append(_piece(piece, [marks[p] for p in covering], begun, self.legend))
            self.open = set(covering)
        language = origin.language(block.language)
        spoken = f' lang="{language}"' if language else ""
        return f'<div{spoken} style="{_look(block)}">{_bullet(block)}{"".join(words)}</div>'


def _look(block: Block) -> str:
    grey = ";color:#565b63" if block.furniture else ""
    return _BLOCKS.get(block.kind, "margin:8px 0").format(indent=20 * block.level) + grey


def _bullet(block: Block) -> str:
    numbered = any(piece.role == "marker" for piece in block.pieces)
    return "• " if block.kind == "item" and not numbered else ""


def _piece(piece: Piece, marks: Sequence[Mark], begun: Sequence[Mark], legend: Legend) -> str:
    text = escape(_legible(piece.text))
    if not marks:
        return str(text)
    codes = Markup("").join(
        Markup('<sup style="{}">{}</sup>').format(_CODE, _sign(m.category, legend).code)
        for m in begun
    )
    title = "\n".join(map(_title, marks))
    signs = [_sign(mark.category, legend) for mark in marks]
    mark = Markup('<mark title="{}" style="{}">{}</mark>')
    return str(codes + mark.format(title, _lines(signs), text))


def _lines(signs: Sequence[Sign]) -> str:
    """Return the lines below the words, one a category; the first one has its pattern."""
    first, *others = signs
    below = ",".join(
        f"0 {2 * place}px {HUES[sign.hue][0]}" for place, sign in enumerate(others, start=1)
    )
    shadow = f";box-shadow:{below}" if below else ""
    line = f"2px {first.pattern} {HUES[first.hue][0]}"
    return f"background:#f1f3f8;color:inherit;border-bottom:{line}{shadow}"


def _title(mark: Mark) -> str:
    values = (each for each in stated(mark.attributes) if isinstance(each, list))
    said = ", ".join(f"{name}: {_joined(value)}" for name, value in values if value)
    return f"{visible(mark.category)} ({said})" if said else visible(mark.category)


def _joined(value: JsonValue) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _sign(name: str, legend: Legend) -> Sign:
    return legend.signs[legend.places[name]]


def _legible(text: str) -> str:
    """Return the words of a document with what would steer a browser made visible."""
    return "".join(c if c in "\t\n\r" else visible(c) for c in text)


def _table(content: Content) -> str:
    rows = "".join(
        Markup("<tr><td>{}</td><td>{:,}</td><td>{:,}</td></tr>").format(
            visible(drawn.document.id),
            len(drawn.document.text),
            sum(mark.layer == 0 for mark in drawn.marks),
        )
        for drawn in content.documents
    )
    head = "<tr><th>document</th><th>characters</th><th>annotations</th></tr>"
    return f"<table>{head}{rows}</table>"
