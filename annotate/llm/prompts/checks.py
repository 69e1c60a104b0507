"""Check a prompt before a token is spent on it: it renders, and its examples are right and its own.

An example is checked the way an answer is: it is validated, then grounded. It must not repeat a
document that prompts are measured on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from annotate.documents.chunking import Chunk, chunk
from annotate.documents.segmentation import segment
from annotate.errors import refuse
from annotate.findings import Finding, in_order
from annotate.grounding.ground import ground
from annotate.llm.prompts.load import prompt_versions, read_prompt
from annotate.llm.prompts.prompt import Prompt
from annotate.llm.prompts.templates import check_templates
from annotate.project.tasks import Task
from annotate.schema.spelling import nearest

SHARED_WORDS = 12
"""Words in a row that two texts do not share by chance."""

Row: TypeAlias = tuple[str, ...]
"""Words that follow each other."""

SAMPLE = Chunk(0, 0, 5, "Text.", range(0), ())
"""Stands in for a chunk where there is no document."""

_CORRECT = "correct the example, or the definition that it breaks"


def check_prompt(prompt: Prompt) -> None:
    """Refuse a prompt whose examples do not validate or do not ground.

    Raises:
        ProjectError: naming the file and line of each.
    """
    refuse(problems(prompt))


def problems(prompt: Prompt) -> Iterator[Finding]:
    """Yield what is wrong with a prompt's examples, naming the line of each."""
    path = prompt.path.parent / prompt.head.examples
    for example in prompt.examples:
        if not example.text.strip():
            said = "the example has no text"
            yield Finding("error", path, example.line, said, "write one, or take the line out")
        segmentation = segment(example.text)
        # As large as the text: an example is one chunk, as the model sees it.
        for piece in chunk(segmentation, len(example.text)):
            _, rejected = ground(example.annotations, piece, segmentation, prompt.schema, "example")
            for each in rejected:
                yield Finding("error", path, example.line, " ".join(each.problems), _CORRECT)


@dataclass(frozen=True, slots=True)
class PromptCheck:
    """What was found in one version of a prompt; `prompt` is None where it could not be read."""

    version: str
    prompt: Prompt | None
    findings: tuple[Finding, ...]


def check_prompts(task: Task) -> Iterator[PromptCheck]:
    """Yield each prompt of a task with all that is wrong with it."""
    folder = task.documents_folder
    documents = sorted(path for path in folder.glob("*") if path.is_file())
    texts = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in documents}
    rows = {name: frozenset(rows_of_words(text, SHARED_WORDS)) for name, text in texts.items()}
    for version in prompt_versions(task.root, task.name):
        prompt, found = read_prompt(task.root, task.schema, version)
        if prompt is not None:
            found += [*problems(prompt), *_borrowed(prompt, rows), *_of_templates(prompt)]
            found += [*_left_out(prompt), *_of_parameters(prompt)]
        yield PromptCheck(version, prompt, tuple(in_order(found)))


def _left_out(prompt: Prompt) -> Iterator[Finding]:
    """Find attributes that an example leaves out: an answer has to hold every one."""
    path = prompt.path.parent / prompt.head.examples
    for example in prompt.examples:
        for each in example.annotations:
            category = prompt.schema.categories.get(str(each.get("category")))
            missing = (
                [name for name in category.attributes() if name not in each] if category else []
            )
            # What has no default is said by the category itself.
            quiet = [n for n in missing if category and not category.model_fields[n].is_required()]
            if quiet:
                said = f"an annotation leaves out {', '.join(quiet)}, which answers have to hold"
                remedy = "write each attribute, null or [] where nothing is stated"
                yield Finding("error", path, example.line, said, remedy)


_RANGES = {
    "temperature": (0, 2),
    "top_p": (0, 1),
    "presence_penalty": (-2, 2),
    "frequency_penalty": (-2, 2),
}
_PARAMETERS = (*_RANGES, "seed", "stop", "top_k", "min_p", "max_completion_tokens")


def _of_parameters(prompt: Prompt) -> Iterator[Finding]:
    """Find parameters that no endpoint takes so, and names that look like a slip."""
    for name, value in (prompt.head.parameters.model_extra or {}).items():
        line = _line_of(prompt, name)
        least, most = _RANGES.get(name, (0, 0))
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in _RANGES and not (number and least <= value <= most):
            said = f"parameters: {name} is {value!r}"
            remedy = f"write a number from {least} to {most}"
            yield Finding("error", prompt.path, line, said, remedy)
        elif name not in _PARAMETERS and (near := nearest(name, _PARAMETERS)):
            said = f"parameters: {name} is sent as it stands"
            yield Finding("warning", prompt.path, line, said, f"is {near!r} meant?")


def _line_of(prompt: Prompt, name: str) -> int | None:
    lines = prompt.source.split("\n")[: prompt.lines[0]]
    return next((n for n, line in enumerate(lines, 1) if line.strip().startswith(name)), None)


def _of_templates(prompt: Prompt) -> Iterator[Finding]:
    try:
        schemas = prompt.schemas
    except KeyError:  # passes of categories that there are not, which is said already
        schemas = (prompt.schema,)
    for schema in schemas:
        yield from check_templates(prompt.templates, schema, prompt.examples)


def _borrowed(prompt: Prompt, rows: Mapping[str, frozenset[Row]]) -> Iterator[Finding]:
    """Yield examples that repeat a document that prompts are measured on.

    `rows` are those of each document's words.
    """
    path = prompt.path.parent / prompt.head.examples
    for example in prompt.examples:
        for name, known in rows.items():
            if shared := _first_of(example.text, known):
                said = f"repeats {name}: {shared!r}"
                yield Finding("error", path, example.line, said, "use words of your own")


def shared_words(first: str, second: str, count: int = SHARED_WORDS) -> str:
    """Return the first `count` words in a row that two texts share, or "".

    Few-shot examples must not repeat a text that a prompt is measured on.
    """
    return _first_of(first, frozenset(rows_of_words(second, count)), count)


def _first_of(text: str, known: frozenset[Row], count: int = SHARED_WORDS) -> str:
    return next((" ".join(row) for row in rows_of_words(text, count) if row in known), "")


def rows_of_words(text: str, count: int) -> Iterator[Row]:
    """Yield every `count` words in a row of a text, without case and punctuation."""
    words = ["".join(c for c in word if c.isalnum()) for word in text.casefold().split()]
    return (tuple(words[i : i + count]) for i in range(len(words) - count + 1))
