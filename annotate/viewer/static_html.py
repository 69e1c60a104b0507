"""A document with its highlights as plain HTML: no script, no style sheet, nothing to click.

For places that take both out of a page, such as notebooks on code hosting sites: what is left there
even without the inline styles is marked words, each behind the code of its category.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape
from pydantic import JsonValue

from annotate.formatting import visible
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
_BLOCKS = {"heading": "font-weight:bold;margin:16px 0 8px", "item": "margin:4px 0 4px {indent}px"}


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
    text = "".join(_blocks(drawn, set(shown), legend))
    return f'<div style="{_PAPER}"><p style="{_SMALL}">{key}</p>{text}</div>'


def _blocks(drawn: Drawn, shown: set[int], legend: Legend) -> Iterator[str]:
    open_: set[int] = set()
    for block in drawn.blocks:
        words = []
        for piece in block.pieces:
            covering = [place for place in piece.covered if place in shown]
            begun = [drawn.marks[place] for place in covering if place not in open_]
            words.append(_piece(piece, [drawn.marks[p] for p in covering], begun, legend))
            open_ = set(covering)
        yield f'<div style="{_block(block)}">{"".join(words)}</div>'


def _block(block: Block) -> str:
    return _BLOCKS.get(block.kind, "margin:8px 0").format(indent=20 * block.level)


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
