"""Check the few-shot examples of a prompt the way an answer is checked: validate, then ground."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.grounding.ground import ground
from annotate.llm.prompts import Prompt


def problems(prompt: Prompt) -> Iterator[str]:
    """Yield what is wrong with a prompt's examples, naming the line of each."""
    path = prompt.path.parent / prompt.head.examples
    for example in prompt.examples:
        if not example.text.strip():
            yield f"{path}:{example.line}: the example has no text"
        segmentation = segment(example.text)
        for piece in chunk(segmentation, len(example.text)):
            _, rejected = ground(example.annotations, piece, segmentation, prompt.schema, "example")
            for each in rejected:
                yield f"{path}:{example.line}: {' '.join(each.problems)}"


def first_problem(prompt: Prompt) -> str | None:
    """Return the first problem, None where every example validates and grounds."""
    return next(problems(prompt), None)
