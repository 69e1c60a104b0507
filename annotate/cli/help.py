"""What the help of a command says: the docstring of its function, with the examples at its end.

Score a run against gold.

Examples:
annotate score runs/mine
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable

_HEAD = "Examples:"


def help_of(command: object) -> str:
    """Return what a command does, a line for each paragraph: typer would keep the line ends."""
    text = (inspect.getdoc(command) or "").partition(f"\n\n{_HEAD}\n")[0]
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def examples_of(command: object) -> list[str]:
    """Return the examples of a command, as they are typed."""
    listed = (inspect.getdoc(command) or "").partition(f"\n\n{_HEAD}\n")[2]
    return [line.strip() for line in listed.splitlines() if line.strip()]


def epilog(examples: Iterable[str]) -> str | None:
    """Return what stands below the options of a command, None where it has no examples."""
    lines = [f"$ {each}".replace("[", r"\[") for each in examples]  # no markup of rich's
    return "\n".join((_HEAD, *lines)) if lines else None
