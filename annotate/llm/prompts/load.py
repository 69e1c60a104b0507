"""Read a prompt file: what it cannot be used for is named with file and line.

A prompt is a Markdown file `prompts/<schema>/<version>.md`: TOML front matter between lines of
"+++", then the messages, each below a line "=== system ===" or "=== user ===". Its examples stand
beside it, in a file of JSON Lines that the front matter names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from annotate.errors import ProjectError, refuse
from annotate.findings import Finding
from annotate.llm.prompts.examples import Example, parse_examples
from annotate.llm.prompts.prompt import FrontMatter, Parameters, Prompt
from annotate.project.contents import prompts_in
from annotate.project.parameters import ANSWER_PARAMETERS
from annotate.project.toml_file import TomlFile, parse_toml
from annotate.schema.categories import Schema

_FENCE = "+++"
_PASSES = "name every category of the schema in exactly one pass"
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
    return _whole(*read_prompt(root, schema, version))


def load_prompt_file(path: Path, schema: Schema, version: str, named: str) -> Prompt:
    """Read a prompt file that asks something else; `named` is what its `schema` has to be.

    Raises:
        ProjectError: where it cannot be used; names the file and the line.
    """
    reader = _PromptReader(path, schema, version, named)
    return _whole(reader.read(), reader.faults)


def _whole(prompt: Prompt | None, faults: Sequence[Finding]) -> Prompt:
    refuse(faults)
    if prompt is None:
        raise AssertionError("a prompt that cannot be read has a fault")
    return prompt


def read_prompt(root: Path, schema: Schema, version: str) -> tuple[Prompt | None, list[Finding]]:
    """Read a prompt; return it, None where it cannot be read so far, and all that is wrong with it.

    Raises:
        ProjectError: where there is no such version.
    """
    path = root / "prompts" / schema.name / f"{version}.md"
    # Looked up among what is there: a version with a path in it finds no file of somebody else.
    if version not in prompt_versions(root, schema.name):
        known = ", ".join(prompt_versions(root, schema.name)) or "none"
        raise ProjectError(
            f"no prompt {version!r} for task {schema.name}; there is {known} ({path})"
        )
    reader = _PromptReader(path, schema, version, schema.name)
    return reader.read(), reader.faults


class _PromptReader:
    def __init__(self, path: Path, schema: Schema, version: str, named: str) -> None:
        self.path = path
        self.schema = schema
        self.version = version
        self.named = named
        self.faults: list[Finding] = []

    def read(self) -> Prompt | None:
        source = self.text(self.path)
        if source is None:
            return None
        lines = source.split("\n")
        if lines[0].strip() != _FENCE or _FENCE not in map(str.rstrip, lines[1:]):
            said = f"needs front matter between two lines of {_FENCE}"
            self.fault(1, said, "begin the file with it, as docs/reference/prompts.md shows")
            return None
        end = [line.rstrip() for line in lines].index(_FENCE, 1)
        head, examples = self.head(lines[1:end])
        messages = self.messages(lines, end + 1)
        if head is None or messages is None:
            return None
        (system, first), (user, second) = messages
        return Prompt(
            *(self.version, head, system, user, examples, self.schema, source, self.path),
            lines=(first, second),
        )

    def text(self, path: Path) -> str | None:
        try:
            # Editors on Windows put a byte order mark there.
            return path.read_text(encoding="utf-8-sig")
        except OSError as error:
            said = f"cannot be read ({error.strerror})"
            self.faults.append(Finding("error", path, None, said, "check its name"))
        except UnicodeDecodeError as error:
            line = path.read_bytes().count(b"\n", 0, error.start) + 1
            said = f"is not valid UTF-8 (byte {error.start})"
            self.faults.append(Finding("error", path, line, said, "save it as UTF-8"))
        return None

    def fault(self, line: int | None, message: str, remedy: str) -> None:
        self.faults.append(Finding("error", self.path, line, message, remedy))

    def head(self, lines: Sequence[str]) -> tuple[FrontMatter | None, tuple[Example, ...]]:
        """Read the front matter, and the examples that it names."""
        try:
            # An empty first line in place of the fence: lines are then those of the file.
            file = parse_toml(self.path, "\n".join(["", *lines]))
            head = FrontMatter.model_validate(file.content)
        except ProjectError as error:
            self.faults += error.findings
            return None, ()
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._of_the_head(file, detail)
            return None, ()
        for key, given, wanted in (
            ("version", head.version, self.version),
            ("schema", head.schema_name, self.named),
        ):
            if given != wanted:
                said = f"front matter: names {key} {given!r}, and stands where {wanted!r} does"
                remedy = f"write {key} = {wanted!r}, or move the file"
                self.fault(file.line(key), said, remedy)
        for number, problem in _unfit(head.passes, self.schema):
            keys = ("passes",) if number is None else ("passes", number)
            self.fault(file.line(*keys), f"passes: {problem}", _PASSES)
        for name in set(ANSWER_PARAMETERS) & {*(head.parameters.model_extra or {})}:
            said = f"parameters: {name} is what max_completion_tokens is called elsewhere"
            remedy = "write max_completion_tokens; answer_parameter of a profile renames it"
            self.fault(file.line("parameters", name), said, remedy)
        return head, self.examples(file, head.examples) if head.examples else ()

    def _of_the_head(self, file: TomlFile, detail: ErrorDetails) -> None:
        place = ".".join(str(part) for part in detail["loc"])
        said = detail["msg"].removeprefix("Value error, ")
        inner = Parameters if detail["loc"][0] == "parameters" else FrontMatter
        known = ", ".join(field.alias or name for name, field in inner.model_fields.items())
        remedies = {"extra_forbidden": f"there is {known}", "missing": "add it"}
        remedy = remedies.get(detail["type"], "correct it")
        keys = detail["loc"]
        if keys == ("parameters",):  # of all of them, whose first word names the one
            keys, remedy = (*keys, said.split()[0]), "take it out: the command says it"
        self.fault(file.line(*keys), f"front matter: {place}: {said}", remedy)

    def examples(self, file: TomlFile, name: str) -> tuple[Example, ...]:
        path = self.path.parent / name
        if not path.is_file():
            there = ", ".join(sorted(each.name for each in path.parent.glob("*.jsonl"))) or "none"
            said = f"front matter: examples: {name!r} is no file beside the prompt"
            self.fault(file.line("examples"), said, f"there is {there}")
            return ()
        text = self.text(path)
        examples, faults = parse_examples(text or "", path)
        self.faults += faults
        return examples

    def messages(self, lines: Sequence[str], start: int) -> list[tuple[str, int]] | None:
        """Return the two messages, each with the line of the file that it begins on."""
        found: list[tuple[str, int, list[str]]] = []
        for number, line in enumerate(lines[start:], start=start + 1):
            if role := _ROLE.fullmatch(line):
                found.append((role[1], number + 1, []))
            elif found:
                found[-1][2].append(line)
            elif line.strip():
                said = "words stand before the line === system ==="
                self.fault(number, said, "move them below it, or take them out")
                return None
        roles = tuple(role for role, _, _ in found)
        if roles != _ROLES:
            wrong = (
                n for (role, n, _), wanted in zip(found, _ROLES, strict=False) if role != wanted
            )
            line_ = next(
                wrong, found[len(_ROLES)][1] if len(found) > len(_ROLES) else len(lines) + 1
            )
            said = "needs a line === system === and then a line === user ==="
            self.fault(line_ - 1, said, "write each of the two once, in this order")
            return None
        return [("\n".join(words), number) for _, number, words in found]


def _unfit(passes: Sequence[Sequence[str]], schema: Schema) -> Iterator[tuple[int | None, str]]:
    """Yield what is wrong with passes: a category that is never asked for would read as silence."""
    named: list[str] = []
    for number, tags in enumerate(passes):
        if not tags:
            yield number, "a pass without a category"
        for tag in tags:
            if tag not in schema.categories:
                yield number, f"schema {schema.name} has no category {tag!r}"
            elif tag in named:
                yield number, f"{tag} stands in two passes"
            named.append(tag)
    left_out = [tag for tag in schema.categories if tag not in named]
    if passes and left_out:
        yield None, f"{', '.join(left_out)} is in no pass"
