"""Write into the pages what can be read off the program, and keep them free of other hosts.

A page marks a place with a comment, `<!-- generated: commands -->`. MkDocs calls the functions
that begin with `on_`; the others return Markdown and can be tried on their own.
"""

from __future__ import annotations

import ast
import inspect
import logging
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from typer.main import get_command

from annotate import load_task
from annotate.cli.app import app
from annotate.formats.tables.columns import TABLES
from annotate.project.settings import Settings

_ROOT = Path(__file__).resolve().parents[1]
_KINDS: Mapping[type, str] = {str: "TEXT", Path: "PATH", int: "N", float: "NUMBER"}
_MARK = re.compile(r"^<!-- generated: ([\w ]+) -->$", re.MULTILINE)
# What a browser fetches by itself; a link to follow is none of it.
_FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["']?(?:https?:)?//
      | <link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|icon|manifest))
             [^>]*\bhref=["']?(?:https?:)?//
      | @import\s|url\(["']?(?:https?:)?//""",
    re.VERBOSE | re.IGNORECASE,
)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put what is generated in place of the comments that ask for it."""
    return _MARK.sub(lambda found: GENERATED[found[1]](), markdown)


def on_post_page(output: str, page: Any, **_: Any) -> None:
    """Warn, which ends a strict build, where a page would fetch something from another host."""
    if found := loads_from_elsewhere(output):
        logging.getLogger("mkdocs.hooks").warning("%s: loads from elsewhere: %s", page.file, found)


def loads_from_elsewhere(html: str) -> str:
    """Return the first piece of a page that would make a browser ask another host, or ""."""
    found = _FETCHED.search(html)
    return found[0] if found else ""


# ---- Commands ----


def commands() -> str:
    """Return a section for each command: what it does, how it is called, its options."""
    every = _walk("annotate", get_command(app))
    return "\n".join(line for words, command in every for line in _section(words, command))


def _walk(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    below: Mapping[str, Any] = getattr(command, "commands", {})
    for name, each in below.items():
        yield from _walk(f"{words} {name}", each)
    if not below:
        yield words, command


def _section(words: str, command: Any) -> Iterator[str]:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    usage = " ".join([words, *(_metavar(each) for each in arguments)])
    yield f"## {words}\n\n{_prose(command.help)}\n"
    yield f"```text\n{usage}{' [OPTIONS]' if options else ''}\n```\n"
    examples = "\n".join(line.removeprefix("$ ") for line in command.epilog.split("\n")[1:])
    yield f"```sh\n{examples}\n```\n"
    if rows := [*map(_argument, arguments), *map(_option, options)]:
        yield from _table(("option", "what it does"), rows)


def _metavar(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _argument(argument: Any) -> tuple[str, str]:
    return f"`{_metavar(argument)}`", argument.help or ""


def _option(option: Any) -> tuple[str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    kind = option.type_descriptor.annotation
    value = "" if option.is_flag else f" {option.metavar or _KINDS.get(kind, kind.__name__)}"
    return f"{names}{value}", option.help or ""


def _prose(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        # What looks like a tag or parts cells would be taken for one.
        cells = (cell.replace("|", "&#124;").replace("<", "&lt;") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""


# ---- Settings, layers, categories ----


def settings() -> str:
    """Return a table of the settings with their variables and defaults."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    options = [*commands["verify"].params, *commands["run"].params]
    said = {
        each.name: re.sub(r" \(default: .*?\)", "", each.help or "")
        for each in options
        if each.name in Settings.model_fields
    }
    rows = [
        (f"`{name}`", f"`ANNOTATE_{name.upper()}`", _shown(field.default), said.get(name, ""))
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(_table(("setting", "variable", "default", "what it is"), rows))


def _shown(default: object) -> str:
    if default in (None, (), {}):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def layers() -> str:
    """Return the layers from top to bottom, as `pyproject.toml` declares them, with their use."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["tool"]["importlinter"]["contracts"][0]["layers"]
    rows = [
        (str(number) if name == names[0] else "", f"`{name}`", _first_sentence(name))
        for number, names in enumerate((layer.split(" | ") for layer in declared), start=1)
        for name in names
    ]
    return "\n".join(_table(("layer", "package or module", "what it is for"), rows))


def _first_sentence(name: str) -> str:
    """Return what a package or a module says of itself in its first line."""
    package = _ROOT / "annotate" / name
    file = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return said.split("\n")[0]


def categories() -> str:
    """Return the rows of a table: each category of `privacy_policy`, and what OPP-115 calls it."""
    found = load_task("privacy_policy").schema.categories
    return "\n".join(
        f"| `{tag}` | {each.counterparts.get('OPP-115', '')} |" for tag, each in found.items()
    )


def incident_categories() -> str:
    """Return the rows of a table: each category of `incident_report`, its sense, its attributes."""
    rows = []
    for tag, each in load_task("incident_report").schema.categories.items():
        defined = inspect.cleandoc(each.__doc__ or "").partition("\n")[0]
        attributes = ", ".join(f"`{name}`" for name in each.attributes())
        rows.append(f"| `{tag}` | {defined} | {attributes} |")
    return "\n".join(rows)


_IN_SQL = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "time": "TIMESTAMP",
    "texts": "VARCHAR[]",
    "integers": "BIGINT[]",
    "attributes": "MAP(VARCHAR, VARCHAR[])",
    "confidences": "MAP(VARCHAR, MAP(VARCHAR, DOUBLE))",
}


def tables() -> str:
    """Return a section for each of the tables that runs are exported to, with its columns."""
    sections = []
    for name, columns in TABLES.items():
        rows = [(f"`{each.name}`", f"`{_IN_SQL[each.kind]}`", each.meaning) for each in columns]
        shown = "\n".join(_table(("column", "in SQL", "what it is"), rows))
        sections.append(f"## {name}.parquet\n\n{shown}")
    return "\n".join(sections)


GENERATED: Mapping[str, Callable[[], str]] = {
    "categories": categories,
    "commands": commands,
    "incident categories": incident_categories,
    "layers": layers,
    "settings": settings,
    "tables": tables,
}
"""What a page can ask for."""
