"""Find the sentences of one block of prose, as half-open ranges of its text.

Not a parser of blocks: what is a heading, a paragraph or a list item is decided in `segmentation`.
A library is not used here on purpose: these borders are what gold, scores and quotes stand on, so
they may change only with this project (docs/decisions/0002-own-sentences.md).
"""

from __future__ import annotations

import re

from annotate.documents.graphemes import extends

# Where a sentence may end: a terminal mark, what closes behind it, then white space; or a terminal
# of a script that writes without spaces. The runs are possessive (++), and one that ends nothing is
# matched too, so that a run of thousands of marks is read once.
_END = re.compile(
    r"""(?P<mark>[.!?…]++)"""
    r"""(?:(?P<close>["'”’»)\]*_]*+)(?P<gap>[\u200b\ufeff]*+\s[\s\u200b\ufeff]*+)(?P<open>[*_"'“‘«(\[<¿¡]*)(?P<next>\S))?+"""
    r"""|(?P<full>[。！？｡]++[」』”’）)]*+)""",
    re.DOTALL,
)
# From where a word begins, or a row of dotted words would be read again from each of them.
_WORD_BEFORE = re.compile(
    r"((?<![^\W\d_])(?<![^\W\d_]\.)[^\W\d_]++(?:\.[^\W\d_]++)*+|(?<!\d)\d++)$"
)
_LEADING_WORD = re.compile(r"[^\W\d_]+")

# A full stop behind these never ends a sentence.
_NEVER = frozenset(
    """
    e.g i.e eg ie viz cf vs no nos art arts sec secs para paras pp vol fig eq ext tel attn mr mrs
    ms dr prof mt hon rev gen gov sen rep capt lt col sgt approx est incl resp cal et reg regs bzw
    z.b u.a d.h
    """.split()
)
# Behind these it does only where a new sentence plainly starts.
_COMPANY = frozenset("inc ltd corp co llc plc gmbh bv s.a n.v".split())
_SOMETIMES = _COMPANY | frozenset(
    """
    u.s u.k e.u u.s.a etc a.m p.m jr sr ph.d d.c al seq st ave blvd rd dept jan feb mar apr jun jul
    aug sep sept oct nov dec
    """.split()
)
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
_WORD_REACH = 24
_INVISIBLE = "\u200b\ufeff"  # spaces of no width


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]` as ranges in `text`, without outer white space."""
    end = len(text) if end is None else end
    cuts: list[tuple[int, int]] = []
    for match in _END.finditer(text, start, end):
        if match["full"] and match.end() < end and not extends(text[match.end()]):
            cuts.append((match.end(), match.end()))
        elif match["gap"] and _ends_sentence(text, start, end, match):
            cuts.append((match.start("gap"), match.end("gap")))
    cuts = [cut for cut in cuts if not _inside_parenthesis(text, start, cut[0], end)]
    ranges = zip(
        [start, *(after for _, after in cuts)], [*(stop for stop, _ in cuts), end], strict=True
    )
    return [(a, b) for a, b in (_trimmed(text, a, b) for a, b in ranges) if a < b]


def _ends_sentence(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    following = match["next"]
    if following.islower() or following in ",;:)" or extends(following):
        return False
    if match["mark"] != ".":
        return True
    low = max(start, match.start() - _WORD_REACH)
    # Cut out, so that the pattern does not look at what stands before it.
    before = _WORD_BEFORE.search(text[low : match.start()])
    if before is None or match["close"][:1] in tuple(')]”"'):
        return True
    at = low + before.start()
    word, opens = before[1], _opens_sentence(text, start, at)
    if word.lower() in _NEVER:
        # "No." before a number is an abbreviation; "No." as the first word is an answer.
        return word.lower() == "no" and opens and not following.isdigit()
    if word.lower() in _SOMETIMES or (len(word) == 1 and word.isupper()):
        plain = _next_word(text, match.start("next"), end) in _STARTERS
        return plain or (word.lower() in _COMPANY and _is_subject(text, match.start("next"), end))
    # "1. First": a bare number at the very start is a marker.
    return not (word.isdigit() and at == start)


def _opens_sentence(text: str, start: int, position: int) -> bool:
    """Tell whether the word at `position` is the first of its sentence."""
    low = max(start, position - _WORD_REACH)
    between = text[low:position].rstrip()
    return between.endswith((".", "!", "?")) or (low == start and between == "")


def _is_subject(text: str, position: int, end: int) -> bool:
    """Tell whether a verb follows soon: "…of Acme Inc. Tea Lovers may ask…"."""
    return _AUXILIARY.match(text, position, end) is not None


def _next_word(text: str, position: int, end: int) -> str:
    match = _LEADING_WORD.match(text, position, end)
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
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return start, end
