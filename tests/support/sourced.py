"""A run over files whose sources state a layout: a PDF, and a page with a list and a foot."""

from __future__ import annotations

from pathlib import Path

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.runs.reader import Run
from tests.support import drawn
from tests.support.files import read, written
from tests.support.pdf_pages import pdf_of

FOOT = "Search was slow. We wrote this page on a Monday and nobody has read it since that day."
GERMAN = (
    "Die Suche war langsam, und niemand wusste, warum die Anfragen so lange brauchten. Wir haben "
    "den ganzen Tag gesucht und am Abend endlich die Ursache gefunden."
)
_ENGLISH = "It was a long day, and we were glad to see the end of it at last in the evening."
PAGE = f"""<meta charset=windows-1252><body><p>{_ENGLISH}<p>{_ENGLISH}<ul><li>the search in
all of our shops<li>the login of all of our staff</ul>
<p>{_ENGLISH}<p>{GERMAN}</p><footer>{FOOT}</footer>"""


def run_of_sources(folder: Path) -> Run:
    """Write a run that annotates the PDF twice, then the foot of the page and its German."""
    files = (
        written(folder / "a.pdf", pdf_of()),
        written(folder / "b.htm", PAGE.encode("cp1252")),
    )
    (pdf, html), _ = read(*files)
    found = [
        _on(pdf, "information for as\nlong as"),
        _on(pdf, "It was lost."),
        _on(html, FOOT),
        _on(html, GERMAN),
    ]
    return drawn.write(folder / "run", {"a.pdf": pdf, "b.htm": html}, found)


def _on(document: Document, quote: str) -> Annotation:
    start = document.text.index(quote)
    return drawn.annotation(document.id, document.text, start, start + len(quote))
