"""Read the elements that are parts of a line: links, bold words, marks of notes, line ends."""

from __future__ import annotations

import re
from collections.abc import Callable

from annotate.documents.readers.open_page import End, OpenPage
from annotate.documents.readers.page_furniture import Attributes
from annotate.documents.readers.setting import (
    BOLD,
    CONTROL,
    LINKED,
    SLANTED,
    UNDERLINED,
    WITHIN,
)

# A note's mark: a number, a letter or a sign, in brackets or not, several parted by commas.
_NOTE_MARK = re.compile(
    r"[\W_]*+(?:(?:\d{1,3}|[a-z]|[ivx]{1,5}|note \d{1,3})(?:\W+|$)){1,4}$|\s*[*†‡§¶#]{1,4}\s*$",
    re.IGNORECASE,
)
_ORDINAL_OF = re.compile(r"\d\W?$")
_UNIT_OF = re.compile(r"(?:^|[\s\d])(?:m|cm|dm|km|mm|ft|in|yd|mi)$", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_LINK = re.compile(r"#_?(?:cite_note|fn|ftn|footnote|endnote|note-?\d)", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:^|\s)(?:aria-(?:expanded|controls)|data-(?:bs-)?(?:toggle|target))(?=\s|$)"
)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_MOST_RAISED = 200  # characters that are looked at as the mark of a note


def begin_parted(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a control, whose words stand apart in the line."""
    page.buttons += tag == "button"
    page.to.space()
    end_setting = page.set_in(pressed(attributes) if tag == "button" else 0)

    def end() -> None:
        end_setting()
        page.to.space()

    return end


def pressed(attributes: Attributes) -> int:
    """Return how a button is set: it heads what it opens, or is a control."""
    opens = attributes.get("role") != "tab" and _OPENS.search(" ".join(attributes))
    return BOLD if opens else CONTROL


def begin_bold(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin words that are set in bold."""
    return page.set_in(0 if _LIGHT.search(attributes.get("style", "")) else BOLD)


def begin_slanted(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin words in italics."""
    return page.set_in(SLANTED)


def begin_underlined(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin underlined words."""
    return page.set_in(UNDERLINED)


def begin_quote(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin words in quote marks."""
    page.words('"')
    return lambda: page.words('"')


def begin_link(page: OpenPage, tag: str, attributes: Attributes) -> End | None:
    """Begin a link, which may be the mark of a note."""
    role, href = attributes.get("role"), attributes.get("href", "")
    is_note = role in ("doc-noteref", "doc-backlink")
    if is_note or _NOTE_LINK.match(href):
        return begin_mark(page, tag, attributes)
    if page.is_behind_link:
        page.to.space()  # links side by side, which a style sets apart
    page.to.links += 1
    leads = _leads(href)
    page.buttons += leads == CONTROL
    end_setting = page.set_in(LINKED | leads)
    if role in ("button", "tab"):
        page.buttons += role == "button"
        end_setting = page.set_in(LINKED | pressed(attributes), end_setting)

    def end() -> None:
        end_setting()
        page.is_behind_link = True

    return end


def _leads(href: str) -> int:
    """Return what a link is beside that, by where it leads."""
    if href == "#" or href[:11].lower() == "javascript:":
        return CONTROL
    return WITHIN if href.startswith("#") else 0


def begin_mark(page: OpenPage, tag: str, attributes: Attributes) -> End | None:
    """Hold back the words of what may be the mark of a note, or a raised part of a word."""

    def write(words: str) -> None:
        if _is_note_mark(words, page.to.last):
            page.to.apart(" ".join(words.split()))
        elif _UNIT_OF.search(page.to.last):
            page.to.words(words.translate(_RAISED))
        else:
            page.words(words)

    return _held_back(page, write)


def begin_reading(page: OpenPage, tag: str, attributes: Attributes) -> End | None:
    """Begin the reading of a word, which stands apart behind its block."""

    def write(words: str) -> None:
        if kept := " ".join(words.split()):
            page.to.apart(kept)

    return _held_back(page, write)


def begin_beside(page: OpenPage, reason: str) -> End:
    """Begin a part of a line that stands around the text, if its whole block is such."""
    to = page.to
    if to.place.kind == "heading" and to.is_open:
        # "[edit]", or the sign of a link to the heading, is no word of it.
        return _held_back(page, lambda words: to.apart(" ".join(words.split()), controls=True)) or (
            lambda: None
        )
    before, to.around = to.around, reason
    end_setting = page.set_in(CONTROL)

    def end() -> None:
        end_setting()
        to.around = before

    return end


def begin_break(page: OpenPage, tag: str, attributes: Attributes) -> End | None:
    """End a line."""
    if page.raised is not None:
        page.raised.append(" ")
    else:
        page.to.line_end()
    return None


def _held_back(page: OpenPage, write: Callable[[str], None]) -> End | None:
    """Hold back the words of an element until it ends, and `write` them then."""
    if page.raised is not None:
        return None
    held: list[str] = []
    page.raised = held

    def end() -> None:
        if page.raised is held:
            page.raised = None
            write("".join(held))

    return end


def _is_note_mark(words: str, before: str) -> bool:
    if len(words) > _MOST_RAISED or not _NOTE_MARK.match(words):
        return False
    if any(c.isalpha() for c in words) and _ORDINAL_OF.search(before):
        return False  # "1" and a raised "a": an ordinal number
    return not _UNIT_OF.search(before)
