"""Import all that a run over HTTP imports, by running once; forks begin with it.

What is imported late, by which library, need then be listed nowhere.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import annotate.serving.serve  # noqa: F401 (what a review imports)
from annotate.cli.app import main
from annotate.testing import Server
from tests.support import endpoints, in_process
from tests.support.endpoints import Place, truthful

with tempfile.TemporaryDirectory() as name, Server(truthful) as server:
    place = Place(endpoints.project(Path(name) / "project"))
    words = ["annotate", *place.arguments(server, *place.write("Search was slow."))]
    in_process.run(main, words, cwd=place.folder, environment=os.environ)
