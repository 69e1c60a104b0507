"""Read the numbers that a page gives, and write those of its lists as a browser draws them."""

from __future__ import annotations

_MOST_DIGITS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999


def number(written: str | None) -> int:
    """Return a number that is written in plain digits, of which there may be a few; else 1."""
    digits = (written or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return 1
    return int(digits)


def written(number: int, style: str) -> str:
    """Return the number of an item in the style "1", "a", "A", "i" or "I", with its full stop."""
    if style in ("a", "A") and number > 0:
        marker = _letters(number)
    elif style in ("i", "I") and 0 < number <= _MOST_ROMAN:
        marker = _roman(number)
    else:
        return f"{number}."
    return (marker.upper() if style.isupper() else marker) + "."


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral
