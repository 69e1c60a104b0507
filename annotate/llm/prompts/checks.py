"""Check a prompt before a token is spent on it: it renders, and its examples are right and its own.

An example is checked the way an answer is: it is validated, then grounded. It must not repeat a
document that prompts are measured on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotate.documents.chunking import Chunk, chunk
from annotate.documents.segmentation import segment
from annotate.errors import refuse
from annotate.findings import Finding, in_order
from annotate.grounding.ground import ground
from annotate.llm.prompts.load import prompt_versions, read_prompt
from annotate.llm.prompts.prompt import Prompt
from annotate.llm.prompts.templates import check_templates
from annotate.project.tasks import Task

SHARED_WORDS = 12
"""Words in a row that two texts do not share by chance."""

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
    for version in prompt_versions(task.root, task.name):
        prompt, found = read_prompt(task.root, task.schema, version)
        if prompt is not None:
            found += [*problems(prompt), *_borrowed(prompt, texts), *_of_templates(prompt)]
        yield PromptCheck(version, prompt, tuple(in_order(found)))


def _of_templates(prompt: Prompt) -> Iterator[Finding]:
    try:
        schemas = prompt.schemas
    except KeyError:  # passes of categories that there are not, which is said already
        schemas = (prompt.schema,)
    for schema in schemas:
        yield from check_templates(prompt.templates, schema, prompt.examples)


def _borrowed(prompt: Prompt, texts: dict[str, str]) -> Iterator[Finding]:
    """Yield examples that repeat a document that prompts are measured on."""
    path = prompt.path.parent / prompt.head.examples
    for example in prompt.examples:
        for name, text in texts.items():
            if shared := shared_words(example.text, text):
                said = f"repeats {name}: {shared!r}"
                yield Finding("error", path, example.line, said, "use words of your own")


def shared_words(first: str, second: str, count: int = SHARED_WORDS) -> str:
    """Return the first `count` words in a row that two texts share, or "".

    Few-shot examples must not repeat a text that a prompt is measured on.
    """
    known = set(rows_of_words(second, count))
    return next((" ".join(row) for row in rows_of_words(first, count) if row in known), "")


def rows_of_words(text: str, count: int) -> Iterator[tuple[str, ...]]:
    """Yield every `count` words in a row of a text, without case and punctuation."""
    words = ["".join(c for c in word if c.isalnum()) for word in text.casefold().split()]
    return (tuple(words[i : i + count]) for i in range(len(words) - count + 1))
