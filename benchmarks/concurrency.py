"""Measure the way of a request: wall time against the ideal, CPU a request, the warm re-run.

Run from the root of the checkout: `python benchmarks/concurrency.py [--rounds 5] [--repeat 10]`.
The example documents are asked about in chunks of 1 000 characters, against a server in a process
of its own that answers after 200 ms with a quote from the chunk, 16 requests in flight. Beside
whole runs of `annotate run` (start-up, prompt, cache, validation, grounding and writing included)
the same bodies are sent by a bare client: the openai package's, and aiohttp's or, where that is not
installed, the standard library's streams. The ideal is requests / 16 × 0.2 s.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
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


def annotate(folder: Path, base_url: str, options: Options) -> Took:
    """Run the command as a whole process."""
    arguments = ["run", "eval/documents", "--task", "privacy_policy", "--prompt", "v1"]
    arguments += ["--model", "gpt-4o-mini", "--base-url", base_url, "--mode", "json_schema"]
    arguments += ["--repeat", str(options.repeat), "--chunk-size", str(options.chunk_size)]
    arguments += ["--concurrency", str(options.in_flight)]
    arguments += ["--out", str(folder / "run"), "--cache-dir", str(folder / "cache")]
    began, cpu = time.perf_counter(), _cpu_of_children()
    subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, "-c", _WARM, *arguments],
        cwd=ROOT,
        env={**os.environ, "OPENAI_API_KEY": "none"},
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
    """Send all bodies with a bare client and parse the answers; no cache, no grounding."""
    began, cpu = time.perf_counter(), time.process_time()
    asyncio.run(_CLIENTS[send](contents, in_flight, base_url))
    return Took(time.perf_counter() - began, time.process_time() - cpu)


async def _openai(contents: list[bytes], in_flight: int, base_url: str) -> None:
    import openai

    client = openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0)
    asked = iter([json.loads(content) for content in contents])

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


async def _streams(contents: list[bytes], in_flight: int, base_url: str) -> None:
    parts = urlsplit(base_url)
    asked = iter(contents)

    async def worker() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for content in asked:
            head = (
                f"POST {parts.path}/chat/completions HTTP/1.1\r\nhost: {parts.netloc}\r\n"
                f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
            )
            writer.write(head.encode() + content)
            answered = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(answered.split("content-length: ")[1].split("\r\n")[0])
            body = json.loads(await reader.readexactly(length))
            json.loads(body["choices"][0]["message"]["content"])
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(worker() for _ in range(in_flight)))


_CLIENTS: dict[str, Callable[[list[bytes], int, str], Coroutine[Any, Any, None]]] = {
    "aiohttp": _aiohttp,
    "streams": _streams,
    "openai": _openai,
}


# ---- The table ----


def main() -> None:
    """Measure and print."""
    options = _options()
    rows: dict[str, list[Took]] = {}
    with server(options.delay) as base_url:
        for _ in range(options.rounds):
            folder = Path(tempfile.mkdtemp(prefix="annotate-benchmark-"))
            try:
                rows.setdefault("annotate run", []).append(annotate(folder, base_url, options))
                rows.setdefault("warm re-run", []).append(annotate(folder, base_url, options))
                contents = bodies(folder)
                found = grounded(folder)
            finally:
                shutil.rmtree(folder)
            for name in ("openai", _plain()):
                took = bare(contents, options.in_flight, name, base_url)
                rows.setdefault(f"bare {name}", []).append(took)
    _print(rows, len(contents), found, options)


def _plain() -> str:
    try:
        import aiohttp  # noqa: F401
    except ImportError:
        return "streams"
    return "aiohttp"


def _options() -> Options:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds; the median is printed")
    parser.add_argument("--repeat", type=int, default=10, help="samples of the documents")
    parser.add_argument("--in-flight", type=int, default=16)
    parser.add_argument("--delay", type=float, default=0.2, help="seconds before an answer")
    parser.add_argument("--chunk-size", type=int, default=1000)
    return Options(**vars(parser.parse_args()))


def _print(rows: dict[str, list[Took]], requests: int, found: int, options: Options) -> None:
    ideal = requests / options.in_flight * options.delay
    print(
        f"{requests} requests, {options.in_flight} in flight, {options.delay * 1000:.0f} ms each: "
        f"ideal {ideal:.1f} s; {found} annotations grounded a sample; median of {options.rounds}"
    )
    print(f"{'':<16}{'wall s':>9}{'ideal/wall':>12}{'CPU s':>9}{'ms CPU a request':>18}")
    for name, took in rows.items():
        wall = statistics.median(each.wall for each in took)
        cpu = statistics.median(each.cpu for each in took)
        ratio = "" if name == "warm re-run" else f"{ideal / wall:.2f}"
        print(f"{name:<16}{wall:>9.2f}{ratio:>12}{cpu:>9.2f}{1000 * cpu / requests:>18.2f}")


if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # else this file is what others import as `requests`
    main()
