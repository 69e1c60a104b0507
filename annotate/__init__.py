"""Typed annotations of long texts, each anchored to the characters that prove it.

The names here are the public interface; everything deeper may change. They are imported when first
used, so that `import annotate` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotate.annotation import Annotation, Evidence
    from annotate.comparison.sides import compare
    from annotate.document import Document, read_documents
    from annotate.errors import AnnotateError, DocumentError, ProjectError, UsageError
    from annotate.evaluation.evaluating import evaluate
    from annotate.exporting import export
    from annotate.pages import view
    from annotate.pipeline import annotate_text, run
    from annotate.project import load_task
    from annotate.runs import Run
    from annotate.schema import Category, Schema, Values
    from annotate.segmentation import segment

_HOMES = {
    "AnnotateError": "errors",
    "Annotation": "annotation",
    "Category": "schema",
    "Document": "document",
    "DocumentError": "errors",
    "Evidence": "annotation",
    "ProjectError": "errors",
    "Run": "runs",
    "Schema": "schema",
    "UsageError": "errors",
    "Values": "schema",
    "annotate_text": "pipeline",
    "compare": "comparison.sides",
    "evaluate": "evaluation.evaluating",
    "export": "exporting",
    "load_task": "project",
    "read_documents": "document",
    "run": "pipeline",
    "segment": "segmentation",
    "view": "pages",
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
