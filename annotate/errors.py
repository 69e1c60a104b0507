"""Every error that a user can cause, as one tree.

    AnnotateError             exit code of the command line
    ├── UsageError            2   a flag, a setting or a combination that cannot work
    │   ├── ProjectError      2   annotate.toml, a schema file or a lexicon that cannot be used
    │   ├── OutputExists      2   a run folder of another run stands where this one would go
    │   ├── NoGold            2   a task without labelled documents, where some are needed
    │   └── NotComparable     6   other texts, gold or schema: a figure would mean nothing
    ├── DocumentError         4   one document that cannot be read; the others go on
    │   └── MissingExtra      4   its format needs a package that is not installed
    ├── CacheError            2   a cache that cannot be opened, read or written
    ├── Stopped               5   a run that must not go on: authentication, quota, cost cap
    ├── RunError              2   a folder that is not a run, or one written by a newer version
    ├── Incomplete            4   something that is not there to its end, where only a whole will do
    └── InvalidAnnotation     –   an answer that breaks the schema; counted, not a crash

Messages say what is wrong, where, and what to do next. They name files, lines and positions; they
never hold document text. The exit codes are given in `annotate.cli.exit_codes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotate.findings import Finding
from annotate.redaction import redact


class AnnotateError(Exception):
    """Root of the errors that this package raises on purpose; none of them holds a credential."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*(redact(a) if isinstance(a, str) else a for a in arguments))

    def __reduce__(self) -> tuple[Callable[..., AnnotateError], tuple[object, ...]]:
        # What Exception does would call the constructor with the message alone, and many of them
        # take more: an error of another process has to arrive as it was.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    kind: type[AnnotateError], args: tuple[object, ...], held: Mapping[str, object]
) -> AnnotateError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(held)
    return error


class UsageError(AnnotateError):
    """A request that cannot be carried out as it was typed."""


class ProjectError(UsageError):
    """A project file (annotate.toml, a schema, a lexicon) that cannot be used.

    Attributes:
        findings: all that is wrong with it, where its check looked for all; the message is the
            first.
    """

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> ProjectError:
        """Return the error for all that is wrong with a file, at least one finding."""
        first, more = findings[0], len(findings) - 1
        rest = f" ({more} more: annotate task check lists them)" if more else ""
        error = cls(f"{first.place}: {first.message}; {first.remedy}{rest}")
        error.findings = tuple(findings)
        return error


class OutputExists(UsageError):
    """A run folder that holds another run than the one asked for, or one of other documents.

    Attributes:
        path: the folder.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} holds another run ({reason}); choose another --out, or --replace it"
        )
        self.path = path


class NoGold(UsageError):
    """A task of which nothing was labelled, where something has to be held against it."""


class NotComparable(UsageError):
    """Two sides that no figure can set against each other: other texts, other gold, no gold."""


class DocumentError(AnnotateError):
    """One document that could not be read.

    Attributes:
        source: the file as the user would name it, with a line for JSON Lines (`notes.jsonl:7`).
        reason: what is wrong with it and what to do.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class MissingExtra(DocumentError):
    """A format whose reader is not installed.

    Attributes:
        extra: the extra of this package that installs it.
    """

    def __init__(self, source: str, what: str, extra: str) -> None:
        super().__init__(source, f"reading {what} needs pip install 'policy-annotate[{extra}]'")
        self.extra = extra


class CacheError(AnnotateError):
    """A cache that cannot be used, or a row in it that annotate did not write."""


class Stopped(AnnotateError):
    """A run that must not go on; what was answered so far is kept, the same command resumes it.

    Attributes:
        run: what was answered so far, where it stands in memory; None where a folder holds it.
    """

    run: Any = None


class RunError(AnnotateError):
    """A run folder that cannot be read."""


class Incomplete(AnnotateError):
    """Something that is not there to its end, where only a whole will do: a run, an answer."""


class InvalidAnnotation(AnnotateError):
    """An answer that does not fit the schema.

    Attributes:
        problems: one sentence per problem, worded for the model that has to repair it.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def refuse(findings: Iterable[Finding]) -> None:
    """Raise the errors among findings, all at once.

    Raises:
        ProjectError: where there is one.
    """
    if errors := [each for each in findings if each.is_error]:
        raise ProjectError.of(errors)
