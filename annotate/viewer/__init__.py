"""Pages to look at: what a run found, what gold says of it, and what a change did to it.

A finished run, a comparison, or one text with its annotations comes in. One HTML file goes out that
loads nothing from the network. Document text, quotes and answers of models are hostile: they reach
a page as text nodes alone. The package computes no score and reads no document itself.

`frontend` holds the scripts and styles as they are written, `assets` what is put into a page.
"""

from __future__ import annotations

from annotate.viewer.view import View, comparison_page, highlight, view

__all__ = ["View", "comparison_page", "highlight", "view"]
