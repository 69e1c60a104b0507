"""A task from a table of examples: schema, lexicon, prompt, documents and gold that fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.drafting.choice import Chosen, choose
from annotate.drafting.drafted_lexicon import draft_lexicon
from annotate.drafting.drafted_schema import draft_schema
from annotate.drafting.examples import Examples, ExampleText, Statement, read_examples
from annotate.drafting.found import Found, look_for
from annotate.drafting.gold_files import gold_files
from annotate.drafting.inference import Attribute, infer
from annotate.drafting.place import drafted
from annotate.drafting.problems import Problems, listed
from annotate.drafting.templates import Files, render
from annotate.drafting.wholes import Wholes, find_wholes
from annotate.files import json_line
from annotate.formats.annotated_document import AnnotatedDocument, Span
from annotate.formats.corrections import Corrections
from annotate.formats.import_gold import import_gold
from annotate.gold.lint import errors
from annotate.gold.sources import read_sources
from annotate.lexicon.annotator import lexicon_specification
from annotate.project.tasks import Task, load_task

_CAVEAT = "its cues were made of the very examples that it is scored on: this score says nothing"


def draft_task(name: str, path: Path, encoding: str) -> tuple[Files, tuple[str, ...]]:
    """Return the files of a project that a table of examples shows, and what became of them.

    Raises:
        UsageError: with every problem of the table.
    """
    problems = Problems(path)
    examples = read_examples(path, encoding, problems)
    categories = infer(examples, problems)
    problems.stop_if_any()
    wholes = find_wholes(examples)
    draft = _Draft(name, wholes, categories, choose(wholes.examples.texts))
    files = draft.files()
    with drafted(files) as root:
        task = load_task(name, root)
        gold = draft.write_gold(task, problems)
        problems.stop_if_any()
        lexicon = lexicon_specification(task).lexicon
        found = look_for(draft.examples.texts, categories, lexicon)
        return files | gold, tuple(draft.summary(found, problems.remarks))


@dataclass(frozen=True)
class _Draft:
    """A task while it is put together."""

    name: str
    wholes: Wholes
    categories: Mapping[str, Sequence[Attribute]]
    chosen: Chosen

    @property
    def examples(self) -> Examples:
        return self.wholes.examples

    def files(self) -> dict[str, bytes]:
        """Return every file of the project but the gold."""
        schema = render(
            "drafted",
            self.name,
            source=self.examples.path.name,
            count=len(self.examples.statements),
            schema=draft_schema(self.examples, self.categories),
            lexicon=draft_lexicon(self.examples.texts, self.categories),
            whole_units=self.wholes.whole,
        )
        documents = {
            f"eval/documents/{self._document(each)}": each.text.encode()
            for each in self.chosen.measured
        }
        worked = self.chosen.worked
        shared = render("project", self.name, worked=bool(worked), support=self._support())
        files = {**shared, **schema, **documents}
        if worked:
            rows = b"".join(json_line(self._worked(each)) for each in worked)
            files[f"prompts/{self.name}/examples.jsonl"] = rows
        return files

    def _support(self) -> int:
        """Return how many labels the smallest category has."""
        stated = Counter(each.category for text in self.chosen.measured for each in text.statements)
        return min(stated[tag] for tag in self.categories)

    def _document(self, text: ExampleText) -> str:
        """Return the name of the document that a text is: it says where the text came from."""
        return f"example-{text.line:0{self._digits}}.txt"

    @cached_property
    def _digits(self) -> int:
        return max(4, *(len(str(each.line)) for each in self.examples.texts))

    def _attributes(self, statement: Statement) -> dict[str, Any]:
        return {
            each.name: each.read(statement.attributes.get(each.name))
            for each in self.categories[statement.category]
        }

    def _worked(self, text: ExampleText) -> dict[str, Any]:
        stated = sorted(text.statements, key=lambda each: (each.start, each.end))
        annotations = [
            {
                "category": each.category,
                "quote": text.text[each.start : each.end],
                **self._attributes(each),
            }
            for each in stated
        ]
        return {"text": text.text, "annotations": annotations}

    # ---- Gold ----

    def write_gold(self, task: Task, problems: Problems) -> dict[str, bytes]:
        """Return the files of the gold; note what breaks a rule of gold, by the line it is from."""
        sources = read_sources(task.documents_folder)
        annotated = tuple(
            AnnotatedDocument(sources[self._document(text)].document, tuple(self._spans(text)))
            for text in self.chosen.measured
        )
        origin: dict[str, JsonValue] = {"gold": {"gold": "1", "codebook": "1"}}
        read = Corrections("examples", str(self.examples.path), "", annotated, (), origin)
        task.gold_folder.parent.mkdir(parents=True)
        gold, left_out = import_gold(read, task.schema, sources, task.gold_folder)
        lines = {each.id: int(each.note.rpartition(":")[2]) for each in gold.annotations}
        by_place = {(gold.file(each.document), each.line): each.id for each in gold.annotations}
        for finding in errors(gold, sources, task.schema):
            line = lines.get(by_place.get((finding.file, finding.line or 0), ""), 1)
            problems.add(line, f"{finding.message}; {finding.remedy}")
        for problem in left_out:
            problems.add(1, str(problem))
        return gold_files(task, _CAVEAT)

    def _spans(self, text: ExampleText) -> Iterator[Span]:
        for each in text.statements:
            kept = {"note": f"{self.examples.path.name}:{each.line}"}
            yield Span(each.start, each.end, each.category, self._attributes(each), kept)

    # ---- What became of the examples ----

    def summary(self, found: Found, remarks: Sequence[str]) -> Iterator[str]:
        """Yield what became of the examples, a sentence a line."""
        texts, stated = self.examples.texts, self.examples.statements
        rows = f"{self.examples.path.name}: {_count(range(self.examples.rows), 'row')}"
        yield f"{rows}, {_count(stated, 'statement')} in {_count(texts, 'text')}"
        for tag, attributes in self.categories.items():
            own = [each for each in stated if each.category == tag]
            said = "; ".join(_described(each) for each in attributes)
            yield f"  {tag} ({_count(own, 'example')}){': ' if said else ''}{said}"
        yield from remarks
        silent = [text for text in texts if not text.statements]
        if silent:
            yield f"without a statement: {_count(silent, 'text')} ({_lines(silent)})"
        worked, measured = self.chosen.worked, self.chosen.measured
        shown = f"{_count(worked, 'worked example')} in the prompt"
        if worked:
            shown += f" ({_lines(worked)})"
        gold = sum(len(text.statements) for text in measured)
        yield f"{shown}; {_count(measured, 'document')} with {gold} annotations as gold"
        respelt = [each for each in stated if each.grounding != "exact"]
        if respelt:
            yield f"quotes taken as their text prints them: {_lines(respelt)}"
        yield from self.wholes.remarks
        yield from found.summary(f"schemas/{self.name}.lexicon.toml")
        yield f"next, say in schemas/{self.name}.py what each category and each value means"


def _described(attribute: Attribute) -> str:
    kind = f"one of {', '.join(attribute.values)}" if attribute.values else attribute.kind
    return f"{attribute.name} ({'several: ' if attribute.many else ''}{kind})"


def _count(what: Sequence[object], noun: str) -> str:
    return f"{len(what):,} {noun}" if len(what) == 1 else f"{len(what):,} {noun}s"


def _lines(what: Sequence[Statement] | Sequence[ExampleText]) -> str:
    return listed([each.line for each in what])
