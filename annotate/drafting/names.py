"""Names for what a table calls as it likes: tags, fields, classes and members of Python.

Whatever a spreadsheet holds becomes a name that Python, TOML and the tools take, and the same text
becomes the same name every time. A text without a letter or a digit has none.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata

from annotate.lexicon.rules import CUES
from annotate.schema import __all__ as schema_names
from annotate.schema.categories import Category
from annotate.schema.checks import IN_ANSWERS

LONGEST = 60
"""Characters of a name; what is longer is most likely no name."""

# Tables at the top of a lexicon that are no categories.
_TABLES = frozenset(("words", "language", "languages", "marks", "values"))
# What a field cannot be called: the evidence, what a category or a lexicon has of its own, and
# what the lines of a class below it would call by this name.
_FIELDS = frozenset((*IN_ANSWERS, "hides", "joins", "own", "only_affirmed", *CUES, *dir(Category)))
_CLASSES = frozenset((*schema_names, "Annotated", "Literal", "Field", "Statement", "SCHEMA"))
_WORDS = frozenset((*keyword.kwlist, *keyword.softkwlist))
_TYPES = frozenset(("bool", "float", "int", "str"))  # as a schema writes them behind its fields


def slug(text: str) -> str:
    """Return a text in small letters, digits and single underscores; "" where nothing is left.

    Python reads names in normal form KC, so that this is the form they are written in.
    """
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    kept = "".join(c if c == "_" or f"_{c}".isidentifier() else " " for c in lowered)
    return re.sub("[ _]+", "_", kept).strip("_")


def tag_name(text: str) -> str:
    """Return the tag of a category."""
    return _free(slug(text), _TABLES)


def field_name(text: str) -> str:
    """Return the name of an attribute."""
    return _free(slug(text), _FIELDS | _WORDS | _TYPES)


def _free(name: str, taken: frozenset[str]) -> str:
    if name and not name.isidentifier():  # it begins with a digit
        name = f"n{name}"
    return f"{name}_" if name in taken else name


def words(text: str) -> str:
    """Return a name as it reads in a sentence."""
    return slug(text).replace("_", " ")


class ClassNames:
    """Give classes names that nothing else in a schema file has."""

    def __init__(self) -> None:
        self._taken = {*_CLASSES, *_WORDS, *dir(builtins)}

    def of(self, name: str) -> str:
        """Return a class name made after a tag or a field."""
        base = "".join(part[:1].upper() + part[1:] for part in name.split("_")) or "Unnamed"
        return _numbered(base, self._taken)


class MemberNames:
    """Give the values of one set names that no other of its values has."""

    def __init__(self) -> None:
        # An enumeration keeps some names for itself.
        self._taken = {*_WORDS, "NAME", "VALUE"}

    def of(self, value: str) -> str:
        """Return the name of a member made after its value."""
        base = slug(value)[:LONGEST].strip("_").upper()
        if not base.isidentifier():
            base = f"VALUE_{base}".rstrip("_")
        return _numbered(base, self._taken)


def _numbered(base: str, taken: set[str]) -> str:
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    taken.add(name)
    return name
