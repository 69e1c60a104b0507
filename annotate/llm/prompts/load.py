"""Read a prompt file: what it cannot be used for is named with file and line.

A prompt is a Markdown file `prompts/<schema>/<version>.md`: TOML front matter between lines of
"+++", then the messages, each below a line "=== system ===" or "=== user ===". Its examples stand
beside it, in a file of JSON Lines that the front matter names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from annotate.errors import ProjectError
from annotate.llm.prompts.examples import Example, parse_examples
from annotate.llm.prompts.prompt import FrontMatter, Prompt
from annotate.project.contents import prompts_in
from annotate.schema.categories import Schema

_FENCE = "+++"
_ROLES = ("system", "user")
_ROLE = re.compile(r"=== (\w+) ===\s*")


def prompt_versions(root: Path, task: str) -> list[str]:
    """Return the versions of a task's prompt, in the order of their names."""
    return prompts_in(root, task)


def load_prompt(root: Path, schema: Schema, version: str) -> Prompt:
    """Read `prompts/<schema>/<version>.md` below `root` with its examples.

    Raises:
        ProjectError: where it is missing or cannot be used; names the file and the line.
    """
    path = root / "prompts" / schema.name / f"{version}.md"
    # Looked up among what is there: a version with a path in it finds no file of somebody else.
    if version not in prompt_versions(root, schema.name):
        known = ", ".join(prompt_versions(root, schema.name)) or "none"
        raise ProjectError(
            f"no prompt {version!r} for task {schema.name}; there is {known} ({path})"
        )
    source = _read(path)
    head, body = _parted(source, path)
    if head.version != version or head.schema_name != schema.name:
        raise ProjectError(f"{path}: names version {head.version!r} of {head.schema_name!r}")
    if problem := _unfit(head.passes, schema):
        raise ProjectError(f"{path}: passes: {problem}")
    messages = _messages(body, path)
    examples = _examples(path.parent / head.examples) if head.examples else ()
    return Prompt(
        version, head, messages["system"], messages["user"], examples, schema, source, path
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(
            encoding="utf-8-sig"
        )  # editors on Windows put a byte order mark there
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise ProjectError(f"{path}: is not valid UTF-8 (byte {error.start})") from None


def _examples(path: Path) -> tuple[Example, ...]:
    return tuple(parse_examples(_read(path), path))


def _unfit(passes: Sequence[Sequence[str]], schema: Schema) -> str:
    """Say what is wrong with passes: a category that is never asked for would read as silence."""
    named = [tag for tags in passes for tag in tags]
    for tag in named:
        if tag not in schema.categories:
            return f"schema {schema.name} has no category {tag!r}"
        if named.count(tag) > 1:
            return f"{tag} stands in two passes"
    left_out = [tag for tag in schema.categories if tag not in named]
    if passes and left_out:
        return f"{left_out[0]} is in no pass"
    return "" if all(passes) else "a pass without a category"


def _parted(source: str, path: Path) -> tuple[FrontMatter, str]:
    lines = source.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in lines[1:]:
        raise ProjectError(f"{path}:1: needs front matter between two lines of {_FENCE}")
    end = lines.index(_FENCE, 1)
    try:
        # An empty first line in place of the fence: errors then count the lines of the file.
        head = FrontMatter.model_validate(tomllib.loads("\n".join(["", *lines[1:end]])))
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"{path}: front matter: {error}") from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in detail["loc"])
        said = detail["msg"].removeprefix("Value error, ")
        raise ProjectError(f"{path}: front matter: {place}: {said}") from None
    return head, "\n".join(lines[end + 1 :])


def _messages(body: str, path: Path) -> dict[str, str]:
    found: list[tuple[str, list[str]]] = []
    for line in body.split("\n"):
        if role := _ROLE.fullmatch(line):
            found.append((role[1], []))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            raise ProjectError(f"{path}: words stand before the line === system ===")
    if tuple(role for role, _ in found) != _ROLES:
        raise ProjectError(f"{path}: needs a line === system === and then a line === user ===")
    return {role: "\n".join(lines) for role, lines in found}
