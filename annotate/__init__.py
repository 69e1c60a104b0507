"""Typed annotations of long texts, each anchored to the characters that prove it.

The names here are the public interface; everything deeper may change. They are imported when first
used, so that `import annotate` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for type checkers and editors, which do not run the table below
    from annotate.annotation import Annotation as Annotation
    from annotate.annotation import Evidence as Evidence
    from annotate.comparison.compare import compare as compare
    from annotate.data.annotate import annotate as annotate
    from annotate.data.memory import MemoryRun as MemoryRun
    from annotate.documents.document import Document as Document
    from annotate.documents.reading import read_documents as read_documents
    from annotate.documents.segmentation import segment as segment
    from annotate.errors import AnnotateError as AnnotateError
    from annotate.errors import DocumentError as DocumentError
    from annotate.errors import ProjectError as ProjectError
    from annotate.errors import Stopped as Stopped
    from annotate.errors import UsageError as UsageError
    from annotate.evaluation.evaluate import evaluate as evaluate
    from annotate.formats.export import export as export
    from annotate.pipeline.run import run as run
    from annotate.project.tasks import load_task as load_task
    from annotate.runs.reader import Run as Run
    from annotate.schema.categories import Category as Category
    from annotate.schema.categories import Schema as Schema
    from annotate.schema.values import Values as Values
    from annotate.verification.verify import verify as verify
    from annotate.viewer.view import view as view

_MODULES = {
    "AnnotateError": "errors",
    "Annotation": "annotation",
    "Category": "schema.categories",
    "Document": "documents.document",
    "DocumentError": "errors",
    "Evidence": "annotation",
    "MemoryRun": "data.memory",
    "ProjectError": "errors",
    "Run": "runs.reader",
    "Schema": "schema.categories",
    "Stopped": "errors",
    "UsageError": "errors",
    "Values": "schema.values",
    "annotate": "data.annotate",
    "compare": "comparison.compare",
    "evaluate": "evaluation.evaluate",
    "export": "formats.export",
    "load_task": "project.tasks",
    "read_documents": "documents.reading",
    "run": "pipeline.run",
    "segment": "documents.segmentation",
    "verify": "verification.verify",
    "view": "viewer.view",
}
"""Each public name, and the module of this package that defines it."""

if not TYPE_CHECKING:  # type checkers know only lists that are written out; they go by the imports
    __all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'annotate' has no attribute {name!r}")
    return getattr(import_module(f"annotate.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*_MODULES, *(name for name in globals() if name.startswith("__"))})
