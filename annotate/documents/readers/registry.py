"""Every reader. A new format is a module beside this one and a line in `READERS`.

Installed packages add readers of their own: each names one in the group `annotate.readers` of its
entry points. docs/guides/readers.md shows how.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from annotate.documents.readers import docx, html, json_lines, pdf, text
from annotate.documents.readers.reader import Reader
from annotate.documents.sources import Source
from annotate.errors import UsageError

READERS: tuple[Reader, ...] = (
    text.PLAIN,
    text.MARKDOWN,
    json_lines.READER,
    html.READER,
    pdf.READER,
    docx.READER,
)
"""Those that come with this package."""

GROUP = "annotate.readers"
"""The group of entry points in which other packages name theirs."""


def reader_for(source: Source) -> Reader:
    """Return the reader for the suffix of a source; an unknown one is read as plain text."""
    return by_suffix().get(source.suffix, text.PLAIN)


@cache
def by_suffix() -> Mapping[str, Reader]:
    """Return the reader of each suffix that is taken from a folder; an added one comes first.

    Raises:
        UsageError: for an added one that cannot be loaded or is none, or for two of one suffix.
    """
    known = {suffix: reader for reader in READERS for suffix in reader.suffixes}
    added: dict[str, str] = {}
    for name, reader in added_readers().items():
        for suffix in reader.suffixes:
            if other := added.get(suffix):
                raise UsageError(f"{suffix} has two readers, {other} and {name}; uninstall one")
            added[suffix] = name
            known[suffix] = reader
    return known


@cache
def added_readers() -> Mapping[str, Reader]:
    """Return the readers that other packages add, by the name of their entry points.

    Raises:
        UsageError: for one that cannot be loaded or is no reader.
    """
    from importlib.metadata import entry_points  # reads folders, which not every command has to

    found: dict[str, Reader] = {}
    for each in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        package = each.dist.name if each.dist else each.value
        named = f"the reader {each.name!r} of the package {package!r}"
        try:
            reader = each.load()
        except (Exception, SystemExit) as error:  # whatever the code of others raises
            kind = type(error).__name__
            raise UsageError(f"{named} cannot be loaded ({kind}); mend or uninstall it") from error
        if not _is_reader(reader):
            raise UsageError(f"{named} ({each.value}) is no reader: see docs/guides/readers.md")
        found[each.name] = reader
    return found


def _is_reader(found: object) -> bool:
    suffixes = getattr(found, "suffixes", ())
    return (
        isinstance(getattr(found, "format", None), str)
        and callable(getattr(found, "documents", None))
        and isinstance(suffixes, tuple)
        and all(each.startswith(".") and each == each.lower() for each in suffixes)
        and len(suffixes) > 0
    )
