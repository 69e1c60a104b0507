"""Which words a full stop may shorten, and whether a sentence can end there.

English, and the German that European notices cite. A closed group holds all that the language or
an official table has; an open one holds what privacy notices use, and a word that is missing there
is read as an ordinary word. What stands around the full stop is judged in `full_stops`.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache


class Kind(Enum):
    """What a full stop behind a word means, beside that the word is shortened."""

    LEADS = "leads"
    """What it belongs to always follows: "Mr.", "e.g."."""
    REFERS = "refers"
    """A number, a letter or a bracket follows, or it is an ordinary word: "No.", "Art."."""
    PLACE = "place"
    """Goes on as part of a name, or ends a sentence: "Cal.", "U.S.", "St."."""
    FORM = "form"
    """Stands behind a name, which may go on: "Inc.", "Jr.", "Ave.", "Bldg."."""
    CLOCK = "clock"
    """Only a zone or a day can go on behind it: "p.m."."""
    LIST = "list"
    """Ends a list, and in front of a capital letter its sentence: "etc."."""


# Closed in English, open in German: "for example", "that is", "compare", "about", "against".
_INTRODUCERS = """
    e.g i.e eg ie viz cf vs v esp incl resp approx ca
    bspw bzw d.h einschl ggf inkl sog u.a vgl z.b zzgl
"""
# Open, and only with a capital: titles before a person's name, "Fort" and "Mount" before a place's.
_TITLES = "Mr Mrs Ms Mx Dr Prof Hon Rev Gov Sen Rep Gen Capt Lt Col Sgt Hr Fr Ft Mt"
# Open: the parts of laws, books, addresses and forms that are counted, and the words for phone.
_COUNTED = """
    no nos nr art arts sec secs para paras par p pp n vol vols fig figs eq ch chs cl cls tit pt
    pts reg regs dir app apps abs lit ziff s ss tab ext tel fax attn max min subd subsec supp
    stat est sched exh exhs anl anh rn rz pkt kap
"""
# Of these, the ones that are English words too; without a number behind them they end a sentence.
_ALSO_WORDS = frozenset("no art arts fig figs app apps par reg tab max min lit est".split())
# Open, and only with a capital: what a company's name ends in, as far as it is written with a full
# stop. "LLC" and "GmbH" have none of their own; forms of single letters (S.A.) are seen by shape.
_COMPANIES = "Inc Corp Co Cos Ltd Pty Pvt Pte Cie Bros Assn Intl"
# Open, and only with a capital: streets, rooms and departments that have a vowel (the others are
# seen by shape), after the postal service's tables of street suffixes and secondary units.
_ADDRESSES = "Ave Av Cir Hwy Pkwy Fwy Expy Apt Ste Ofc Dept Univ Plz Sq Ter Pl Al Str Tpke"
# Closed: what stands behind names, dates and lists. Small letters, so a capital follows only by
# chance; "al." and "seq." are those of "et al." and "et seq.", "gem." is German.
_BEHIND = "al seq ff f jr sr esq gem"
# Closed, and only with a capital: months and days that are shortened.
_DATES = (
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"
)
# Closed, and only with a capital: the states that are shortened in citations and addresses, and
# what else a citation of the United States may begin with.
_STATES = """
    Ala Ariz Ark Cal Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Md Mass Mich Minn Miss Mo
    Mont Neb Nebr Nev Okla Or Ore Pa Penn Tenn Tex Va Vt Wash Wis Wisc Wyo
    D.C N.C N.D N.H N.J N.M N.Y P.R R.I S.C S.D Fed Pub
"""
# Closed: the states whose names are never shortened, and so begin a citation in full.
_FULL_STATES = "Alaska Hawaii Idaho Iowa Maine Ohio Utah"

_ANY_CASE: dict[str, Kind] = {
    **dict.fromkeys(_INTRODUCERS.split(), Kind.LEADS),
    **dict.fromkeys(_COUNTED.split(), Kind.REFERS),
    **dict.fromkeys(_BEHIND.split(), Kind.FORM),
    **dict.fromkeys(("a.m", "p.m"), Kind.CLOCK),
    **dict.fromkeys(("etc", "usw"), Kind.LIST),
}
_FORMS_OF_COMPANIES = frozenset(_COMPANIES.split())
_FIRST_IN_CITATIONS = frozenset((*_STATES.split(), *_FULL_STATES.split()))
_CAPITALISED: dict[str, Kind] = {
    **dict.fromkeys(_STATES.split(), Kind.PLACE),
    **dict.fromkeys(("St",), Kind.PLACE),  # a street, or a saint before a name
    **dict.fromkeys(_DATES.split(), Kind.FORM),
    **dict.fromkeys((*_COMPANIES.split(), *_ADDRESSES.split()), Kind.FORM),
    **dict.fromkeys(_TITLES.split(), Kind.LEADS),
}
# "U.S.", "P.O.", "C.F.R.", "S.p.A.", "Ph.D.": single letters or pairs with full stops between them.
_LETTERS = re.compile(r"(?:[^\W\d_]{1,2}\.){1,5}[^\W\d_]{1,2}")
# "Bldg", "Blvd", "Rm", "Ltd": a capital and small letters without a vowel are no English word.
_NO_VOWEL = re.compile(r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,5}")

_GERMAN_STREET = "str"  # "Hauptstr. 5"; no English word ends so


@lru_cache(maxsize=4096)  # the last words of sentences repeat
def kind_of(word: str) -> Kind | None:
    """Return what a full stop behind `word` means, None where the word is an ordinary one.

    Args:
        word: without its last full stop, with those inside it: "Inc", "e.g", "U.S".
    """
    if len(word) == 1 and not word.islower():
        return Kind.PLACE
    known = _CAPITALISED.get(word) or _ANY_CASE.get(word.lower())
    if known:
        return known
    if len(word) == 1 or _LETTERS.fullmatch(word):
        return Kind.PLACE
    if word.isupper() and word.capitalize() in _FORMS_OF_COMPANIES:
        return Kind.FORM  # "ACME, INC."; of "MAR." or "FED." in capitals nobody can tell
    by_shape = _NO_VOWEL.fullmatch(word) or (word.istitle() and word.endswith(_GERMAN_STREET))
    return Kind.FORM if by_shape else None


def is_company_form(word: str) -> bool:
    """Tell whether a company's name may end in `word`: "Inc", "Corp"."""
    return word in _FORMS_OF_COMPANIES


def is_also_a_word(word: str) -> bool:
    """Tell whether `word`, as it is written, is an English word as well: "no", but not "No"."""
    return word in _ALSO_WORDS


def begins_citation(word: str) -> bool:
    """Tell whether the law of a state may be cited with `word` first: "Cal", "Utah"."""
    return word in _FIRST_IN_CITATIONS
