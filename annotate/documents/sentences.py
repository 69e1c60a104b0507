"""Find the sentences of one block of prose, as half-open ranges of its text.

Not a parser of blocks: what is a heading, a paragraph or a list item is decided in `segmentation`.
A library is not used here on purpose: these borders are what gold, scores and quotes stand on, so
they may change only with this project (docs/decisions/0002-own-sentences.md).
"""

from __future__ import annotations

import re

from annotate.documents.abbreviations import is_company_form
from annotate.documents.full_stops import Verdict, full_stop, judge
from annotate.documents.graphemes import extends
from annotate.documents.lines import unspaced

# Where a sentence may end: terminal marks, what closes behind them, then white space; or terminals
# of a script that writes without spaces. The first mark is taken alone, by which the matcher finds
# places several times as fast as by alternatives. The runs are possessive (*+), and one that ends
# nothing is matched too, so that a run of thousands of marks is read once.
_END = re.compile(
    r"""(?P<mark>[.!?…。！？｡])"""
    r"""(?:(?<=[.!?…])(?P<more>[.!?…]*+)"""
    r"""(?:(?P<close>["'”’»)\]*_]*+)(?P<gap>[\u200b\ufeff]*+\s[\s\u200b\ufeff]*+)(?P<open>[*_"'“‘«(\[<¿¡]*)(?=(?P<next>\S)))?+"""
    r"""|(?P<full>[。！？｡]*+[」』”’）)]*+))""",
    re.DOTALL,
)
_GOES_ON = ",;:)&."  # no sentence starts with one of these; a full stop is of ". . ."
_WORD = re.compile(r"[^\W\d_]*")
_PARENTHESIS_REACH = 400


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]` as ranges in `text`, without outer white space."""
    end = len(text) if end is None else end
    ranges: list[tuple[int, int]] = []
    begin = start
    cited = -1  # where the next word of a citation stands
    for match in _END.finditer(text, start, end):
        cut = None
        if match["full"] is not None and match.end() < end and not extends(text[match.end()]):
            cut = (match.end(), match.end())
        elif match["gap"] and match["next"] not in _GOES_ON and not extends(match["next"]):
            verdict = _verdict(text, begin, end, match, cited)
            if verdict is Verdict.CITES:
                cited = match.end("gap")
            elif verdict is Verdict.ENDS:
                cut = (match.start("gap"), match.end("gap"))
        if cut and not _inside_parenthesis(text, start, cut[0], end):
            ranges.append((begin, cut[0]))
            begin = cut[1]
    ranges.append((begin, end))
    return [(a, b) for a, b in (unspaced(text, a, b) for a, b in ranges) if a < b]


def _verdict(text: str, begin: int, end: int, match: re.Match[str], cited: int) -> Verdict:
    """Judge a terminal mark with white space behind it."""
    mark = "" if match["more"] else match["mark"]
    if mark == ".":
        stop = full_stop(text, begin, end, match)
        return judge(stop, cited >= 0 and text[cited : stop.start] in ("", "& "))
    following = _WORD.match(text, match.start("next"), end)
    named = mark == "!" and following is not None and is_company_form(following[0])
    return Verdict.SHORTENS if named or match["next"].islower() else Verdict.ENDS


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
