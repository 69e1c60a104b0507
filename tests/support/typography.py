"""Quotes with other typography, as models give them: they say what the text says.

White space, line breaks, quotes, dashes, case, marks and code points differ from the printed ones.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator

from tests.support.copied import SEED, Sample, copied

Change = Callable[[random.Random, str], str | None]


def changed(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Yield quotes with other typography: the kinds in turn, then several at once."""
    rng = random.Random(f"changed {seed}")  # noqa: S311
    kinds = [*CHANGES, "combined"]
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        sample = copied(rng)
        quote = _combined(rng, sample.quote) if kind == "combined" else None
        quote = CHANGES[kind](rng, sample.quote) if kind in CHANGES else quote
        if quote is not None and quote not in sample.source.text:
            made += 1
            yield Sample(sample.source, kind, quote, sample.start, sample.end)


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
