"""Find the sentences of one block of prose, as half-open ranges of its text.

Not a parser of blocks: what is a heading, a paragraph or a list item is decided in `segmentation`.
A library is not used here on purpose: these borders are what gold, scores and quotes stand on, so
they may change only with this project (docs/decisions/0002-own-sentences.md).
"""

from __future__ import annotations

import re

# Where a sentence may end: a terminal mark, what closes behind it, then white space; or a terminal
# of a script that writes without spaces. The runs are possessive (++), and one that ends nothing is
# matched too, so that a run of thousands of marks is read once.
_END = re.compile(
    r"""(?P<mark>[.!?…]++)"""
    r"""(?:(?P<close>["'”’»)\]*_]*+)(?P<gap>\s++)(?P<open>[*_"'“‘«(\[<¿¡]*)(?P<next>\S))?+"""
    r"""|(?P<full>[。！？｡]++[」』”’）)]*+)(?=.)""",
    re.DOTALL,
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*|\d+)$")
_LEADING_WORD = re.compile(r"[^\W\d_]+")

# A full stop behind these never ends a sentence.
_NEVER = frozenset(
    """
    e.g i.e eg ie viz cf vs al no nos art arts sec secs para paras pp vol fig eq ext tel attn mr mrs
    ms dr prof st mt ave blvd rd hon rev gen gov sen rep capt lt col sgt dept approx est incl resp
    cal et seq jan feb mar apr jun jul aug sep sept oct nov dec reg regs bzw z.b u.a d.h
    """.split()
)
# Behind these it does only where a new sentence plainly starts.
_COMPANY = frozenset("inc ltd corp co llc plc gmbh bv s.a n.v".split())
_SOMETIMES = _COMPANY | frozenset("u.s u.k e.u u.s.a etc a.m p.m jr sr ph.d d.c".split())
_AUXILIARY = re.compile(
    r"(?:\S+\s+){1,5}(?:is|are|was|were|may|will|can|must|shall|should|does|do|has|have)\s"
)
_STARTERS = frozenset(
    """
    we you your our the this these those that it its if when where while in on at for from to by
    as with please they their there here however although because since such any each some many
    certain under upon after before during unless once note additionally furthermore moreover
    although i he she who what how why click visit contact see
    """.split()
)
_PARENTHESIS_REACH = 400


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]` as ranges in `text`, without outer white space."""
    end = len(text) if end is None else end
    cuts: list[tuple[int, int]] = []
    for match in _END.finditer(text, start, end):
        if match["full"]:
            cuts.append((match.end(), match.end()))
        elif match["gap"] and _ends_sentence(text, start, match):
            cuts.append((match.start("gap"), match.end("gap")))
    cuts = [cut for cut in cuts if not _inside_parenthesis(text, start, cut[0], end)]
    ranges = zip(
        [start, *(after for _, after in cuts)], [*(stop for stop, _ in cuts), end], strict=True
    )
    return [(a, b) for a, b in (_trimmed(text, a, b) for a, b in ranges) if a < b]


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    following = match["next"]
    if following.islower() or following in ",;:)":
        return False
    if match["mark"] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(start, match.start() - 24), match.start())
    if before is None or match["close"][:1] in tuple(')]”"'):
        return True
    word = before[1].lower()
    if word in _NEVER:
        # "No." before a number is an abbreviation; "No." before a word is an answer.
        return word in {"no", "nos"} and not following.isdigit() and before.start() == start
    if word in _SOMETIMES:
        begins = _next_word(text, match.start("next")) in _STARTERS
        return begins or (word in _COMPANY and bool(_AUXILIARY.match(text, match.start("next"))))
    if len(word) == 1 and before[1].isupper():
        return _next_word(text, match.start("next")) in _STARTERS
    # "Section 5. Rights" and "1. First": a bare number at the very start is a marker.
    return not (before[1].isdigit() and before.start() == start)


def _next_word(text: str, position: int) -> str:
    match = _LEADING_WORD.match(text, position)
    return match[0].lower() if match else ""


def _inside_parenthesis(text: str, start: int, cut: int, end: int) -> bool:
    """Tell whether a bracket that opened before `cut` closes soon behind it."""
    low = max(start, cut - _PARENTHESIS_REACH)
    for opener, closer in (("(", ")"), ("[", "]")):
        opened = text.rfind(opener, low, cut)
        if opened >= 0 and text.rfind(closer, opened, cut) < 0:
            closed = text.find(closer, cut, min(end, cut + _PARENTHESIS_REACH))
            reopened = text.find(opener, cut, min(end, cut + _PARENTHESIS_REACH))
            if closed >= 0 and not 0 <= reopened < closed:
                return True
    return False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
