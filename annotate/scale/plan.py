"""What an accountant is told when it starts, the first time and any other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from annotate.llm.cache.folder import cache_folder
from annotate.project.settings import Settings
from annotate.runs.parts import Parts


@dataclass(frozen=True)
class Plan:
    """A run on a cluster, as its accountant needs it.

    Attributes:
        out: where the parts go.
        identity: what makes the run this one.
        life: of the driver: what others left open is done again.
        folder: the current folder of the driver.
        environment: the variables of the driver: keys, proxies, certificates.
        replace: whether another run may be replaced.
    """

    out: str
    identity: Mapping[str, JsonValue]
    settings: Settings
    life: str
    replace: bool = False
    folder: str = field(default_factory=os.getcwd)
    environment: Mapping[str, str] = field(
        default_factory=lambda: {n: v for n, v in os.environ.items() if not n.startswith("RAY_")},
        repr=False,
    )

    def enter(self) -> None:
        """Take on the folder and the variables of the driver."""
        os.chdir(self.folder)
        os.environ.update(self.environment)

    def home(self, parts: Parts) -> Path:
        """Return the folder of this machine that is locked, and beside which the journal stands.

        That of the run itself; for an object store one beside the cache, by the address.
        """
        if parts.folder is not None:
            return parts.folder
        name = "".join(c if c.isalnum() else "-" for c in self.out)
        cache = cache_folder(self.settings)
        return cache.with_name(f"{cache.name}-stores") / name
