"""A process that runs `annotate` against one hostile endpoint after another, and measures itself.

`python -m tests.support.peaks FOLDER BASE_URL KIND...` prints how each run ended, as JSON: the peak
of its memory in MiB, the statuses of its chunks, the reason why it stopped.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import annotate
from annotate.errors import AnnotateError


def measured(base_url: str, kind: str) -> dict[str, Any]:
    """Run over all documents against one kind of endpoint."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    stopped = ""
    try:
        annotate.run(
            "texts",
            out=f"run-{kind}",
            model="m",
            base_url=f"{base_url}/{kind}",
            cache_dir=f"cache-{kind}",
            mode="json_schema",
            chunk_size=200,
            repairs=1,
            timeout=1.0 if kind.startswith("slow") else 60.0,
        )
    except AnnotateError as error:
        stopped = str(error)
    statuses = Counter(entry.status for entry in annotate.Run(f"run-{kind}").ledger())
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return {
        "peak": int(peak[1]) // 1024 if peak else None,
        "statuses": dict(statuses),
        "stopped": stopped,
    }


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    sys.stdout.write(json.dumps({kind: measured(sys.argv[2], kind) for kind in sys.argv[3:]}))
