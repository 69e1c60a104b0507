"""Quotes as models give them: copied, copied with other typography, and altered.

All are made from the example documents with a seed. An altered quote says something else than the
text, in one word, number, name or negation, and stands nowhere else in its chunk; a changed one
says the same in other white space, quotes, dashes, case, line breaks or marks.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment

DOCUMENTS = Path(__file__).parents[2] / "eval" / "documents"
SEED = 20190305

Change = Callable[[random.Random, str], str | None]
Alteration = Callable[[random.Random, str, Sequence[str]], str | None]


@dataclass(frozen=True)
class Source:
    """A chunk that quotes are taken from: its text, its units in it, and its words."""

    name: str
    text: str
    units: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """A quote and where its words stand in the source, if they do."""

    source: Source
    kind: str
    quote: str
    start: int
    end: int

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a range is the sample's, but for marks at its edges."""
        return _core(self.source.text, start, end) == _core(self.source.text, self.start, self.end)


@cache
def sources() -> tuple[Source, ...]:
    """Return every chunk of the example documents, in order."""
    found = []
    for path in sorted(DOCUMENTS.iterdir()):
        segmentation = segment(path.read_text(encoding="utf-8"))
        for part in chunk(segmentation):
            inside = (segmentation.units[i] for i in part.units)
            units = tuple((u.start - part.start, u.end - part.start) for u in inside)
            words = tuple(match[0] for match in _WORD.finditer(part.text))
            name = f"{path.stem}[{part.index}]"
            found.append(Source(name, part.text, units, words))
    return tuple(found)


def verbatim(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Yield whole units, fragments of several words, and pairs of units, as printed."""
    rng = random.Random(f"verbatim {seed}")  # noqa: S311 (a seed, not a secret)
    for _ in range(count):
        yield _copied(rng)


def changed(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Yield quotes with other typography: the kinds in turn, then several at once."""
    rng = random.Random(f"changed {seed}")  # noqa: S311
    kinds = [*CHANGES, "combined"]
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        sample = _copied(rng)
        quote = _combined(rng, sample.quote) if kind == "combined" else None
        quote = CHANGES[kind](rng, sample.quote) if kind in CHANGES else quote
        if quote is not None and quote not in sample.source.text:
            made += 1
            yield Sample(sample.source, kind, quote, sample.start, sample.end)


def altered(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Yield quotes that say something else, the kinds in turn."""
    rng = random.Random(f"altered {seed}")  # noqa: S311
    kinds = list(ALTERATIONS)
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        sample = _copied(rng)
        quote = ALTERATIONS[kind](rng, sample.quote, sample.source.words)
        if quote is not None and not _stands_in(quote, sample.source.text):
            made += 1
            yield Sample(sample.source, kind, quote, sample.start, sample.end)


def _copied(rng: random.Random) -> Sample:
    while True:
        source = rng.choice(sources())
        if not source.units:
            continue
        kind = rng.choice(("unit", "fragment", "fragment", "pair"))
        first = rng.randrange(len(source.units))
        start, end = source.units[first]
        if kind == "pair":
            if first + 1 == len(source.units):
                continue
            end = source.units[first + 1][1]
        elif kind == "fragment":
            words = list(re.finditer(r"\S+", source.text[start:end]))
            if len(words) < 4:
                continue
            size = rng.randint(3, min(len(words), 15))
            at = rng.randrange(len(words) - size + 1)
            start, end = start + words[at].start(), start + words[at + size - 1].end()
        if end <= len(source.text) and any(c.isalnum() for c in source.text[start:end]):
            return Sample(source, kind, source.text[start:end], start, end)


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    if target := re.search(r"\]\([^)\s]*\)\W*$", text[start:end]):
        end = start + target.start()
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


_TOKEN = re.compile(r"\w+(?:[-'’.,]\w+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def _stands_in(quote: str, text: str) -> bool:
    """Tell whether the words of a quote stand in a text, by a rule that knows no folding."""
    tokens, inside = (" ".join(_TOKEN.findall(_bare(each))) for each in (quote, text))
    return f" {tokens} " in f" {inside} "


def _bare(text: str) -> str:
    return re.sub(r"[*_`\u00ad\u200b]", "", text.replace("’", "'")).casefold()


# ---- Other typography ----

_PROSE = re.compile(r"(?<!\S)[a-z]{4,}(?!\S)")


def _spaced(rng: random.Random, quote: str) -> str | None:
    return re.sub(
        r"[ \u00a0]+", lambda _: rng.choice(["  ", "\t", "\u00a0", " \u2009", "\u202f"]), quote
    )


def _broken(rng: random.Random, quote: str) -> str | None:
    if rng.random() < 0.5 and "\n" in quote:
        return re.sub(r"\s*\n\s*", lambda _: rng.choice([" ", "\r\n", "\n\n"]), quote)
    return re.sub(r" ", lambda _: rng.choice([" ", " ", "\n", "\r\n"]), quote)


def _requoted(rng: random.Random, quote: str) -> str | None:
    style = rng.choice(["straight", "curly", "single", "wrapped"])
    if style == "wrapped" or not re.search(r"[\"'“”‘’]", quote):
        return rng.choice(["“{}”", '"{}"', "«{}»", "'{}'"]).format(quote)
    if style == "straight":
        return quote.translate(str.maketrans("“”‘’", "\"\"''"))
    if style == "curly":
        return re.sub(r"\"(?=\w)", "“", quote).replace('"', "”").replace("'", "’")
    return quote.translate(str.maketrans('“”"', "‘’'"))


def _redashed(rng: random.Random, quote: str) -> str | None:
    return re.sub(r"[-–—]", lambda _: rng.choice("-–—‑‐"), quote)  # noqa: RUF001


def _recased(rng: random.Random, quote: str) -> str | None:
    return rng.choice([str.upper, str.lower, str.title, str.swapcase, _capital])(quote)


def _capital(quote: str) -> str:
    return quote[0].swapcase() + quote[1:]


def _unmarked(rng: random.Random, quote: str) -> str | None:
    quote = re.sub(r"!?\[([^\]\n]*)\]\([^)\s]*\)", r"\1", quote)
    quote = re.sub(r"<(https?:[^>\s]*)>", r"\1", quote)
    quote = re.sub(r"(?m)^[ \t]*(?:[-*•]|#{1,6}|>)[ \t]+", "", quote)
    return re.sub(r"\*+|`|(?<!\w)_+|_+(?!\w)", "", quote)


def _marked(rng: random.Random, quote: str) -> str | None:
    words = list(re.finditer(r"[^\W_]{3,}", quote))
    if not words:
        return None
    word = rng.choice(words)
    mark = rng.choice(["**", "*", "_", "`", "***"])
    before, after = quote[word.start() - 1 : word.start()], quote[word.end() : word.end() + 1]
    if mark == "_" and re.match(r"\w", before + after):
        return None
    return f"{quote[: word.start()]}{mark}{word[0]}{mark}{quote[word.end() :]}"


def _recoded(rng: random.Random, quote: str) -> str | None:
    style = rng.choice(["wide", "decomposed", "invisible", "ligature"])
    if style == "wide":
        return _PROSE.sub(lambda word: "".join(chr(ord(c) + 0xFEE0) for c in word[0]), quote)
    if style == "decomposed":
        return unicodedata.normalize("NFD", quote)
    if style == "ligature":
        return quote.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02")
    return _PROSE.sub(lambda word: word[0][:3] + rng.choice("\u00ad\u200b") + word[0][3:], quote)


CHANGES: dict[str, Change] = {
    "white space": _spaced,
    "line breaks": _broken,
    "quotes": _requoted,
    "dashes": _redashed,
    "case": _recased,
    "marks lost": _unmarked,
    "marks added": _marked,
    "code points": _recoded,
}


def _combined(rng: random.Random, quote: str) -> str | None:
    # Marks go first, while their lines still stand; wide letters go last, else no mark is one.
    kinds = ["marks lost", "case", "dashes", "quotes", "white space", "line breaks"]
    chosen = set(rng.sample(kinds, rng.randint(2, len(kinds))))
    for kind in kinds:
        if kind in chosen:
            quote = CHANGES[kind](rng, quote) or quote
    return quote


# ---- Other words ----

_UNITS = "second minute hour day week month quarter year".split()
_NUMBERS = "one two three four five six seven eight nine ten first second third".split()
_NEGATIONS = "not no never cannot without neither nor".split()
_ALIKE = """
contacting/contracting contact/contract contacts/contracts conform/confirm protection/projection
protect/project complaint/compliant complaints/compliance principal/principle interstate/intrastate
accept/except affect/effect ensure/insure personal/personnel access/assess use/user may/must and/or
with/without include/exclude including/excluding before/after your/our you/we such/each than/then
not/now data/date retain/obtain transfer/transform storing/sorting storage/shortage from/form
provide/prove provider/provided process/possess policy/police service/surface services/surfaces
purposes/purchases purpose/propose collect/correct collection/correction disclose/enclose
disclosure/enclosure information/informational third/first party/parties consent/content
request/require requests/requires address/adders security/scarcity marketing/marking legal/illegal
law/laws account/count website/webside device/devise devices/devises cookies/cooks email/emails
under/over more/most any/many all/some only/also other/another users/uses customer/costumer
customers/costumers company/companion sharing/shaping share/shape related/relayed state/statue
applicable/applicant required/acquired communications/communication internal/external
opt-out/opt-in public/pubic right/rite rights/rites advertising/advising
""".split()
_SYNONYMS = """
share/sell collect/gather use/process may/will may/can must/may will/may can/may disclose/share
information/data data/information provide/offer receive/obtain keep/retain retain/keep
protect/safeguard customers/clients users/visitors company/firm personal/private consent/permission
services/products third/other website/site parties/partners law/statute employees/staff
obtain/acquire delete/erase change/modify necessary/required ensure/guarantee such/these
""".split()


def _core_words(quote: str, minimum: int = 1) -> list[re.Match[str]]:
    return [word for word in _WORD.finditer(quote) if len(word[0]) >= minimum]


def _put(quote: str, word: re.Match[str], new: str) -> str:
    if word[0].isupper() and len(word[0]) > 1:
        new = new.upper()
    elif word[0][0].isupper():
        new = new[0].upper() + new[1:]
    return quote[: word.start()] + new + quote[word.end() :]


def _one_of(
    rng: random.Random, quote: str, turned: Callable[[str], Sequence[str]], minimum: int = 1
) -> str | None:
    """Replace one word by one of what `turned` makes of it in lower case."""
    options = [
        (word, new) for word in _core_words(quote, minimum) for new in turned(word[0].lower())
    ]
    return _put(quote, *rng.choice(options)) if options else None


def _other_word(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    return _one_of(rng, quote, lambda word: [w for w in rng.sample(words, 3) if w.lower() != word])


def _inflected(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    return _one_of(rng, quote, _forms, minimum=4)


def _forms(word: str) -> list[str]:
    stem = re.sub(r"(?:ing|ed|es|s|e|'s|’s)$", "", word)
    endings = ["", "s", "ed", "ing", "e", "es", "'s", "er", "ion", "ly"]
    return [stem + ending for ending in endings if stem + ending != word]


def _table(pairs: Sequence[str], both: bool) -> Callable[[str], Sequence[str]]:
    forms: dict[str, list[str]] = {}
    for pair in pairs:
        first, second = pair.split("/")
        forms.setdefault(first, []).append(second)
        if both:
            forms.setdefault(second, []).append(first)
    return lambda word: forms.get(word, [])


def _alike(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    return _one_of(rng, quote, _table(_ALIKE, both=True))


def _synonym(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    return _one_of(rng, quote, _table(_SYNONYMS, both=False))


def _number(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    digits = list(re.finditer(r"\d", quote))
    if not digits:
        return _one_of(
            rng, quote, lambda w: [n for n in _NUMBERS if n != w] if w in _NUMBERS else []
        )
    digit = rng.choice(digits)
    new = rng.choice(
        [d for d in "0123456789" if d != digit[0]] + ["", digit[0] * 2, digit[0] + "²"]
    )
    return quote[: digit.start()] + new + quote[digit.end() :]


def _unit(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    def others(word: str) -> list[str]:
        plural = "s" if word.endswith("s") else ""
        unit = word.removesuffix("s")
        return [other + plural for other in _UNITS if other != unit] if unit in _UNITS else []

    return _one_of(rng, quote, others)


def _name(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    names = [w for w in _core_words(quote) if w[0][0].isupper() and w.start() > 0]
    others = [w for w in words if w[0].isupper()]
    if not names or not others:
        return None
    name, other = rng.choice(names), rng.choice(others)
    return _put(quote, name, other) if other.casefold() != name[0].casefold() else None


def _negation(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    present = [w for w in _core_words(quote) if w[0].lower() in _NEGATIONS]
    if present and rng.random() < 0.7:
        word = rng.choice(present)
        if word[0].lower() == "cannot":
            return _put(quote, word, "can")
        return quote[: word.start()] + quote[word.end() :].removeprefix(" ")
    gaps = [space.start() for space in re.finditer(" ", quote)]
    if not gaps:
        return None
    gap = rng.choice(gaps)
    return f"{quote[:gap]} {rng.choice(['not', 'no', 'never'])}{quote[gap:]}"


def _prefix(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    def turned(word: str) -> list[str]:
        bare = re.sub(r"^(?:un|in|im|non-|dis|de-|re)", "", word)
        added = [p + word for p in ("un", "in", "non-", "dis", "non")]
        return [bare, bare, *added] if bare != word else added

    return _one_of(rng, quote, turned, minimum=5)


def _transposed(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    pairs = list(re.finditer(rf"({_WORD.pattern})( )({_WORD.pattern})", quote))
    if not pairs:
        return None
    pair = rng.choice(pairs)
    return quote[: pair.start()] + pair[3] + pair[2] + pair[1] + quote[pair.end() :]


def _dropped(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    present = _core_words(quote)[1:-1]
    if not present:
        return None
    word = rng.choice(present)
    return quote[: word.start()] + quote[word.end() :].removeprefix(" ")


def _inserted(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    gaps = [space.start() for space in re.finditer(" ", quote)]
    if not gaps:
        return None
    gap = rng.choice(gaps)
    return f"{quote[:gap]} {rng.choice(words)}{quote[gap:]}"


def _letter(rng: random.Random, quote: str, words: Sequence[str]) -> str | None:
    """Replace, drop or double one letter: how "form" becomes "from", "filing" "filling"."""

    def turned(word: str) -> list[str]:
        i = rng.choice([i for i, c in enumerate(word) if c.isalpha()])
        doubled, undoubled = word[:i] + word[i] + word[i:], re.sub(r"([a-z])\1", r"\1", word)
        replaced = word[:i] + rng.choice("aeiorstln") + word[i + 1 :]
        return [w for w in (doubled, undoubled, replaced, word[:i] + word[i + 1 :]) if w != word]

    return _one_of(rng, quote, turned, minimum=4)


ALTERATIONS: dict[str, Alteration] = {
    "other word": _other_word,
    "inflected": _inflected,
    "lookalike": _alike,
    "synonym": _synonym,
    "number": _number,
    "unit": _unit,
    "name": _name,
    "negation": _negation,
    "prefix": _prefix,
    "transposed": _transposed,
    "dropped": _dropped,
    "inserted": _inserted,
    "letter": _letter,
}
