"""A reader's session on a page: commands, programs and files, in one folder and in one process.

`annotate …` runs in this process, `python -m annotate.testing …` becomes a server in a thread, and
whatever else a page types goes to a shell. Where a page says localhost:8000 the session puts a free
port, and in what is printed it puts back what the page says.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, chdir
from functools import cached_property
from pathlib import Path
from typing import Any

from annotate.cli.app import main
from annotate.project.tasks import load_task
from annotate.testing import Server, SimulatedAnnotator, quote_first
from annotate.testing.answers import Respond
from annotate.testing.server import nothing_found
from annotate.testing.simulation import SIMULATED
from tests.support import in_process
from tests.support.checkout import ROOT
from tests.support.outputs import ANY, assert_shows, assert_well_formed
from tests.support.pages import OUTPUT, Block

_OURS = ("annotate", "cd", "export", "python")
_PORT = re.compile(r"(?:localhost|127\.0\.0\.1):(\d+)")
_NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there: no page asks a server elsewhere
# How far a run or a suite has come, said every few seconds, so more often on a slow machine.
_PROGRESS = re.compile(
    r"^(?:.*: )?[\d,]+ of [\d,]+(?: or more)? chunks.* documents, .*\n", re.MULTILINE
)


class Session:
    """A folder in which the blocks of a page run one after the other.

    Args:
        folder: an empty folder.
        environment: the variables of a user who has set nothing.

    Attributes:
        printed: what the last command block or program printed.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.printed = ""
        self._cwd = folder
        self._environment = {**environment, "HTTPS_PROXY": _NOWHERE}
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._ports: dict[str, str] = {}
        self._servers = ExitStack()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *error: object) -> None:
        self._servers.close()

    def run(self, block: Block) -> None:
        """Run a block, or compare it with what the one before has printed."""
        if block.reason:
            return
        if block.language in ("sh", "setup"):
            self._type(block)
        elif block.language == "file":
            self._write(self._cwd / block.text, (ROOT / block.text).read_text(encoding="utf-8"))
        elif block.title == OUTPUT:
            assert_shows(block, self.printed)
        elif block.title:
            self._write(self._cwd / block.title, block.text)
        elif block.language == "python":
            self._python(block)
        elif block.language == "sql":
            self._sql(block)
        else:
            assert_well_formed(block)

    # ---- Files and programs ----

    def _write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self._real(text), encoding="utf-8")

    def _python(self, block: Block) -> None:
        # A definition is found by its docstrings, so a block has to be a file.
        file = self._cwd / f".block-{block.line}.py"
        self._write(file, block.text)
        code = compile(file.read_bytes(), str(file), "exec")
        ended, printed = self._in_process(lambda: exec(code, self._names), [file.name])  # noqa: S102
        file.unlink()
        self.printed = self._shown(printed)
        assert ended == 0, f"{block.place}:\n{self.printed}"

    def _sql(self, block: Block) -> None:
        with chdir(self._cwd):
            found = self._database.sql(block.text)
            self.printed = "" if found is None else str(found)

    @cached_property
    def _database(self) -> Any:
        import duckdb

        return self._servers.enter_context(duckdb.connect())

    # ---- Commands ----

    def _type(self, block: Block) -> None:
        self.printed = ""
        code = 0
        for line in block.text.replace("\\\n", " ").splitlines():
            for words in _commands(line):
                assert code == 0, f"{block.place}: ended with {code} before {line}\n{self.printed}"
                code, printed = self._carry_out([self._real(word) for word in words])
                self.printed += self._shown(printed)
        assert code == block.exits, f"{block.place}: ended with {code}\n{self.printed}"

    def _carry_out(self, words: list[str]) -> tuple[int, str]:
        name, *arguments = words
        if name == "cd":
            self._cwd = self._cwd / arguments[0]
        elif name == "export":
            variable, value = arguments[0].split("=", 1)
            self._environment[variable] = value
        elif words[:3] == ["python", "-m", "annotate.testing"]:
            self._serve(arguments[2:])
        elif name == "annotate":
            return self._annotate(arguments)
        else:
            return self._shell(" ".join(words))
        return 0, ""

    def _annotate(self, arguments: Sequence[str]) -> tuple[int, str]:
        given = ["annotate", *(found for word in arguments for found in self._expanded(word))]
        if given[-2:-1] != [">"]:
            return self._in_process(main, given)
        code, printed, said = in_process.run(
            main, given[:-2], cwd=self._cwd, environment=self._environment
        )
        (self._cwd / given[-1]).write_text(printed, encoding="utf-8")
        return code, said

    def _in_process(self, program: Callable[[], None], words: Sequence[str]) -> tuple[int, str]:
        """Run a program; return its exit code and what both streams showed."""
        code, printed, _ = in_process.run(
            program, words, cwd=self._cwd, environment=self._environment, together=True
        )
        return code, printed

    def _shell(self, command: str) -> tuple[int, str]:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self._cwd,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.returncode, done.stdout.decode()

    def _serve(self, arguments: Sequence[str]) -> None:
        """Start the test server that the words ask for, on a free port in place of theirs."""
        parser = argparse.ArgumentParser()
        for option in ("--simulate", "--template", "--model", "--port"):
            parser.add_argument(option)
        parser.add_argument("--quote-first", action="store_true")  # what --template fills
        asked = parser.parse_args([each for each in arguments if each != "&"])
        respond: Respond = nothing_found
        if asked.simulate:
            with chdir(self._cwd):
                respond = _under_any_name(SimulatedAnnotator.of(load_task(asked.simulate), seed=0))
        elif asked.template:
            respond = quote_first(json.loads(asked.template))
        server = Server(respond, models=[asked.model or SIMULATED], keep=0)
        self._servers.enter_context(server)
        self._ports[asked.port] = _PORT.findall(server.base_url)[0]

    # ---- What a page says, and what is so ----

    def _expanded(self, word: str) -> list[str]:
        """Return what a shell makes of a glob; a word that names nothing stays."""
        if "*" not in word:
            return [word]
        return sorted(str(each.relative_to(self._cwd)) for each in self._cwd.glob(word)) or [word]

    def _real(self, text: str) -> str:
        return _PORT.sub(lambda found: f"127.0.0.1:{self._ports.get(found[1], found[1])}", text)

    def _shown(self, text: str) -> str:
        for port, real in self._ports.items():
            text = text.replace(f"127.0.0.1:{real}", f"localhost:{port}")
        return _PROGRESS.sub("", text).replace(os.path.realpath(self._cwd), ANY)


def _commands(line: str) -> Iterator[list[str]]:
    """Yield the commands of a line, which "&&" joins; what is not ours is left to the shell."""
    words = shlex.split(line, comments=True)
    if words and words[0] not in _OURS:
        yield [line]
        return
    while "&&" in words:
        place = words.index("&&")
        yield words[:place]
        words = words[place + 1 :]
    if words:
        yield words


def _under_any_name(respond: Respond) -> Respond:
    """Let a simulation answer as the model that a page names."""
    return lambda body: respond({**body, "model": SIMULATED})
