"""Where answers are kept."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from annotate.llm.cache.store import Cache
from annotate.project.roots import find_project
from annotate.project.settings import Settings


def open_cache(settings: Settings) -> Cache:
    """Open the cache that these settings name; close it, or use it as a context manager."""
    return Cache(cache_folder(settings))


def cache_folder(settings: Settings) -> Path:
    """Return where answers are kept: --cache-dir, else the project's, else the user's cache."""
    if settings.cache_dir is not None:
        return settings.cache_dir
    project = find_project()
    # In the project where there is one, so that it moves, and is thrown away, with its runs.
    if project is not None:
        return project / ".annotate" / "cache"
    return Path(platformdirs.user_cache_dir("annotate")) / "answers"
