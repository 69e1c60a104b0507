"""Where in its Python file something of a schema stands, to name it in a message.

Read from the text of the file, and only when something is wrong with it.
"""

from __future__ import annotations

import ast
import sys
from functools import lru_cache
from pathlib import Path

from annotate.findings import Finding, Severity

_WITH_DEFINITION = 2  # parts of a value: NAME = "value", "definition"


def finding(
    kind: type, member: str, message: str, remedy: str, severity: Severity = "error"
) -> Finding:
    """Return what is wrong with a class of a schema, or with one of its members."""
    written = [each for each in kind.__mro__ if not each.__module__.startswith("annotate.")]
    # Of what stands in no class of its own, the class is named.
    for each, name in [*((one, member) for one in written), (kind, "")]:
        file = getattr(sys.modules.get(each.__module__), "__file__", None)
        if file and (line := _line(Path(file), each.__name__, name)) is not None:
            return Finding(severity, Path(file), line, message, remedy)
    own = getattr(sys.modules.get(kind.__module__), "__file__", None)
    return Finding(severity, Path(own or kind.__module__), None, message, remedy)


def line_of_schema(path: Path, keyword: str = "") -> int | None:
    """Return the line of `SCHEMA = Schema(…)` in a file, or of one of its keywords.

    Where no such name is given a value, it is the line of the last call of `Schema`.
    """
    calls = [
        each
        for each in ast.walk(_parsed(path))
        if isinstance(each, ast.Call) and ast.unparse(each.func).rpartition(".")[2] == "Schema"
    ]
    if not calls:
        return None
    call = max(calls, key=lambda each: each.lineno)
    words = (each.value.lineno for each in call.keywords if each.arg == keyword)
    return next(words, call.lineno)


def line_of_undefined_value(path: Path, line: int | None) -> int | None:
    """Return the line of the first value without a definition in the class on a line of a file."""
    for each in ast.walk(_parsed(path)):
        if isinstance(each, ast.ClassDef) and each.lineno == line:
            values = (node for node in each.body if isinstance(node, ast.Assign))
            bare = (
                v.lineno for v in values if len(getattr(v.value, "elts", ())) < _WITH_DEFINITION
            )
            return next(bare, line)
    return line


def _line(path: Path, name: str, member: str) -> int | None:
    for each in ast.walk(_parsed(path)):
        if isinstance(each, ast.ClassDef) and each.name == name:
            if not member:
                return each.lineno
            return next((node.lineno for node in each.body if member in _named(node)), None)
    return None


def _named(node: ast.stmt) -> list[str]:
    """Return the names that a statement gives a type or a value."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [each.id for each in targets if isinstance(each, ast.Name)]


def _parsed(path: Path) -> ast.Module:
    try:
        return _tree(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return _tree(b"")


@lru_cache(maxsize=4)  # several things of a file are wrong
def _tree(text: bytes) -> ast.Module:
    return ast.parse(text)
