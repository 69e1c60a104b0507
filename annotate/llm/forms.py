"""What instructor asks for in each of its modes, kept as it prepared it.

It is the same for every schema but for the schema's own place, and importing what prepares it takes
longer than many a request. With another version of instructor than the one that wrote the file, it
is asked itself. `make forms` writes the file anew; a test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotate.files import write_file

if TYPE_CHECKING:
    from pydantic import BaseModel

KEPT = Path(__file__).with_name("forms.json")


def empty_form(mode: str, model: type[BaseModel]) -> dict[str, Any]:
    """Return what a mode adds beside the messages, with null where the schema of `model` goes."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    if kept["instructor"] == version("instructor") and mode in kept["modes"]:
        form: dict[str, Any] = kept["modes"][mode]
        return form
    return prepare(mode, model)


def prepare(mode: str, model: type[BaseModel]) -> dict[str, Any]:
    """Let instructor prepare it, from a request without words."""
    from instructor import Mode
    from instructor.v2.core.providers import Provider
    from instructor.v2.core.registry import mode_registry

    # instructor's registry, not `from_openai`: that wants a client, and sends what it prepares.
    handlers = mode_registry.get_handlers(Provider.OPENAI, Mode[mode])
    _, asked = handlers.request_handler(model, {"messages": [{"role": "system", "content": ""}]})
    return {key: _emptied(value) for key, value in asked.items() if key != "messages"}


def write(modes: Iterable[str], model: type[BaseModel], path: Path = KEPT) -> None:
    """Write down what the installed instructor prepares for some of its modes."""
    forms = {mode: prepare(mode, model) for mode in modes}
    kept = {"instructor": version("instructor"), "modes": forms}
    write_file(path, f"{json.dumps(kept, indent=2)}\n".encode())


def _emptied(node: Any) -> Any:
    """Return a part of a request with null where a schema stands."""
    if isinstance(node, list):
        return [_emptied(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: None if key in ("schema", "parameters") else _emptied(value)
        for key, value in node.items()
    }
