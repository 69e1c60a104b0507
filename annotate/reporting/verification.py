"""Say what a verification came to: verdicts, what they took, how often they were right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from annotate.formatting import ratio

if TYPE_CHECKING:
    from annotate.runs.reader import Run
    from annotate.verification.agreement import Agreement, Share


def verdicts(manifest: Mapping[str, Any]) -> str:
    """Say how many annotations of a run got which verdict, by whom; "" where none was asked for."""
    found = manifest.get("verified", {}).get("verdicts", {})
    if not found:
        return ""
    said = ", ".join(f"{count:,} {name}" for name, count in found.items() if count)
    return f"verified by {manifest['verification']['model']}: {said or 'no annotations'}"


def outcome_lines(run: Run) -> Iterator[str]:
    """Yield what a verification came to, and what its answers took."""
    yield verdicts(run.manifest)
    usage = run.manifest["verified"]["usage"]
    if usage["requests"]:
        cost = "unknown" if usage["cost"] is None else f"{usage['cost']:.4f} USD"
        yield (
            f"{usage['requests']:,} answers, {usage['prompt_tokens']:,} + "
            f"{usage['completion_tokens']:,} tokens, cost {cost}"
        )


def agreement_lines(found: Agreement) -> Iterator[str]:
    """Yield how often the verdicts were right."""
    yield f"held against the gold of {found.documents:,} documents, with 95% intervals:"
    for name, share in found.verdicts.items():
        if share.of:
            yield f"  {name} was right for {_of(share)}"
    if found.values.of:
        said = "of the values named as not supported, gold does not state"
        yield f"  {said} {_of(found.values)}"
    if found.wrong.of:
        yield f"  of all of these annotations, gold does not state {_of(found.wrong)}"


def _of(share: Share) -> str:
    low, high = share.interval or (None, None)
    rate = ratio(share.right / share.of)
    return f"{share.right:,} of {share.of:,}: {rate} [{ratio(low)} to {ratio(high)}]"
