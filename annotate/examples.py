"""Check the few-shot examples of a prompt the way an answer is checked: validate, then ground."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.chunking import chunk
from annotate.grounding import ground
from annotate.prompting import Prompt
from annotate.segmentation import segment


def problems(prompt: Prompt) -> Iterator[str]:
    """Yield what is wrong with a prompt's examples, naming the line of each."""
    path = prompt.path.parent / prompt.head.examples
    for example in prompt.examples:
        segmentation = segment(example.text)
        whole = chunk(segmentation, max(len(example.text), 1))
        for piece in whole:
            _, rejected = ground(example.annotations, piece, segmentation, prompt.schema, "example")
            for each in rejected:
                yield f"{path}:{example.line}: {' '.join(each.problems)}"
        if not whole:
            yield f"{path}:{example.line}: the example has no text"


def first_problem(prompt: Prompt) -> str | None:
    """Return the first problem, None where every example validates and grounds."""
    return next(problems(prompt), None)
