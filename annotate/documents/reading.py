"""Read files, folders, globs and standard input as documents with one canonical text each.

The canonical text is the decoded file without a byte-order mark, line ends kept; every offset in
this project counts its code points. HTML and PDF are read by libraries of the `documents` extra.
"""

from __future__ import annotations

import codecs
import glob
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotate.documents.document import Document
from annotate.errors import DocumentError, MissingExtra, UsageError

MAX_BYTES = 64 * 1024 * 1024
"""The largest file, or line of a JSON Lines file, that is read as one document."""

_MAX_NESTING = 1000  # of HTML elements; browsers stop at about half of it
_MAX_SHOWN = 200  # characters of a name in a message
_STDIN = "-"

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Control characters that no text file holds; tab, line ends, form feed and separators are left out.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b]")
_CONTROLS_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to read, or standard input, with the name that its documents get."""

    path: Path | None  # None is standard input
    id: str

    @property
    def shown(self) -> str:
        return _shown(self.id)


_OnError = Callable[[DocumentError], None]


def read_documents(
    inputs: Sequence[str | Path],
    *,
    encoding: str = "utf-8",
    on_error: _OnError | None = None,
) -> Iterator[Document]:
    """Yield the documents behind files, folders, globs and "-" (standard input), one at a time.

    Folders are read recursively in sorted order; hidden files and unknown suffixes in them are
    left out. A document that cannot be read goes to `on_error`, and the others follow; without
    `on_error` it is raised.

    Raises:
        UsageError: for an input that names nothing, or two documents of the same name.
        DocumentError: see `on_error`.
    """
    codec = _codec(encoding)
    for source in _sources(inputs):
        try:
            yield from _read(source, codec, on_error)
        except DocumentError as error:
            _report(error, on_error)


def _report(error: DocumentError, on_error: _OnError | None) -> None:
    if on_error is None:
        raise error
    on_error(error)


def _codec(encoding: str) -> str:
    """Return the canonical name of a text encoding."""
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise UsageError(
            f"--encoding {encoding!r} is unknown; try utf-8, cp1252 or utf-16"
        ) from None


# ---- Which files ----


def _sources(inputs: Sequence[str | Path]) -> list[_Source]:
    """Resolve inputs to sources with unique names, in the order given."""
    found: dict[str, _Source] = {}
    for given in inputs:
        for source in _resolve(str(given)):
            place = os.path.abspath(source.path) if source.path else _STDIN  # noqa: PTH100 (lexical)
            found.setdefault(place, source)  # a file named twice is read once
    clashes = _repeated(found.values())
    named = [
        _Source(source.path, source.path.as_posix())
        if source.path and source.id in clashes
        else source
        for source in found.values()
    ]
    if still := _repeated(named):
        raise UsageError(f"two inputs are both named {_shown(min(still))}; name their folders")
    return named


def _repeated(sources: Iterable[_Source]) -> set[str]:
    return {name for name, times in Counter(source.id for source in sources).items() if times > 1}


def _resolve(given: str) -> list[_Source]:
    if given == _STDIN:
        return [_Source(None, "stdin")]
    path = Path(given)
    if _is_folder(path):
        if below := _below(path):
            return below
        known = ", ".join(sorted(_READERS))
        raise UsageError(f"{_shown(given)}: no document in this folder (looked for {known})")
    if not glob.has_magic(given) or os.path.lexists(path):
        return [_Source(path, path.name)]  # a missing file is one document's error, not the run's
    matches = [Path(match) for match in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 (a pattern may be absolute)
    found = [
        source
        for match in matches
        for source in (_below(match) if _is_folder(match) else [_Source(match, match.name)])
    ]
    if not found:
        raise UsageError(f"{_shown(given)}: no file matches")
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder above it that is closed to us
        return False


def _is_run(folder: Path) -> bool:
    """Tell whether a folder is what a run wrote: its copies of texts are no input of another."""
    return (folder / "manifest.json").is_file() and (folder / "annotations.jsonl").is_file()


def _below(folder: Path) -> list[_Source]:
    """Return the documents in a folder, sorted by path, without hidden ones and without runs."""
    runs = {path.parent for path in folder.rglob("documents.jsonl") if _is_run(path.parent)}
    return [
        _Source(path, name)
        for name, path in sorted((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*"))
        if path.suffix.lower() in _READERS
        and not any(part.startswith(".") for part in name.split("/"))
        and runs.isdisjoint(path.parents)
        and path.is_file()
    ]


# ---- What is in them ----


def _read(source: _Source, encoding: str, on_error: _OnError | None) -> Iterator[Document]:
    suffix = source.path.suffix.lower() if source.path else ""
    if suffix == ".jsonl":
        yield from _read_rows(source, encoding, on_error)
        return
    text = _READERS.get(suffix, _read_text)(_bytes(source), source.shown, encoding)
    yield _document(source.id, text, _FORMATS.get(suffix, "text"), source.shown)


def _document(id: str, text: str, format: str, name: str) -> Document:
    if not text.strip():
        raise DocumentError(name, "holds no text; leave it out")
    return Document(id, text, format)


def _bytes(source: _Source) -> bytes:
    try:
        with _opened(source) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(source, error) from None
    if len(data) > MAX_BYTES:
        raise _too_large(source.shown)
    if not data:
        raise DocumentError(source.shown, "is empty; leave it out")
    return data


def _opened(source: _Source) -> AbstractContextManager[BinaryIO]:
    """Open a regular file; standard input is left open on exit."""
    if source.path is None:
        if sys.stdin is None:
            raise DocumentError(source.shown, "is closed; pipe a text into it")
        return nullcontext(sys.stdin.buffer)
    if not source.path.exists():
        raise DocumentError(source.shown, "no such file; check its name")
    if not source.path.is_file():
        raise DocumentError(source.shown, "is not a regular file; copy what it gives into one")
    return source.path.open("rb")


def _unreadable(source: _Source, error: OSError) -> DocumentError:
    reason = error.strerror or type(error).__name__
    return DocumentError(source.shown, f"cannot be read ({reason}); check its name and its rights")


def _too_large(name: str) -> DocumentError:
    return DocumentError(name, f"larger than {MAX_BYTES // 2**20} MiB; split it into documents")


def _decoded(data: bytes, name: str, encoding: str) -> str:
    if encoding == "utf-8":
        for mark, wide in _BYTE_ORDER_MARKS:
            if data.startswith(mark):
                raise DocumentError(name, f"is written in another encoding; add --encoding {wide}")
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise DocumentError(
            name, f"is not {encoding}{where}; name its --encoding (often cp1252)"
        ) from None
    text = text.removeprefix("\ufeff")
    if _is_binary(text[:_CONTROLS_SAMPLE]):
        raise DocumentError(
            name, "looks binary, not like text; convert it, or name its --encoding (utf-16?)"
        )
    return text


def _is_binary(sample: str) -> bool:
    controls = _CONTROLS.findall(sample)
    return "\0" in controls or len(controls) > len(sample) * 0.01


def _read_text(data: bytes, name: str, encoding: str) -> str:
    if data.startswith(b"%PDF-"):
        raise DocumentError(name, "is a PDF; give it the suffix .pdf")
    return _decoded(data, name, encoding)


# ---- JSON Lines ----

_ROW = '{"id": "acme", "text": "…"}'


def _read_rows(source: _Source, encoding: str, on_error: _OnError | None) -> Iterator[Document]:
    """Yield a document a line; `id` defaults to the line's number."""
    if encoding.startswith(("utf-16", "utf-32")):
        raise DocumentError(source.shown, f"JSON Lines cannot be {encoding}; convert it to UTF-8")
    seen: set[str] = set()
    empty = True
    for number, raw in enumerate(_lines(source), start=1):
        if raw.strip():
            empty = False
            try:
                yield _row(source, number, raw, encoding, seen)
            except DocumentError as error:
                _report(error, on_error)
    if empty:
        raise DocumentError(source.shown, "holds no text; leave it out")


def _lines(source: _Source) -> Iterator[bytes]:
    """Yield lines, each cut just above the largest size, so that one cannot fill the memory."""
    try:
        with _opened(source) as file:
            while line := file.readline(MAX_BYTES + 1):
                yield line
                while len(line) > MAX_BYTES and not line.endswith(b"\n"):
                    line = file.readline(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(source, error) from None


def _row(source: _Source, number: int, raw: bytes, encoding: str, seen: set[str]) -> Document:
    name = f"{source.shown}:{number}"
    if len(raw) > MAX_BYTES:
        raise _too_large(name)
    try:
        row = json.loads(_decoded(raw.rstrip(), name, encoding))
    except json.JSONDecodeError as error:
        raise DocumentError(
            name, f"is not JSON ({error.msg}, column {error.colno}); write {_ROW}"
        ) from None
    except (RecursionError, ValueError):  # a number of thousands of digits is a ValueError
        raise DocumentError(
            name, "is JSON beyond what is read (nesting, numbers); simplify it"
        ) from None
    label = row.get("id", number) if isinstance(row, dict) else None
    if label is None or not isinstance(label, str | int) or not isinstance(row.get("text"), str):
        raise DocumentError(name, f'needs an object with "text" and perhaps "id", as in {_ROW}')
    if str(label) in seen:
        raise DocumentError(name, f'repeats the id "{_shown(str(label))}"; ids must differ')
    seen.add(str(label))
    return _document(f"{source.id}#{label}", row["text"], "jsonl", name)


# ---- HTML and PDF ----

# What a browser does not show as text is no text of the document. Left open, such an element or
# comment reaches to the end, as in a browser.
_UNSHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)"
    r"|<(script|style|title|template|noscript|iframe|svg|object)(?=[\s/>]).*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_STRUCTURE = re.compile(r"<(/?)(p|li|ul|ol|d[ltd]|table|t[rdh])(?=[\s/>])", re.IGNORECASE)
# The open elements that a start tag ends although nobody wrote their end tags.
_ENDED_BY = {
    "p": {"p"},
    "ul": {"p"},
    "ol": {"p"},
    "dl": {"p"},
    "table": {"p"},
    "li": {"p", "li"},
    "dt": {"p", "dt", "dd"},
    "dd": {"p", "dt", "dd"},
    "tr": {"p", "td", "th", "tr"},
    "td": {"p", "td", "th"},
    "th": {"p", "td", "th"},
}


def _read_html(data: bytes, name: str, encoding: str) -> str:
    try:
        from markdownify import markdownify
    except ImportError:
        raise MissingExtra(name, "HTML", "documents") from None
    html = _UNSHOWN.sub(" ", _decoded(data, name, encoding))
    # Behind the last ">" there is no tag, and looking for one takes quadratic time.
    tags, last, tail = html.rpartition(">")
    # The line end tells the parser that this is no address to fetch, which it would warn about.
    html = "\n" + _with_end_tags(tags + last, name) + tail.replace("<", "&lt;")
    try:
        text = markdownify(
            html,
            heading_style="ATX",
            bullets="-",
            strip=["img"],
            escape_asterisks=False,
            escape_underscores=False,
            escape_misc=False,
            wrap=True,  # a line end in the source is a space to a reader
            wrap_width=None,
        )
    except RecursionError:
        raise _too_deep(name) from None
    return str(text).strip()


def _with_end_tags(html: str, name: str) -> str:
    """Write the end tags that HTML lets an author leave out, which the parser does not add."""
    opened: list[str] = []

    def completed(tag: re.Match[str]) -> str:
        element = tag[2].lower()
        implied = ""
        if tag[1]:
            if element in opened:
                while opened.pop() != element:
                    pass
            return tag[0]
        while opened and opened[-1] in _ENDED_BY[element]:
            implied += f"</{opened.pop()}>"
        opened.append(element)
        if len(opened) > _MAX_NESTING:
            raise _too_deep(name)
        return implied + tag[0]

    return _STRUCTURE.sub(completed, html)


def _too_deep(name: str) -> DocumentError:
    return DocumentError(name, "is nested too deeply; save it as plain text")


def _read_pdf(data: bytes, name: str, encoding: str) -> str:
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtra(name, "PDF", "documents") from None
    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            pages = [page.get_textpage().get_text_bounded() for page in pdf]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(name, "needs a password; save a copy without one") from None
        raise DocumentError(name, "is not a readable PDF; print it to a new file") from None
    text = "\n".join(page.replace("\r\n", "\n").replace("\x02", "-") for page in pages)
    if not text.strip():
        raise DocumentError(name, "holds only images; run it through OCR first")
    return text


def _shown(name: str) -> str:
    """Return a name safe to print: short, control and bidirectional characters made visible."""
    if len(name) > _MAX_SHOWN:
        name = name[: _MAX_SHOWN - 1] + "…"
    return "".join(
        f"\\u{ord(c):04x}" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c
        for c in name
    )


_Reader = Callable[[bytes, str, str], str]
_READERS: dict[str, _Reader] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".markdown": _read_text,
    ".jsonl": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
}
_FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}
