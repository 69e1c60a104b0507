"""Measure how fast `annotate run` reads documents, and whether its memory stays flat.

    python benchmarks/throughput.py [--documents 10000] [--characters 10000] [--task privacy_policy]
    python benchmarks/throughput.py --stages [--documents 100]

Documents are made of the sentences of `eval/documents`, shuffled, each with one of its words
swapped for another, so that no two documents and hardly two sentences are the same. The offline
baseline annotates a tenth of them, then all of them, each in a process of its own, as a user would.

`--stages` says in one process how long each stage takes of the processor, for the documents of
`eval/documents` as they are, repeated, for the generated ones, for the first ones set as web pages,
and for the web pages of the tests, small ones with more marks than words. Nothing is kept from one
text to the next but what the lexicon has learnt of words and of which phrases follow each other.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import markdown

import annotate.cli  # noqa: F401 (so that garbage is looked for as seldom as in the command)
from annotate import Document, read_documents, segment
from annotate.documents.chunking import chunk
from annotate.files import json_line, write_file
from annotate.lexicon.annotator import LexiconAnnotator, answer
from annotate.lexicon.lexicon import Lexicon
from annotate.project.tasks import load_task

_SOURCES = Path(__file__).resolve().parents[1] / "eval" / "documents"
_PAGES = Path(__file__).resolve().parents[1] / "tests" / "documents" / "web_pages"
_COMMAND = Path(sys.executable).with_name("annotate")
_PARAGRAPH = 5  # sentences


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run: megabytes (10^6) of input, seconds, those of the processor, peak memory in MiB."""

    documents: int
    megabytes: float
    seconds: float
    processor: float
    peak: float

    @property
    def rate(self) -> float:
        """Megabytes a second."""
        return self.megabytes / self.seconds

    def __str__(self) -> str:
        return (
            f"{self.documents:>7,} documents  {self.megabytes:>6.1f} MB  {self.seconds:>6.1f} s, "
            f"{self.processor:>6.1f} of processor  {self.rate:>5.2f} MB/s  "
            f"{self.megabytes / self.processor:>5.2f} MB/s of processor  peak {self.peak:>6.1f} MiB"
        )


def texts(count: int, characters: int) -> Iterator[str]:
    """Yield texts of about so many characters, the same ones every time."""
    headings, sentences = _pieces()
    words = sorted({word for sentence in sentences for word in sentence.split() if word.isalpha()})
    random_ = random.Random(0)  # noqa: S311 (not for secrets)
    for _ in range(count):
        paragraphs: list[str] = []
        length = 0
        while length < characters:
            chosen = random_.choices(sentences, k=_PARAGRAPH)
            paragraph = " ".join(_varied(sentence, words, random_) for sentence in chosen)
            paragraphs.append(f"{random_.choice(headings)}\n\n{paragraph}")
            length += len(paragraphs[-1]) + 2
        yield "\n\n".join(paragraphs)


def write_texts(path: Path, count: int, characters: int) -> Path:
    """Write so many of these texts as JSON Lines; no more than one of them is in memory."""
    rows = ({"id": f"{n:06}", "text": text} for n, text in enumerate(texts(count, characters)))
    write_file(path, map(json_line, rows))
    return path


def _pieces() -> tuple[list[str], list[str]]:
    headings: list[str] = []
    sentences: list[str] = []
    for document in read_documents([_SOURCES]):
        segmentation = segment(document.text)
        for unit in segmentation.units:
            found = headings if unit.kind == "heading" else sentences
            found.append(" ".join(segmentation.quote(unit).split()))
    return headings, sentences


def _varied(sentence: str, words: list[str], random_: random.Random) -> str:
    parts = sentence.split(" ")
    parts[random_.randrange(len(parts))] = random_.choice(words)
    return " ".join(parts)


def measure(folder: Path, count: int, characters: int, task: str) -> Measurement:
    """Write `count` documents below `folder` and annotate them in a process of its own."""
    source = write_texts(folder / f"{count}.jsonl", count, characters)
    begin = time.perf_counter()
    out = folder / f"run-{count}"
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [_COMMAND, "run", source, "--task", task, "--out", out], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"annotate run ended with exit code {process.returncode}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss is in bytes there, else in KiB
    processor = usage.ru_utime + usage.ru_stime
    megabytes = source.stat().st_size / 1e6
    return Measurement(count, megabytes, seconds, processor, usage.ru_maxrss / unit)


async def stages(documents: Iterable[Document], task: str) -> tuple[dict[str, float], float]:
    """Return the seconds of processor of each stage by name, and the megabytes of text."""
    opened = load_task(task)
    if opened.lexicon is None:
        sys.exit(f"task {task} has no lexicon")
    lexicon = Lexicon.load(opened.lexicon, opened.schema)
    annotator = LexiconAnnotator(lexicon, opened.schema)
    spent = dict.fromkeys(("reading", "units and chunks", "languages", "lexicon", "grounding"), 0.0)
    megabytes = 0.0
    read_from = time.process_time()
    for document in documents:
        begin = time.process_time()
        spent["reading"] += begin - read_from
        megabytes += len(document.text.encode()) / 1e6
        segmentation = segment(document.text, document.layout)
        chunks = chunk(segmentation)
        divided = time.process_time()
        _ = segmentation.languages
        known = time.process_time()
        for each in chunks:
            answer(lexicon, each, segmentation)
        answered = time.process_time()
        for each in chunks:  # what the lexicon takes where it has learnt all, as in what follows
            answer(lexicon, each, segmentation)
        again = time.process_time()
        for each in chunks:  # the lexicon once more, and grounding
            await annotator.annotate(each, segmentation, "document", 0)
        read_from = time.process_time()
        spent["units and chunks"] += divided - begin
        spent["languages"] += known - divided
        spent["lexicon"] += answered - known
        spent["grounding"] += max(read_from - again - (again - answered), 0)
    return spent, megabytes


def _repeated(paths: Sequence[Path], count: int) -> Iterator[Document]:
    """Yield so many documents, read again and again from the same files."""
    rounds = (read_documents(paths) for _ in itertools.count())
    return itertools.islice(itertools.chain.from_iterable(rounds), count)


def _set_as_pages(folder: Path) -> list[Path]:
    """Write the documents of `eval/documents` as pages of a site, with its menus and classes."""
    links = "".join(
        f'<li class="menu-item"><a class="link small" href="/{n}">Page {n}</a></li>'
        for n in range(60)
    )
    menu = f'<nav class="menu"><ul>{links}</ul></nav>'
    pages = []
    for document in read_documents([_SOURCES]):
        body = markdown.markdown(document.text, extensions=["tables"])
        body = body.replace("<p>", '<p class="text"><span style="margin: 0">')
        body = body.replace("</p>", "</span></p>").replace("<li>", '<li class="item">')
        pages.append(folder / f"{document.id}.html")
        pages[-1].write_text(
            f"<!doctype html><title>{document.id}</title><body><header>{menu}</header>"
            f"<main><article>{body}</article></main><footer>{menu}</footer>",
            encoding="utf-8",
        )
    return pages


def print_stages(documents: int, characters: int, task: str) -> None:
    """Print the rate and the share of each stage, for documents as they are and for others."""
    with tempfile.TemporaryDirectory() as folder:
        pages = _set_as_pages(Path(folder))
        small = sorted(_PAGES.glob("*.html"))
        _print_stages_of("repeated", _repeated([_SOURCES], documents), task)
        generated = (Document("", text) for text in list(texts(documents, characters)))
        _print_stages_of("generated", generated, task)
        _print_stages_of("pages", _repeated(pages, documents), task)
        _print_stages_of("small pages", _repeated(small, 10 * documents), task)


def _print_stages_of(name: str, read: Iterable[Document], task: str) -> None:
    spent, megabytes = asyncio.run(stages(read, task))
    total = sum(spent.values())
    print(f"{name}: {megabytes:.2f} MB of text, {megabytes / total:.2f} MB/s of processor")
    for stage, seconds in spent.items():
        print(f"  {stage:<17} {seconds / megabytes:>5.2f} s/MB  {seconds / total:>4.0%}")


def main() -> None:
    """Print both measurements and their ratios, or the stages."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--stages", action="store_true", help="of one process, by stage")
    parser.add_argument("--characters", type=int, default=10_000, help="of one document, about")
    parser.add_argument("--task", default="privacy_policy")
    asked = parser.parse_args()
    if asked.stages:
        print_stages(min(asked.documents, 100), asked.characters, asked.task)
        return
    with tempfile.TemporaryDirectory() as folder:
        few, all_ = (
            measure(Path(folder), count, asked.characters, asked.task)
            for count in (max(asked.documents // 10, 1), asked.documents)
        )
    print(few)
    print(all_)
    text, time_, memory = (
        getattr(all_, name) / getattr(few, name) for name in ("megabytes", "seconds", "peak")
    )
    print(f"{text:.1f} times the text: {time_:.2f} times the time, {memory:.2f} times the memory")


if __name__ == "__main__":
    main()
