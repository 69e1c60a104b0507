"""Check a prompt before a token is spent on it: it renders, and its examples are right and its own.

An example is checked the way an answer is: it is validated, then grounded. It must not repeat a
document that prompts are measured on.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.documents.chunking import Chunk, chunk
from annotate.documents.segmentation import segment
from annotate.errors import ProjectError
from annotate.grounding.ground import ground
from annotate.llm.prompts.load import load_prompt, prompt_versions
from annotate.llm.prompts.prompt import Prompt
from annotate.project.tasks import Task

SHARED_WORDS = 12
"""Words in a row that two texts do not share by chance."""

SAMPLE = Chunk(0, 0, 5, "Text.", range(0), ())
"""Stands in for a chunk where there is no document."""


def check_prompt(prompt: Prompt) -> None:
    """Refuse a prompt whose examples do not validate or do not ground.

    Raises:
        ProjectError: naming the file and line of the first.
    """
    if problem := first_problem(prompt):
        raise ProjectError(problem)


def first_problem(prompt: Prompt) -> str | None:
    """Return the first problem, None where every example validates and grounds."""
    return next(problems(prompt), None)


def problems(prompt: Prompt) -> Iterator[str]:
    """Yield what is wrong with a prompt's examples, naming the line of each."""
    path = prompt.path.parent / prompt.head.examples
    for example in prompt.examples:
        if not example.text.strip():
            yield f"{path}:{example.line}: the example has no text"
        segmentation = segment(example.text)
        # As large as the text: an example is one chunk, as the model sees it.
        for piece in chunk(segmentation, len(example.text)):
            _, rejected = ground(example.annotations, piece, segmentation, prompt.schema, "example")
            for each in rejected:
                yield f"{path}:{example.line}: {' '.join(each.problems)}"


def check_task(task: Task) -> Iterator[str]:
    """Yield a finding for each prompt of a task: "ok …", or what is wrong and where."""
    folder = task.documents_folder
    documents = sorted(path for path in folder.glob("*") if path.is_file())
    texts = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in documents}
    for name in prompt_versions(task.root, task.name):
        try:
            prompt = load_prompt(task.root, task.schema, name)
            found = [*problems(prompt), *_borrowed(prompt, texts)]
            for schema in prompt.schemas:
                prompt.messages(schema, SAMPLE)  # a template that cannot be rendered fails here
        except ProjectError as error:
            found = [str(error)]
        yield from found
        if not found:
            yield f"ok prompt {name}: {len(prompt.examples)} examples validate and ground"
    if not prompt_versions(task.root, task.name):
        yield f"no prompt for task {task.name}: write prompts/{task.name}/v1.md"


def _borrowed(prompt: Prompt, texts: dict[str, str]) -> Iterator[str]:
    """Yield examples that repeat a document that prompts are measured on."""
    for example in prompt.examples:
        for name, text in texts.items():
            if shared := shared_words(example.text, text):
                yield f"{prompt.head.examples}:{example.line}: repeats {name}: {shared!r}"


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
