"""The version of this package that is installed."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """Return the installed version; "0+unknown" for sources that nobody installed."""
    try:
        return metadata.version("policy-annotate")
    except metadata.PackageNotFoundError:
        return "0+unknown"
