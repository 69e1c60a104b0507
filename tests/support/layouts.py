"""The same policies laid out anew: lines wrapped, other bullets and numbers, indents and spaces.

What a layout needs is kept: a heading of Markdown is one line, and words set in bold have blank
lines around their paragraphs, since without these Markdown has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<mark>(?:[•*-]|\d+\.)(?=[ \t]))?[ \t]*(?P<words>.*)")
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_LABEL = re.compile(r"[A-Z][^:.]{2,40}:")
_GAP = re.compile(r"(?<=\S) (?=\S)")


@dataclass(frozen=True, slots=True)
class Laid:
    """How a text is laid out; what is not said stays as it is.

    Attributes:
        width: characters of a line; `over` breaks behind the word that reaches over them.
        hang: lines that go on are indented as the words of their item.
        bullet: of items, or their first number or letter: "-", "1.", "(a)", "i.".
        between: blank lines stand between items; `apart`: between paragraphs.
        hyphen: parts long words at the end of a line.
    """

    width: int = 0
    over: bool = False
    hang: bool = False
    bullet: str = ""
    indent: str | None = None
    between: bool = False
    apart: bool = False
    end: str = "\n"
    sentence_gap: str = " "
    mark_gap: str = " "
    justified: bool = False
    hyphen: str = ""
    bold: bool = False
    spaced: bool = False

    def of(self, text: str, *, markdown: bool = False) -> str:
        """Return `text` in this layout."""
        out: list[str] = []
        item = False
        counts: Counter[str] = Counter()
        for raw in text.split("\n"):
            line = _LINE.match(raw)
            assert line is not None
            indent, mark, words = line["indent"], line["mark"] or "", line["words"].rstrip()
            if not words or raw.startswith("#"):
                out.append(raw.strip())
                counts.clear()
                continue
            listed = mark != "" and (markdown or not mark[0].isdigit())
            if listed:
                counts[indent] += 1
                sign = mark if mark[0].isdigit() else self._sign(mark, counts[indent])
                first = (indent if self.indent is None or markdown else self.indent) + sign
                first += self.mark_gap
            else:
                counts.clear()
                first = indent + (f"{mark} " if mark else "")
            parted = self.between if listed and item else self.apart and not markdown
            if parted and out and out[-1]:
                out.append("")
            lines = self._lines(first, self._words(words, listed))
            if raw.endswith("  "):
                lines[-1] += "  "
            out += [each for line in lines for each in (line, "")] if self.spaced else lines
            item = listed
        return self.end.join(out)

    def _sign(self, mark: str, ordinal: int) -> str:
        name = self.bullet.strip("().")
        count = {"1": str(ordinal), "a": chr(96 + ordinal), "i": _ROMANS[(ordinal - 1) % 20]}
        return self.bullet.replace(name, count[name]) if name in count else self.bullet or mark

    def _words(self, words: str, listed: bool) -> list[str]:
        if self.bold and listed and "*" not in words:
            words = _LABEL.sub(lambda label: f"**{label[0]}**", words, count=1)
        if self.sentence_gap != " ":
            words = re.sub(r"(?<=[.!?]) (?=[A-Z])", self.sentence_gap, words)
            return words.split(" ")
        return words.split()

    def _lines(self, first: str, words: Sequence[str]) -> list[str]:
        if not self.width:
            return [first + " ".join(words)]
        rest = " " * len(first.expandtabs(4)) if self.hang else ""
        lines = list(self._wrapped(first + words[0], words[1:], rest))
        return [*map(self._filled, lines[:-1]), lines[-1]] if self.justified else lines

    def _wrapped(self, line: str, words: Sequence[str], rest: str) -> Iterator[str]:
        for word in words:
            room = self.width - len(line) - 1
            if (len(line) <= self.width) if self.over else len(word) <= room:
                line += f" {word}"
            elif self.hyphen and room > 4 and len(word) > room + 3 and word.isalpha():
                yield f"{line} {word[: room - 1]}{self.hyphen}"
                line = rest + word[room - 1 :]
            else:
                yield line
                line = rest + word
        yield line

    def _filled(self, line: str) -> str:
        gaps = [found.start() for found in _GAP.finditer(line)]
        missing = self.width - len(line)
        if missing > len(gaps):
            return line
        for gap in sorted(gaps[: max(missing, 0)], reverse=True):
            line = f"{line[:gap]} {line[gap:]}"
        return line


LAYOUTS = {
    **{f"wrapped at {width}": Laid(width) for width in (50, 60, 65, 72, 79, 100, 140)},
    **{f"wrapped over {width}": Laid(width, over=True) for width in (50, 65, 72, 90, 100)},
    **{f"bullets {mark}": Laid(bullet=mark) for mark in ("-", "*", "–", "▪", "1)", "a.", "(i)")},
    **{
        f"bullets {mark}, wrapped": Laid(60, bullet=mark)
        for mark in ("-", "•", "–", "1.", "(a)", "i.")
    },
    "hanging": Laid(50, hang=True),
    "indented": Laid(indent="    "),
    "not indented, wrapped": Laid(72, indent=""),
    "indented by tabs, wrapped": Laid(60, indent="\t"),
    "items parted, wrapped": Laid(60, between=True),
    "all parted, wrapped": Laid(60, between=True, apart=True),
    "two characters a line end, wrapped": Laid(72, end="\r\n"),
    "two spaces a sentence, wrapped": Laid(72, sentence_gap="  "),
    "tabs behind bullets, wrapped": Laid(72, mark_gap="\t"),
    "justified": Laid(50, justified=True),
    "hyphens": Laid(60, hyphen="-"),
    "soft hyphens": Laid(60, hyphen="\u00ad"),
    "labels in bold": Laid(apart=True, bold=True),
    "labels in bold, wrapped": Laid(72, bullet="*", apart=True, bold=True),
}
