"""The files of a new project: templates that lie beside this module, filled in.

A template's path below its set is the path of the file, with the task's name for `NAME`, a dot for
`dot_` and without `.jinja`. Its marks are `<<name>>` and `<% if … %>`, since prompts and workflows
have braces of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import jinja2.sandbox

Files: TypeAlias = Mapping[str, bytes]
"""What a project is made of: contents by path, relative to its folder."""

_FOLDER = Path(__file__).parent / "templates"
_LINE = 100  # characters
_BARE_KEY = re.compile("[A-Za-z0-9_-]+")


def render(templates: str, name: str, **values: Any) -> dict[str, bytes]:
    """Return the files of a set of templates by their paths.

    Args:
        templates: the set, a folder beside this module.
        name: of the task.
        values: what the templates name beside it.
    """
    return {
        _target(path.relative_to(_FOLDER / templates), name): _environment()
        .get_template(path.relative_to(_FOLDER).as_posix())
        .render(name=name, **values)
        .encode()
        for path in sorted((_FOLDER / templates).rglob("*.jinja"))
    }


def _target(path: Path, name: str) -> str:
    path_of_file = path.as_posix().removesuffix(".jinja")
    return re.sub(r"(^|/)dot_", r"\1.", path_of_file.replace("NAME", name))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters |= {"quoted": quoted, "inside": inside, "key": key, "remark": remark}
    return environment


def quoted(text: str) -> str:
    """Return a text as a string of Python and of TOML, which both read in the same way."""
    return f'"{inside(text)}"'


def inside(text: str) -> str:
    """Return what stands between the quotation marks of such a string."""
    escaped = json.dumps(text, ensure_ascii=False)[1:-1]
    return "".join(c if c.isprintable() else _escape(c) for c in escaped)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def key(name: str) -> str:
    """Return a name as a key of TOML."""
    return name if _BARE_KEY.fullmatch(name) else quoted(name)


def remark(text: str) -> str:
    """Return a text as it can stand in a comment: on one line, with nothing that hides."""
    return "".join(c if c.isprintable() else " " for c in text)


def list_of(texts: Sequence[str]) -> str:
    """Return texts as a list of strings in TOML, on lines of their own where they are many."""
    strings = [quoted(text) for text in texts]
    one_line = f"[{', '.join(strings)}]"
    if len(one_line) <= _LINE:
        return one_line
    return "".join(["[\n", *(f"  {string},\n" for string in strings), "]"])
