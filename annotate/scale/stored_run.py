"""A run in an object store, read from there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotate.errors import RunError
from annotate.runs.manifest import MANIFEST, REQUESTS, parse_manifest
from annotate.runs.parts import Parts
from annotate.runs.reader import Run


class StoredRun(Run):
    """A run at an address such as `s3://bucket/run`: what a `Run` in a folder is."""

    def __init__(self, address: str) -> None:
        self._parts = Parts.at(address)
        # As messages name it: how the store is reached is nothing for them.
        self._address = address.partition("?")[0]
        self.path = Path(self._address)
        content = self._parts.read(MANIFEST)
        if content is None:
            raise RunError(f"{self._address}: is not a run (it has no {MANIFEST})")
        self.manifest = parse_manifest(content, self.path / MANIFEST)

    @property
    def place(self) -> str:
        """Its address."""
        return self._address

    def history(self) -> list[dict[str, Any]]:
        """Return nothing: an object store has no files that grow."""
        return []

    def sent(self) -> list[dict[str, Any]]:
        """Return the requests that ask for a chunk, one for each pass; [] where none was kept."""
        content = self._parts.read(REQUESTS)
        return [] if content is None else list(json.loads(content)["requests"])
