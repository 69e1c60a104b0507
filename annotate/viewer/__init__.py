"""Pages to look at: what a run found, what gold says of it, and what a change did to it.

A page is one HTML file that asks no network for anything. Document text, quotes and what models
answer are hostile: they reach a page as text nodes and nothing else.
"""

from __future__ import annotations

from annotate.viewer.view import View, comparison_page, highlight, view

__all__ = ["View", "comparison_page", "highlight", "view"]
