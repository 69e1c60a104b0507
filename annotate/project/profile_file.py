"""The profile of a model as TOML: to be pasted, or written into annotate.toml.

tomlkit, since a file that people write keeps its comments, its order and its line ends.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotate.errors import ProjectError, UsageError
from annotate.files import write_file
from annotate.project.roots import SETTINGS_FILE, find_project
from annotate.project.settings import PROFILES, read_settings

_MARK = "\ufeff"  # editors on Windows put it before UTF-8


def profile_text(model: str, profile: Mapping[str, Any]) -> str:
    """Return the profile of a model as it stands in annotate.toml, its header above it."""
    import tomlkit

    document = tomlkit.document()
    _put(document, model, profile)
    return tomlkit.dumps(document).strip("\n") + "\n"


def write_profile(model: str, profile: Mapping[str, Any], start: Path | None = None) -> Path:
    """Put the profile of a model into the project's annotate.toml; return the file.

    What else stands there stays as it is, comments and order too; of a profile that is there
    already, what is not in the new one stays as well. The file is replaced as a whole, or not.

    Raises:
        UsageError: where there is no project, or the file cannot be written.
        ProjectError: where the file cannot be read.
    """
    import tomlkit

    project = find_project(start)
    if project is None:
        raise UsageError(
            f"no {SETTINGS_FILE} here or above to write into; annotate init DIR makes a project"
        )
    path = (project / SETTINGS_FILE).resolve()  # a link to a file stays one
    read_settings(start)  # whose errors name the file
    text = path.read_bytes().decode()
    document = tomlkit.parse(text.removeprefix(_MARK))
    _put(document, model, profile)
    written = tomlkit.dumps(document)
    if _with_line_ends_of_windows(text):
        written = re.sub(r"(?<!\r)\n", "\r\n", written)
    # Looked at again: a file that its program can no longer read is worse than a profile to paste.
    expected = tomllib.loads(profile_text(model, profile))[PROFILES][model]
    if not _holds(written, model, expected):
        raise ProjectError(f"{path}: is laid out in a way that cannot be added to; paste it there")
    write_file(path, (_MARK * text.startswith(_MARK) + written).encode())
    return path


def _with_line_ends_of_windows(text: str) -> bool:
    return "\n" in text and text.count("\n") == text.count("\r\n")


def _holds(written: str, model: str, expected: Mapping[str, Any]) -> bool:
    try:
        found = tomllib.loads(written)[PROFILES][model]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return False
    return {name: found.get(name) for name in expected} == expected


def _put(document: Any, model: str, profile: Mapping[str, Any]) -> None:
    import tomlkit

    if PROFILES not in document:
        document[PROFILES] = tomlkit.table(is_super_table=True)
    models = document[PROFILES]
    if model not in models:
        models[model] = tomlkit.table()
    for name, value in profile.items():
        models[model][name] = _inline(value)


def _inline(value: Any) -> Any:
    """Return a value on one line."""
    import tomlkit

    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update({key: _inline(each) for key, each in value.items() if each is not None})
        return table
    return list(value) if isinstance(value, tuple) else value
