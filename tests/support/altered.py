"""Quotes that say something else than the text: in one word, number, name or negation.

None of them stands anywhere else in its chunk.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from tests.support.copied import SEED, WORD, Sample, copied

Alteration = Callable[[random.Random, str, Sequence[str]], str | None]


def altered(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Yield quotes that say something else, the kinds in turn."""
    rng = random.Random(f"altered {seed}")  # noqa: S311
    kinds = list(ALTERATIONS)
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        sample = copied(rng)
        quote = ALTERATIONS[kind](rng, sample.quote, sample.source.words)
        if quote is not None and not _stands_in(quote, sample.source.text):
            made += 1
            yield Sample(sample.source, kind, quote, sample.start, sample.end)


_TOKEN = re.compile(r"\w+(?:[-'’.,]\w+)*")


def _stands_in(quote: str, text: str) -> bool:
    """Tell whether the words of a quote stand in a text, by a rule that normalizes nothing."""
    return f" {_tokens(quote)} " in f" {_tokens(text)} "


@cache
def _tokens(text: str) -> str:
    bare = re.sub(r"[*_`\u00ad\u200b]", "", text.replace("’", "'")).casefold()
    return " ".join(_TOKEN.findall(bare))


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
    return [word for word in WORD.finditer(quote) if len(word[0]) >= minimum]


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
    pairs = list(re.finditer(rf"({WORD.pattern})( )({WORD.pattern})", quote))
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
