"""Write the difference of two sides as GitHub-flavoured Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotate.differences.changes import OF_CONTENT
from annotate.differences.words import Piece, word_changes
from annotate.reporting import diff_wording as wording
from annotate.reporting.markdown import escaped, folded, table_row

if TYPE_CHECKING:
    from annotate.differences.changes import Change
    from annotate.differences.diff import Diff, DocumentDiff

_MOST = 100  # changes of a document: a comment holds 65 536 characters
_TAGS = {"removed": "del", "added": "ins"}


def of_diff(diff: Diff, *, everything: bool = False) -> str:
    """Return a difference as Markdown; with `everything` also what was reworded or moved."""
    return "\n".join(_diff(diff, everything)) + "\n"


def _diff(diff: Diff, everything: bool) -> Iterator[str]:
    yield f"## {escaped(wording.title(diff))}"
    yield ""
    yield escaped(wording.verdict(diff))
    yield from folded("By category", wording.COLUMNS, wording.category_rows(diff))
    for document in diff.documents:
        yield from _document(document, everything)
    for number, note in enumerate(diff.notes):
        yield from ([""] if not number else [])
        yield f"- Note: {escaped(note)}"


def _document(document: DocumentDiff, everything: bool) -> Iterator[str]:
    shown, facts = wording.shown(document, everything=everything), list(wording.facts(document))
    if not shown and not facts:
        return
    yield from ("", f"### {escaped(wording.headline(document))}", "")
    if shown:
        yield table_row(("", "what", "before", "after"))
        yield table_row(["---"] * 4, raw=True)
    for change in shown[:_MOST]:
        yield table_row(_cells(change), raw=True)
    if (more := len(shown) - _MOST) > 0:
        yield from ("", f"{more:,} more are in the JSON and on the HTML page.")
    for fact in facts:
        yield from ("", escaped(fact))


def _cells(change: Change) -> Iterator[str]:
    yield f"**{change.kind}**" if change.kind in OF_CONTENT else change.kind
    yield escaped(wording.what(change))
    quotes = [side.annotation.quote if side else "" for side in (change.before, change.after)]
    if all(quotes):
        yield from map(_marked, word_changes(quotes[0], quotes[1]))
    else:
        yield from map(escaped, quotes)


def _marked(pieces: Iterable[Piece]) -> str:
    """Return a quote with what differs in tags; white space stays outside of them."""
    said = []
    for piece in pieces:
        words = escaped(piece.text)
        if words and (tag := _TAGS.get(piece.kind)):
            words = f"<{tag}>{words}</{tag}>"
        before = " " if piece.text[:1].isspace() else ""
        after = " " if piece.text[-1:].isspace() and words else ""
        said.append(f"{before}{words}{after}")
    return "".join(said).strip()
