"""The regular expressions of the package, wherever they stand, and how each of them is used."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from inspect import getsource
from types import ModuleType
from typing import Any

import annotate

_METHODS = frozenset("search match fullmatch finditer findall split sub subn".split())


@dataclass
class Found:
    """A regular expression of the package.

    Attributes:
        place: where it stands, as in `annotate.files._SURROGATE` or `annotate.files:259`.
        uses: the methods by which it is used, as far as they can be told.
    """

    place: str
    pattern: re.Pattern[str]
    uses: set[str] = field(default_factory=set)


@cache
def all_patterns() -> dict[str, Found]:
    """Return the regular expressions of all modules by their place."""
    modules = list(_modules())
    found = {each.place: each for module in modules for each in _named(module)}
    for module in modules:
        for each in _inline(module, found):
            found[each.place] = each
    return found


def _modules() -> Iterator[ModuleType]:
    for each in pkgutil.walk_packages(annotate.__path__, "annotate."):
        if not each.name.endswith("__main__"):
            yield importlib.import_module(each.name)


def _named(module: ModuleType) -> Iterator[Found]:
    """Yield what the names of a module hold, also in tuples, lists and dictionaries."""
    for name, value in vars(module).items():
        held = list(value.values()) if isinstance(value, dict) else value
        several = isinstance(held, list | tuple)
        for number, each in enumerate(held if several else [held]):
            if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                place = f"{module.__name__}.{name}" + f"[{number}]" * several
                yield Found(place, each)


def _inline(module: ModuleType, found: dict[str, Found]) -> Iterator[Found]:
    """Yield what calls of `re` hold, and note by which methods the named ones are used."""
    if vars(module).get("re") is not re and not any(
        each.startswith(f"{module.__name__}.") for each in found
    ):
        return  # nothing in it could be such a call
    known = {each.pattern.pattern for each in found.values()}  # a name holds what it compiled
    for call in ast.walk(ast.parse(getsource(module))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        owner, method = ast.unparse(call.func.value), call.func.attr
        named = found.get(f"{module.__name__}.{owner}")
        if named is not None and method in _METHODS:
            named.uses.add(method)
        if owner == "re" and method in (*_METHODS, "compile"):
            given = _evaluated(call.args[0], module)
            flags = sum(_evaluated(each, module) for each in call.args[1:] if method == "compile")
            if isinstance(given, str) and (method != "compile" or given not in known):
                uses = {method} if method in _METHODS else set()
                yield Found(f"{module.__name__}:{call.lineno}", re.compile(given, flags), uses)


def _evaluated(expression: ast.expr, module: ModuleType) -> Any:
    """Return what an expression of a module means, None where that is known at run time alone."""
    try:
        code = compile(ast.Expression(expression), module.__name__, "eval")
        return eval(code, vars(module))  # noqa: S307 (the package's own source)
    except NameError:
        return None
