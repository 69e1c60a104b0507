"""Judge one full stop: does it end its sentence, or only shorten a word, count or divide a date?

An ordinary word's full stop ends its sentence. Behind a shortened word a sentence ends only where
what follows plainly starts one, and plain are the words that carry no name: pronouns, articles,
prepositions, conjunctions, auxiliary verbs. They are closed classes of English; of nouns and verbs
nobody could list all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from annotate.documents.abbreviations import (
    Kind,
    begins_citation,
    is_also_a_word,
    is_company_form,
    kind_of,
)

# From where a word begins, or a row of dotted words would be read again from each of them.
_WORD_BEFORE = re.compile(
    r"(?:(?<![^\W\d_])(?<![^\W\d_]\.)[^\W\d_]++(?:\.[^\W\d_]++)*+"
    r"|(?<!\d)(?<!\d\.)\d++(?:\.\d++)*+)$"
)
_PART_OF_WORD = re.compile(r"[^\W_]['’]?$")
_LEADING_WORD = re.compile(r"[^\W\d_]+")
_WORD_REACH = 24

# Closed: pronouns, articles and other determiners.
_PRONOUNS = """
    i you he she it we they who whoever what whatever which this that these those one my your his
    her its our their whose the a an all any both each either every everyone everything few many
    more most neither no nobody none nothing several some such another other others same there here
"""
# Closed: prepositions and conjunctions.
_CONNECTIVES = """
    about above across after against along although among and around as at because before behind
    below beneath beside besides between beyond but by concerning despite during except following
    for from if in including inside into like near nor notwithstanding of off on once only onto or
    outside over past per provided regarding since so subject than though through throughout to
    toward towards under unless until upon when whenever where whereas wherever whether while why
    how with within without yet
"""
# Closed: auxiliary verbs. Before a capital they may be part of a name: "Do Not Track".
_AUXILIARIES = """
    am is are was were be been do does did has have had can could may might must shall should will
    would
"""
# Open: adverbs that open a sentence, and what notices tell their reader to do. Adverbs in "-ly"
# are seen by their ending and the comma behind it.
_OPENERS = """
    again also further furthermore hence however indeed instead likewise meanwhile moreover
    nevertheless nonetheless not note otherwise then therefore thus today now please click contact
    see visit
"""
# Closed: the German pronouns, articles, prepositions and conjunctions that open a sentence.
_GERMAN = """
    ich wir sie er es ihr ihre unser unsere der die das dem den ein eine einen einem einer diese
    dieser dieses diesem auf aus bei bis durch für gegen im in mit nach seit über um unter von vom
    vor während wegen wenn weil zu zum zur als aber auch bitte darüber hierzu soweit sofern
"""
# Open: what else a reader is told to do; before a capital part of a name: "Call Centre".
_IMPERATIVES = "ask call email read send write"
_PLAIN_PRONOUNS = frozenset(_PRONOUNS.split())
_STARTERS = frozenset(f"{_PRONOUNS} {_CONNECTIVES} {_OPENERS} {_GERMAN}".split())
_VERBS = frozenset(f"{_AUXILIARIES} {_IMPERATIVES}".split())
_DETERMINERS = frozenset(("The", "A", "An", "Our", "Your", "Their", "This", "That"))

_VERB = "(?:" + "|".join(_AUXILIARIES.split()) + r")\b"
# Words are bounded in all of these: a pattern looks at no more than a line behind its full stop.
# A subject and its verb: "Personal data is…"; and with more capitals, "Tea Lovers may…".
_REST = r"[\w’'-]{0,30}+"  # of a word
_CLAUSE = re.compile(rf"[^\W\d_]{_REST}(?:\s{{1,3}}(?:&|[a-z]{_REST})){{0,4}}?\s{{1,3}}{_VERB}")
_TITLED_CLAUSE = re.compile(rf"[^\W\d_]{_REST}(?:\s{{1,3}}(?:&|\w{_REST})){{0,4}}?\s{{1,3}}{_VERB}")
_ADVERB = re.compile(r"[A-Z][a-z]{1,30}(?<=ly),\s")
# What may go on behind "5 p.m.": a zone, a day, a month.
_CLOCK_GOES_ON = re.compile(
    r"[A-Z]{2,5}\b|(?:Eastern|Central|Mountain|Pacific|Atlantic|Greenwich|Local|Mon|Tue|Wed|Thu|Fri"
    r"|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,8}\b|(?:\w{1,30}+\s{1,3}){1,2}[Tt]ime\b"
)
# Behind a word that is counted: "No. 5", "Art. IV", "App. B", "Reg. (EU)".
_COUNT = re.compile(r"(?:[IVXLC]+|[A-Z])\b(?!['’])")
# The rest of a citation up to its section sign: "& Com. Code § 541".
_CITATION = re.compile(r"(?:(?:[A-Z][\w’']{0,11}\.?|&|and|of)\s{1,3}){0,8}(?:§|[Cc]h\.\s{0,3}\d)")
# Words that name a law in full, and so may end a sentence before a section sign.
_LAWS = frozenset(("Act", "Acts", "Code", "Codes", "Law", "Laws", "Rule", "Rules", "Title"))
_LONGEST_CITED = 6  # letters of a shortened word in a citation: "Health", "Admin", "Educ"
# "1. 1. 2024": the rest of a date behind its day.
_DATE = re.compile(r"\d{1,2}\.\s?(?:(?:\d\d){1,2}\b|(?=[^\W\d_A-Z]))|(?:19|20)\d\d\b")
# Closed: behind a number and a full stop these are a German date.
_MONTH = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
# "(b) We…", "b) We…", "b. We…", seen from the letter on; "v." stands between the parties of a case.
_LETTERED = re.compile(r"(?:[a-z]{1,4}\)|[a-uw-z]\.|[ivx]{2,4}\.)\s+[A-Z]")
_MARKER = re.compile(r"[A-Za-z]|[IVXivx]{1,4}")
_LONGEST_MARKER = 3  # digits of the number that counts a sentence; four are a year
_MARKS_REACH = 8  # characters of marks before the first word of a sentence
_NAME_REACH = 80  # characters of a sentence that may be nothing but a name


class Verdict(Enum):
    """What a full stop does."""

    ENDS = "ends"
    """It ends its sentence."""
    SHORTENS = "shortens"
    """It shortens a word, or counts."""
    CITES = "cites"
    """It shortens a word of a citation, whose next word may be shortened as well."""


class FullStop(NamedTuple):
    """A full stop with white space behind it.

    Attributes:
        text: whole; the sentence begins at `begin`, its block ends at `end`.
        word: what stands directly before the full stop, with full stops inside it; "" for a mark.
        start: where the word starts.
        opening: where the next sentence would start.
        next: of the first character there behind quotation marks and brackets.
        closed: a bracket or quotation mark closes directly behind the full stop.
    """

    text: str
    begin: int
    end: int
    word: str
    start: int
    opening: int
    next: int
    closed: bool


def full_stop(text: str, begin: int, end: int, match: re.Match[str]) -> FullStop:
    """Return what is known of a full stop that `sentences` found as `match`."""
    stop = match.start()
    low = max(begin, stop - _WORD_REACH)
    # Cut out, so that the pattern does not look at what stands before it.
    before = _WORD_BEFORE.search(text[low:stop])
    start = low + before.start() if before else stop
    if _PART_OF_WORD.search(text, max(begin, start - 2), start):
        start = stop  # the end of "93H", of "don't" or of a very long word is no word
    closed = match["close"][:1] in tuple(')]”"')
    opening, following = match.end("gap"), match.start("next")
    return FullStop(text, begin, end, text[start:stop], start, opening, following, closed)


def judge(stop: FullStop, cited: bool) -> Verdict:
    """Tell what a full stop does.

    Args:
        stop: the full stop.
        cited: its word goes on with a citation: "Civ" behind "Cal.".
    """
    if stop.text[stop.next].islower():
        lettered = stop.text[stop.opening : stop.next] in ("", "(") and _matches(_LETTERED, stop)
        ends = lettered and kind_of(stop.word) is None
        return Verdict.ENDS if ends else Verdict.SHORTENS
    if stop.word == "":
        return Verdict.ENDS
    if stop.word[0].isdigit():
        return Verdict.SHORTENS if _counts(stop) else Verdict.ENDS
    if _MARKER.fullmatch(stop.word) and _is_first(stop):
        return Verdict.SHORTENS
    kind = kind_of(stop.word)
    if kind is None:
        capital = stop.word[0].isupper()
        return Verdict.CITES if capital and _is_cited(stop, cited) else Verdict.ENDS
    if _ENDINGS[kind](stop):
        return Verdict.ENDS
    return Verdict.CITES if cited or begins_citation(stop.word) else Verdict.SHORTENS


# ---- What a full stop behind a shortened word of each kind needs to end a sentence ----


def _ends_behind_lead(stop: FullStop) -> bool:
    """Behind "e.g." and "Mr." nothing ends, unless a bracket closes: "(approx.) We…"."""
    return stop.closed and _starts_plainly(stop)


def _ends_behind_count(stop: FullStop) -> bool:
    if _is_digit_or_bracket(stop):
        return False
    if stop.word == "No":
        return _is_first(stop)  # the answer, and not "No. Five"
    if _starts_plainly(stop):
        return True
    return is_also_a_word(stop.word) and not _matches(_COUNT, stop)


def _ends_behind_place(stop: FullStop) -> bool:
    # "the U.S. Privacy policy is…" goes on; "Springfield, Ill. Personal data is…" does not.
    before = stop.text[max(stop.begin, stop.start - 3) : stop.start]
    closes_address = before[-1:].isspace() and before.rstrip().endswith(",")
    if closes_address or (stop.word == "St" and _is_named(stop)):
        return _ends_behind_form(stop)
    return _starts_plainly(stop)


def _ends_behind_form(stop: FullStop) -> bool:
    if _starts_plainly(stop):
        return True
    clause = _TITLED_CLAUSE if is_company_form(stop.word) else _CLAUSE
    return not _is_only_a_name(stop) and _matches(clause, stop)


def _ends_behind_clock(stop: FullStop) -> bool:
    goes_on = not stop.text[stop.next].isalpha() or _matches(_CLOCK_GOES_ON, stop)
    return _starts_plainly(stop) or not goes_on


def _ends_behind_list(stop: FullStop) -> bool:
    return stop.text[stop.next].isalpha() and "(" not in stop.text[stop.opening : stop.next]


_ENDINGS: dict[Kind, Callable[[FullStop], bool]] = {
    Kind.LEADS: _ends_behind_lead,
    Kind.REFERS: _ends_behind_count,
    Kind.PLACE: _ends_behind_place,
    Kind.FORM: _ends_behind_form,
    Kind.CLOCK: _ends_behind_clock,
    Kind.LIST: _ends_behind_list,
}


# ---- Numbers and citations ----


def _counts(stop: FullStop) -> bool:
    """Tell whether a number's full stop is that of a marker ("2. We keep…") or of a date."""
    if _matches(_MONTH, stop):
        return True
    if _matches(_DATE, stop) and len(stop.word) <= 2:
        return True
    return len(stop.word.split(".")[0]) <= _LONGEST_MARKER and _is_first(stop)


def _is_cited(stop: FullStop, cited: bool) -> bool:
    """Tell whether an unknown word is shortened in a citation: "Bus. & Com. Code § 541"."""
    word = stop.word
    if not (word.istitle() and len(word) <= _LONGEST_CITED) or word in _LAWS:
        return False
    if begins_citation(_next_word(stop)):
        return False
    return cited or _matches(_CITATION, stop)


# ---- What stands around ----


def is_starter(word: str) -> bool:
    """Tell whether a word with a capital starts a sentence, as it is no part of a name."""
    return word.lower() in _STARTERS and not (len(word) > 1 and word.isupper())


def _matches(pattern: re.Pattern[str], stop: FullStop) -> bool:
    return pattern.match(stop.text, stop.next, stop.end) is not None


def _next_word(stop: FullStop) -> str:
    match = _LEADING_WORD.match(stop.text, stop.next, stop.end)
    return match[0] if match else ""


def _is_digit_or_bracket(stop: FullStop) -> bool:
    opened = stop.text[stop.opening : stop.next]
    following = stop.text[stop.next]
    return following.isdigit() or following in "#§" or "(" in opened or "[" in opened


def _starts_plainly(stop: FullStop) -> bool:
    """Tell whether what follows is a word that starts a sentence and is no part of a name."""
    word = _next_word(stop)
    lower = word.lower()
    if stop.text.startswith(".", stop.next + len(word), stop.end):
        return False  # "Pub. L. No. 104"
    if len(word) == 1 or lower in _VERBS:  # "A", "I"; "Do Not Track"
        behind = stop.text[stop.next + len(word) + 1 : min(stop.end, stop.next + len(word) + 4)]
        return (lower in _VERBS or lower in _STARTERS) and behind.lstrip()[:1].islower()
    if word.isupper():  # in capitals a name's "AND" cannot be told from a sentence's
        return lower in _PLAIN_PRONOUNS
    return lower in _STARTERS or _matches(_ADVERB, stop)


def _is_first(stop: FullStop) -> bool:
    """Tell whether nothing but emphasis and opening marks stands before the word."""
    before = stop.text[stop.begin : min(stop.start, stop.begin + _MARKS_REACH)]
    return before.strip("*_([“\"' ") == "" and stop.start <= stop.begin + _MARKS_REACH


def _is_named(stop: FullStop) -> bool:
    """Tell whether the word before is one of a name: "Main St.", but not "In St. Louis"."""
    before = stop.text[max(stop.begin, stop.start - _WORD_REACH) : stop.start].split()
    return before != [] and before[-1].istitle() and before[-1].lower() not in _STARTERS


def _is_only_a_name(stop: FullStop) -> bool:
    """Tell whether the sentence has said nothing but a name: "The Acme Corp."."""
    if stop.start - stop.begin > _NAME_REACH:
        return False
    first, *others = stop.text[stop.begin : stop.start].split() or [""]
    return first in _DETERMINERS and all(word[0].isupper() or word == "&" for word in others)
