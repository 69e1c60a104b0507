"""The manifest of a run: how it was made, what it counts, and whether it is complete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotate.errors import RunError

FORMAT_VERSION = 1  # raised when an older version of annotate would misread a run
MANIFEST = "manifest.json"
REQUESTS = "requests.json"  # what is sent for a chunk, where a model is asked
PARTS = {
    "documents": "documents",
    "annotations": "annotations",
    "ledger": "chunks",
    "quarantine": "quarantined",
    "unreadable": "unreadable",
}
"""The files of a run, and what the manifest calls the number of their rows."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a run folder.

    Raises:
        RunError: where there is none, it is damaged, or its format is newer than this version.
    """
    file = folder / MANIFEST
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise RunError(f"{folder}: is not a run folder (it has no {MANIFEST})") from None
    except OSError as error:
        raise RunError(f"{file}: cannot be read ({error.strerror})") from None
    return parse_manifest(content, file)


def parse_manifest(content: bytes, file: Path) -> dict[str, Any]:
    """Return the manifest that a file holds.

    Raises:
        RunError: as `read_manifest`.
    """
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError):
        raise _damaged(file) from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise RunError(f"{file}: is not the manifest of a run")
    if manifest["format"] > FORMAT_VERSION:
        raise RunError(
            f"{file.parent}: was written by a newer version of annotate; upgrade to read it"
        )
    if not _is_whole(manifest):
        raise _damaged(file)
    return manifest


def _is_whole(manifest: dict[str, Any]) -> bool:
    """Tell whether the manifest says what every reader of a run relies on."""
    kinds = {"status": str, "model": str, "usage": dict, "statuses": dict, "counts": dict}
    if not all(isinstance(manifest.get(name), kind) for name, kind in kinds.items()):
        return False
    return all(isinstance(manifest["counts"].get(name), int) for name in PARTS.values())


def _damaged(file: Path) -> RunError:
    return RunError(f"{file}: is damaged; remove {file.parent} and run again")
