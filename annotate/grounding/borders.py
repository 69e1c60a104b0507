"""Decide where a quote may start and end: between words, and in no number, measure or character.

"3" is not a quote of "30", "lawful" is not one of "unlawful", and "can" is not one of "can't".
"""

from __future__ import annotations

import re
import unicodedata

from annotate.documents.graphemes import extends, splits_grapheme

_APOSTROPHES = frozenset("'’ʼ＇")  # noqa: RUF001
_LETTER_JOINTS = frozenset("-\u2010\u2011_")
_DIGIT_JOINTS = frozenset(".,:/'’-‐‑–−⁄\u00a0\u2009\u202f")  # noqa: RUF001
_MINUSES = frozenset("-‐‑–−")  # noqa: RUF001
_COMPARISONS = frozenset("±<>≤≥")
_MEASURES = frozenset("%‰°′″")  # noqa: RUF001
# Scripts that do not part words with spaces, and Korean, which glues its particles to them.
_FREE = re.compile(
    r"[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff"
    r"\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)
# Nearly every border: white space beside a Latin letter, or behind what ends a clause. None of the
# questions below is about these.
_PLAIN = re.compile(r"(?<=[ \n])[A-Za-z]|(?<=[A-Za-z.,;:!?])[ \n]")
_MAX_UNSEEN = 64  # characters to look through, so that a text of them takes one pass


def between_words(text: str, start: int, end: int) -> bool:
    """Tell whether a range starts and ends between words."""
    return _border(text, start) and _border(text, end) and not _ends_in_elision(text, end)


def _ends_in_elision(text: str, end: int) -> bool:
    """Tell whether a range stops behind the apostrophe of "don't"; "l'accord" may start there."""
    if _PLAIN.match(text, end):
        return False
    behind, before = _seen(text, end, -1)
    return before in _APOSTROPHES and _is_letter(behind) and _is_letter(_seen(text, end, 1)[0])


def _border(text: str, position: int) -> bool:
    """Tell whether text may be cut here: in no character, word, number or measure.

    What the eye does not see (soft hyphens, emphasis inside a word) is looked through.
    """
    if not 0 < position < len(text) or _PLAIN.match(text, position):
        return True
    # Nor does a quote start at a mark on a line of its own, although that goes on with nothing.
    if splits_grapheme(text, position) or extends(text[position]):
        return False
    behind, before = _seen(text, position, -1)
    after, beyond = _seen(text, position, 1)
    return not (
        (_joins(before) and _joins(after))
        or _measured(before, after)
        or (before == " " and behind in _COMPARISONS and _is_number(after))
        or _joint(behind, before, after)
        or _joint(before, after, beyond)
        or (_is_letter(before) and after in _APOSTROPHES and _is_letter(beyond))
    )


def _seen(text: str, position: int, step: int) -> tuple[str, str]:
    """Return the two visible characters before (-1) or after (1) a position, in text order."""
    seen: list[str] = []
    index = position if step > 0 else position - 1
    for _ in range(_MAX_UNSEEN):
        if len(seen) == 2 or not 0 <= index < len(text):
            break
        character = text[index]
        if character != "*" and not unicodedata.category(character).startswith(("M", "Cf")):
            seen.append(character)
        index += step
    near, far = (*seen, "", "")[:2]
    return (near, far) if step > 0 else (far, near)


def _joint(before: str, mark: str, after: str) -> bool:
    """Tell whether a mark holds two parts of one word or number together."""
    if _is_number(before) and _is_number(after):
        return mark in _DIGIT_JOINTS
    return mark in _LETTER_JOINTS and _joins(before) and _joins(after)


def _measured(before: str, after: str) -> bool:
    """Tell whether a number stands beside its sign, its currency or its unit."""
    if _is_number(after):
        return before in _MINUSES or before in _COMPARISONS or _is_currency(before)
    return _is_number(before) and (after in _MEASURES or _is_currency(after))


def _joins(character: str) -> bool:
    return _is_letter(character) or _is_number(character)


def _is_letter(character: str) -> bool:
    """Tell whether a letter belongs to a script that parts its words with spaces."""
    return character.isalpha() and not _FREE.match(character)


def _is_number(character: str) -> bool:
    return character.isnumeric() and not character.isalpha()


def _is_currency(character: str) -> bool:
    return character != "" and unicodedata.category(character) == "Sc"
