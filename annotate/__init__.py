"""Typed annotations of long texts, each anchored to the characters that prove it.

The names here are the public interface; everything deeper may change. They are imported when first
used, so that `import annotate` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotate.annotation import Annotation, Evidence
    from annotate.comparison.inputs import compare
    from annotate.documents.document import Document
    from annotate.documents.reading import read_documents
    from annotate.documents.segmentation import segment
    from annotate.errors import AnnotateError, DocumentError, ProjectError, UsageError
    from annotate.evaluation.evaluate import evaluate
    from annotate.formats.export import export
    from annotate.pipeline.run import annotate_text, run
    from annotate.project.tasks import load_task
    from annotate.runs.reader import Run
    from annotate.schema.categories import Category, Schema
    from annotate.schema.values import Values
    from annotate.viewer.view import view

_HOMES = {
    "AnnotateError": "errors",
    "Annotation": "annotation",
    "Category": "schema.categories",
    "Document": "documents.document",
    "DocumentError": "errors",
    "Evidence": "annotation",
    "ProjectError": "errors",
    "Run": "runs.reader",
    "Schema": "schema.categories",
    "UsageError": "errors",
    "Values": "schema.values",
    "annotate_text": "pipeline.run",
    "compare": "comparison.inputs",
    "evaluate": "evaluation.evaluate",
    "export": "formats.export",
    "load_task": "project.tasks",
    "read_documents": "documents.reading",
    "run": "pipeline.run",
    "segment": "documents.segmentation",
    "view": "viewer.view",
}

__all__ = [
    "AnnotateError",
    "Annotation",
    "Category",
    "Document",
    "DocumentError",
    "Evidence",
    "ProjectError",
    "Run",
    "Schema",
    "UsageError",
    "Values",
    "annotate_text",
    "compare",
    "evaluate",
    "export",
    "load_task",
    "read_documents",
    "run",
    "segment",
    "view",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'annotate' has no attribute {name!r}")
    return getattr(import_module(f"annotate.{_HOMES[name]}"), name)
