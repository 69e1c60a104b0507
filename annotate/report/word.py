"""Write a report as a Word file: its own styles, headings, lists, and page numbers in the foot.

Needs `pip install 'policy-annotate[report]'`.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from annotate.errors import UsageError
from annotate.formatting import escaped
from annotate.report.citations import Citation
from annotate.report.content import Account, Section
from annotate.report.report import Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.parfmt import ParagraphFormat

_SMALL = 8.5  # points


def word(report: Report) -> bytes:
    """Return a report as a file of Word.

    Raises:
        UsageError: where python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise UsageError(
            "writing Word files needs python-docx: pip install 'policy-annotate[report]'"
        ) from None
    writer = _Writer(docx.Document())
    writer.write(report)
    file = BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    """Writes into a document that is new and empty."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._end = document.element.body.sectPr  # stands behind all paragraphs
        self._styles: dict[str, str] = {}  # ids by name

    def write(self, report: Report) -> None:
        self._set_up(report.title)
        self._paragraph(report.title, "Title")
        for line in report.preface:
            self._paragraph(line)
        for notice in report.notices:
            self._paragraph(notice, "Intense Quote")
        self._heading("How it was made", 1)
        self._facts(report.facts)
        for account in report.accounts():
            self._account(account)
        for section in report.left:
            self._section(section, 1)

    def _set_up(self, title: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = _xml(title)[:255], "annotate", ""
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(20)
        for name in ("List Bullet", "Quote", "Normal"):
            self.document.styles[name].paragraph_format.space_after = Pt(4)
        foot = page.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(foot, "PAGE")
        foot.add_run(" / ")
        _field(foot, "NUMPAGES")

    def _account(self, account: Account) -> None:
        self._heading(account.name, 1).paragraph_format.page_break_before = True
        self._facts(account.source)
        for chapter in account.chapters:
            self._heading(chapter.title, 2)
            for statement in chapter.statements:
                said = self._paragraph("", "List Bullet")
                said.add_run(_xml(statement.sentence)).bold = True
                said.paragraph_format.keep_with_next = True
                for citation in statement.citations:
                    self._citation(citation)
        for section in account.endings:
            self._section(section, 2)

    def _citation(self, citation: Citation) -> None:
        from docx.shared import Mm, Pt

        if citation.lead:
            self._small(citation.lead).keep_with_next = True
        quote = self._paragraph(f"“{citation.quote}”", "Quote").paragraph_format
        quote.keep_with_next, quote.left_indent, quote.space_after = True, Mm(10), Pt(0)
        for line in (citation.located, *citation.remarks):
            self._small(line)

    def _small(self, text: str) -> ParagraphFormat:
        """Add an indented line in small letters, and return its format."""
        from docx.shared import Mm, Pt

        line = self._paragraph("")
        line.add_run(_xml(text)).font.size = Pt(_SMALL)
        form: ParagraphFormat = line.paragraph_format
        form.left_indent = Mm(10)
        return form

    def _section(self, section: Section, level: int) -> None:
        title, lines = section
        self._heading(title, level)
        for line in lines:
            self._paragraph(line, "List Bullet")

    def _facts(self, facts: Iterable[tuple[str, str]]) -> None:
        from docx.shared import Mm

        table = self.document.add_table(rows=0, cols=2)
        table.autofit = False
        for name, text in facts:
            cells = table.add_row().cells
            for cell, words, width in zip(cells, (name, text), (Mm(35), Mm(135)), strict=True):
                cell.text, cell.width = _xml(words), width
        self._paragraph("")

    def _heading(self, text: str, level: int) -> Paragraph:
        return self._paragraph(text, f"Heading {level}")

    def _paragraph(self, text: str, style: str = "") -> Paragraph:
        """Add a paragraph at the end.

        The library's own way goes through all that is there, and through all styles, each time.
        """
        from docx.oxml import OxmlElement
        from docx.text.paragraph import Paragraph

        element = OxmlElement("w:p")
        self._end.addprevious(element)
        if style:
            if style not in self._styles:
                self._styles[style] = self.document.styles[style].style_id
            element.style = self._styles[style]
        paragraph = Paragraph(element, self.document._body)
        if text:
            paragraph.add_run(_xml(text))
        return paragraph


def _xml(text: str) -> str:
    """Return a text as XML can hold it: what steers a display is visible, as everywhere."""
    # The two code points that are no characters are all that XML refuses of what is left.
    return escaped(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a field that Word fills in; the library knows none."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)
