"""Measure the way of a request: wall time against the ideal, CPU a request, the warm re-run.

Run from the root of the checkout: `python benchmarks/concurrency.py [--rounds 5] [--repeat 10]`.
The example documents are asked about in chunks of 1 000 characters, against a server in a process
of its own that answers after 200 ms with a quote from the chunk, 16 requests in flight. Beside
whole runs of `annotate run` (start-up, prompt, cache, validation, grounding and writing included)
the same bodies are sent by a bare client in a process of its own, imports included: the openai
package's, and aiohttp's. The ideal is requests / 16 × 0.2 s.

What start-up takes is what the same takes with one request, less the 0.2 s that this one waits.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "eval" / "documents"
TEMPLATE = {"category": "security", "quote": "{quote}", "measures": ["generic"]}
_WARM = """
import sys
from annotate.cli.app import main
try:
    main()
finally:
    for name in ("openai", "instructor"):
        if name in sys.modules:
            sys.stderr.write(f"the warm run imported {name}\\n")
"""


@dataclass(frozen=True)
class Options:
    """How the benchmark runs."""

    rounds: int
    repeat: int
    in_flight: int
    delay: float
    chunk_size: int


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and seconds of CPU of the client."""

    wall: float
    cpu: float

    def without(self, other: Took) -> Took:
        """Return what is left without what something else took."""
        return Took(self.wall - other.wall, self.cpu - other.cpu)


# ---- The server and the command ----


@contextmanager
def server(delay: float) -> Iterator[str]:
    """Run the test server in a process of its own and yield its base URL."""
    arguments = ["--delay", str(delay), "--quote-first", "--template", json.dumps(TEMPLATE)]
    process = subprocess.Popen(  # noqa: S603 (ourselves)
        [sys.executable, "-m", "annotate.testing", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield process.stdout.readline().strip() if process.stdout else ""
    finally:
        process.terminate()
        process.wait()


def annotate(folder: Path, base_url: str, options: Options, documents: Path = DOCUMENTS) -> Took:
    """Run the command as a whole process."""
    arguments = ["run", str(documents), "--task", "privacy_policy", "--prompt", "v1"]
    arguments += ["--model", "gpt-4o-mini", "--base-url", base_url, "--mode", "json_schema"]
    arguments += ["--repeat", str(options.repeat), "--chunk-size", str(options.chunk_size)]
    arguments += ["--concurrency", str(options.in_flight)]
    arguments += ["--out", str(folder / "run"), "--cache-dir", str(folder / "cache")]
    began, cpu = time.perf_counter(), _cpu_of_children()
    subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, "-c", _WARM, *arguments],
        cwd=ROOT,
        # As where it is installed, its bytecode is written by the first of these runs.
        env={**os.environ, "OPENAI_API_KEY": "none", "PYTHONDONTWRITEBYTECODE": ""},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=None if (folder / "run-1").exists() else subprocess.DEVNULL,
    )
    return Took(time.perf_counter() - began, _cpu_of_children() - cpu)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bodies(folder: Path) -> list[bytes]:
    """Return the bodies of all requests that a run sent, as they were sent."""
    from annotate.llm.cache.store import Cache
    from annotate.llm.written import encode

    cache = Cache(folder / "cache")
    sent = [encode(row["request"]["body"]) for row in cache.rows()]
    cache.close()
    return sent


def grounded(folder: Path) -> int:
    """Return how many annotations the first sample of a run holds."""
    return int(
        json.loads((folder / "run-1" / "manifest.json").read_text())["counts"]["annotations"]
    )


# ---- Bare clients ----


def bare(contents: list[bytes], in_flight: int, send: str, base_url: str) -> Took:
    """Send all bodies with a bare client and parse the answers; no cache, no grounding.

    In a process of its own, which measures itself as soon as it has the bodies.
    """
    words = [sys.executable, __file__, "--bare", send, base_url, str(in_flight)]
    done = subprocess.run(words, input=b"\n".join(contents), stdout=subprocess.PIPE, check=True)  # noqa: S603 (ourselves)
    return Took(**json.loads(done.stdout))


def _send_bare(send: str, base_url: str, in_flight: str) -> None:
    contents = sys.stdin.buffer.read().split(b"\n")
    asked: list[Any] = list(map(json.loads, contents)) if send == "openai" else list(contents)
    began, cpu = time.perf_counter(), time.process_time()
    asyncio.run(_CLIENTS[send](asked, int(in_flight), base_url))
    took = Took(time.perf_counter() - began, time.process_time() - cpu)
    print(json.dumps(asdict(took)))


async def _openai(bodies: list[Any], in_flight: int, base_url: str) -> None:
    import openai

    client = openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0)
    asked = iter(bodies)

    async def worker() -> None:
        for body in asked:
            completion = await client.chat.completions.create(**body)
            json.loads(completion.choices[0].message.content or "")

    await asyncio.gather(*(worker() for _ in range(in_flight)))
    await client.close()


async def _aiohttp(contents: list[bytes], in_flight: int, base_url: str) -> None:
    import aiohttp

    asked = iter(contents)
    headers = {"content-type": "application/json"}
    url = f"{base_url}/chat/completions"

    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=in_flight), headers=headers
    ) as session:

        async def worker() -> None:
            for content in asked:
                async with session.post(url, data=content) as response:
                    json.loads((await response.json())["choices"][0]["message"]["content"])

        await asyncio.gather(*(worker() for _ in range(in_flight)))


_CLIENTS: dict[str, Callable[[list[Any], int, str], Coroutine[Any, Any, None]]] = {
    "aiohttp": _aiohttp,
    "openai": _openai,
}


# ---- The table ----


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--bare"]:
        _send_bare(*sys.argv[2:])
        return
    options = _options()
    rows: dict[str, list[Took]] = {}
    starts: dict[str, list[Took]] = {}
    with server(options.delay) as base_url:
        for _ in range(options.rounds):
            folder = Path(tempfile.mkdtemp(prefix="annotate-benchmark-"))
            try:
                rows.setdefault("annotate run", []).append(annotate(folder, base_url, options))
                rows.setdefault("warm re-run", []).append(annotate(folder, base_url, options))
                contents = bodies(folder)
                found = grounded(folder)
                started = _annotate_one(folder / "one", base_url, options)
                starts.setdefault("annotate run", []).append(started)
            finally:
                shutil.rmtree(folder)
            for name in _CLIENTS:
                for asked, table in ((contents, rows), (contents[:1], starts)):
                    took = bare(asked, options.in_flight, name, base_url)
                    table.setdefault(f"bare {name}", []).append(took)
    waited = Took(options.delay, 0.0)
    started_in = {name: _median(took).without(waited) for name, took in starts.items()}
    _print(rows, started_in, len(contents), found, options)


def _annotate_one(folder: Path, base_url: str, options: Options) -> Took:
    """Run the command over a text of one chunk, with a cache of its own."""
    folder.mkdir()
    (folder / "one.txt").write_text("We protect your data with passwords.\n", encoding="utf-8")
    return annotate(folder, base_url, replace(options, repeat=1), folder / "one.txt")


def _options() -> Options:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds; the median is printed")
    parser.add_argument("--repeat", type=int, default=10, help="samples of the documents")
    parser.add_argument("--in-flight", type=int, default=16)
    parser.add_argument("--delay", type=float, default=0.2, help="seconds before an answer")
    parser.add_argument("--chunk-size", type=int, default=1000)
    return Options(**vars(parser.parse_args()))


def _median(took: list[Took]) -> Took:
    return Took(
        statistics.median(each.wall for each in took), statistics.median(each.cpu for each in took)
    )


def _print(
    rows: dict[str, list[Took]],
    started_in: dict[str, Took],
    requests: int,
    found: int,
    options: Options,
) -> None:
    ideal = requests / options.in_flight * options.delay
    print(
        f"{requests} requests, {options.in_flight} in flight, {options.delay * 1000:.0f} ms each: "
        f"ideal {ideal:.1f} s; {found} annotations grounded a sample; median of {options.rounds}"
    )
    head = f"{'wall s':>9}{'ideal/wall':>12}{'CPU s':>9}{'ms CPU a request':>18}"
    print(f"{'':<30}{head}")
    for name, took in rows.items():
        whole = _median(took)
        _print_row(name, whole, ideal, requests)
        if name in started_in:
            start = started_in[name]
            _print_row("  without start-up", whole.without(start), ideal, requests)
            print(f"  {'start-up':<28}{start.wall:>9.2f}{'':>12}{start.cpu:>9.2f}")


def _print_row(name: str, took: Took, ideal: float, requests: int) -> None:
    ratio = "" if name == "warm re-run" else f"{ideal / took.wall:.2f}"
    each = 1000 * took.cpu / requests
    print(f"{name:<30}{took.wall:>9.2f}{ratio:>12}{took.cpu:>9.2f}{each:>18.2f}")


if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # else this file is what others import as `requests`
    main()
