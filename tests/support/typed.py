"""Type the command over the documents of a project, with a key in the environment."""

from __future__ import annotations

import subprocess

from annotate.testing import Server
from tests.conftest import Command
from tests.support.endpoints import Place

KEY = "sk-verysecretkey0123456789"


def typed(
    place: Place, server: Server, *more: str, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run the command over the documents that are there."""
    arguments = place.arguments(server, *sorted(place.folder.glob("texts/*")))
    return Command(place.folder)(*before, *arguments, *more, env={"OPENAI_API_KEY": KEY})
