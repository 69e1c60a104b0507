"""Tell by their words whether a few of them are a title, a label, a clause or the start of one.

Only words are judged here. What a block is, its place and its neighbours decide as well: see
`annotate.documents.headings`.
"""

from __future__ import annotations

import re

from annotate.documents.lines import SPACE

MAX_LABEL_WORDS = 4
MAX_EMPHASISED_LABEL_WORDS = 12
MARKUP_OR_SPACE = "*_#` "
SOFT_HYPHEN = "\u00ad"
COLONS = (":", "：")
_OPENING_QUOTES = "\"'“‘«„「<"
_DASHES = ("—", "–")
# Words of a clause rather than of a title: a short line that holds one is a sentence or a stem.
CLAUSE = re.compile(
    r"\b(?:we|you|they|it|is|are|was|were|be|may|might|can|will|shall|must|should|does|did|do"
    r"|have|has|had|include|includes|including|following|depending|contact\s+us|contact\s+our|please"
    r"|such\s+as|email\s+us|call|write)\b",
    re.IGNORECASE,
)
# A line that ends in one of these goes on below.
OPEN_ENDED = re.compile(
    r"\b(?:to|for|by|at|with|from|that|when|if|or|and|of|such\s+as|including|include|includes)\W*$",
    re.IGNORECASE,
)
# A few words and a full stop that are a sentence, and not the label of the next.
_GREETING = re.compile(r"\b(?:welcome|hello|hi|thank|thanks|please|yes|no|note)\b", re.IGNORECASE)
_SMALL = re.compile(r"[a-z]")
_WORD = re.compile(r"[^\W\d_]+")


def ends_in_colon(content: str) -> bool:
    """Tell whether a block ends in a colon, whatever markup closes behind it."""
    return content.rstrip(MARKUP_OR_SPACE).endswith(COLONS)


def breaks_off(content: str) -> bool:
    """Tell whether a block ends in a dash or a word that goes on: "…with", "such as", "if"."""
    bare = content.rstrip(MARKUP_OR_SPACE)
    return bare.endswith(_DASHES) or bool(OPEN_ENDED.search(bare))


def is_run_in_label(content: str, following: str) -> bool:
    """Tell whether a sentence is the label of the next ("Scope. This Notice…", "_Data._ We…").

    Args:
        content: the sentence, not empty.
        following: the characters behind it.
    """
    words = content.split()
    if content[0] in "*_" and len(words) <= MAX_EMPHASISED_LABEL_WORDS:
        closes = content.rstrip(".:" + SPACE)[-1:] in ("*", "_")
        goes_on = following.lstrip(SPACE)[:1] == content[0]
        return closes or goes_on or content.count(content[0]) % 2 == 1
    return (
        len(words) <= MAX_LABEL_WORDS
        and content.endswith(".")
        and not is_clause(content)
        and not _GREETING.search(content)
        and not any(c.isdigit() for c in content)
    )


def begins_like_a_title(plain: str) -> bool:
    """Tell whether words start as a title does: no small letter, and no mark but a quote."""
    return (
        plain != ""
        and not plain[0].islower()
        and (plain[0].isalnum() or plain[0] in _OPENING_QUOTES)
        and any(c.isalpha() for c in plain)
    )


def in_capitals(plain: str) -> bool:
    """Tell whether four letters or more are all upper-case, as far as their script has case."""
    if _SMALL.search(plain):
        return False
    letters = [c for c in plain if c.isalpha()]
    cased = [c for c in letters if c.lower() != c.upper()]
    return len(letters) > 3 and cased != [] and all(c.isupper() for c in cased)


def is_clause(plain: str) -> bool:
    """Tell whether words say something or lead on, rather than name it as a title does."""
    return bool(CLAUSE.search(plain) or OPEN_ENDED.search(plain.rstrip(":： ")))


def is_title(plain: str) -> bool:
    """Tell whether every longer word is capitalised, as in "Do Not Track Compliance."."""
    longer = [word for word in _WORD.findall(plain) if len(word) > 3]
    return longer != [] and all(word[0].isupper() for word in longer)
