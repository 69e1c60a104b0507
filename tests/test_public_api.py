"""The public names are pinned, documented and light; every failure has its place in one tree."""

from __future__ import annotations

import ast
import inspect
import pydoc
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import annotate
from annotate import errors
from annotate.cli.exit_codes import of_error
from annotate.errors import AnnotateError
from tests.conftest import INCIDENTS

PUBLIC = [
    "AnnotateError",
    "Annotation",
    "Category",
    "Document",
    "DocumentError",
    "Evidence",
    "MemoryRun",
    "ProjectError",
    "Run",
    "Schema",
    "Stopped",
    "UsageError",
    "Values",
    "annotate",
    "compare",
    "evaluate",
    "export",
    "load_task",
    "read_documents",
    "run",
    "segment",
    "verify",
    "view",
]


def test_the_public_names_are_these() -> None:
    assert vars(annotate)["__all__"] == PUBLIC
    assert sorted(PUBLIC) == PUBLIC
    assert len(PUBLIC) <= 24


def test_dir_and_help_show_them_with_their_documentation() -> None:
    assert {name for name in dir(annotate) if not name.startswith("__")} == set(PUBLIC)
    shown = pydoc.plain(pydoc.render_doc(annotate))
    for name in PUBLIC:
        first, *_ = (inspect.getdoc(getattr(annotate, name)) or "").splitlines()
        assert re.search(rf"\b{name}\b", shown)
        assert first in shown


def test_importing_all_imports_them() -> None:
    names: dict[str, object] = {}
    exec("from annotate import *", names)  # noqa: S102 (ours)
    assert names.keys() - {"__builtins__"} == set(PUBLIC)


def test_type_checkers_find_each_name_where_it_is_imported_from() -> None:
    source = Path(str(annotate.__file__)).read_text(encoding="utf-8")
    typed = {
        alias.name: node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("annotate.")
        for alias in node.names
    }
    assert typed == {name: f"annotate.{module}" for name, module in annotate._MODULES.items()}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_there_and_documented(name: str) -> None:
    thing = getattr(annotate, name)
    assert inspect.getdoc(thing)
    assert thing.__module__.startswith("annotate.")


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = annotate.nonsense


def test_public_methods_are_documented() -> None:
    for name in PUBLIC:
        thing = getattr(annotate, name)
        for member, value in vars(thing).items() if inspect.isclass(thing) else ():
            if inspect.isfunction(value) and not member.startswith("_"):
                assert value.__doc__, f"{name}.{member}"


# ---- Errors ----


def tree() -> dict[str, tuple[str, str]]:
    """Return each class drawn in the docstring with its parent and its exit code."""
    drawn: dict[str, tuple[str, str]] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"^ {4}([│├└─ ]*)([A-Z]\w+) +(\d|–|exit code)", line)
        if match:
            depth = len(match[1]) // 4
            path[depth:] = [match[2]]
            drawn[match[2]] = (path[depth - 1] if depth else "", match[3])
    return drawn


def test_every_error_is_drawn_where_it_stands() -> None:
    classes = {
        name: thing
        for name, thing in vars(errors).items()
        if inspect.isclass(thing) and issubclass(thing, AnnotateError)
    }
    drawn = tree()
    assert drawn.keys() == classes.keys()
    for name, (parent, code) in drawn.items():
        if parent:
            assert classes[name].__bases__ == (classes[parent],)
        if code.isdigit():
            raised = classes[name].__new__(classes[name])
            assert of_error(raised) == int(code)


def write(path: str, data: bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(data)


def text(path: str = "in.txt", data: bytes = b"Search was slow.") -> str:
    write(path, data)
    return path


def a_run() -> annotate.Run:
    return annotate.run(text(), task="incident_report", out="run")


def damaged_run() -> annotate.Run:
    run = a_run()
    write("run/annotations.jsonl", b"{")
    return run


def broken(name: str, data: bytes) -> str:
    write(name, data)
    return "incident_report"


CAUSES: dict[str, tuple[Callable[[], object], type[AnnotateError]]] = {
    "no input": (lambda: annotate.run([]), errors.UsageError),
    "a glob of nothing": (lambda: annotate.run("*.nothing"), errors.UsageError),
    "an unknown setting": (lambda: annotate.run(text(), colour=1), errors.UsageError),
    "a wrong setting": (lambda: annotate.run(text(), chunk_size=1), errors.UsageError),
    "a wrong type": (lambda: annotate.run(text(), chunk_size=[]), errors.UsageError),
    "an unknown encoding": (lambda: annotate.run(text(), encoding="x"), errors.UsageError),
    "an unknown task": (lambda: annotate.run(text(), task="x"), errors.ProjectError),
    "a task that is no name": (lambda: annotate.load_task("../x"), errors.ProjectError),
    "an output that is a file": (lambda: annotate.run(text(), out=text("o")), errors.UsageError),
    "an output below a file": (
        lambda: annotate.run(text(), out=text("o") + "/run"),
        errors.UsageError,
    ),
    "an output with other files": (
        lambda: annotate.run(text(), out=Path(text("o/x")).parent),
        errors.UsageError,
    ),
    "another run's output": (
        lambda: annotate.run(text("b.txt"), task="incident_report", out=a_run().path),
        errors.OutputExists,
    ),
    "a name with a null byte": (
        lambda: annotate.run(text(), task="incident_report", out="a\0b"),
        errors.UsageError,
    ),
    "a name that is too long": (
        lambda: annotate.run(text(), task="incident_report", out="x" * 5000),
        errors.UsageError,
    ),
    "no run": (lambda: annotate.Run("."), errors.RunError),
    "a damaged row": (lambda: list(damaged_run().annotations()), errors.RunError),
    "an unknown export": (lambda: annotate.export(a_run(), "pdf"), errors.UsageError),
    "an export nowhere": (lambda: annotate.export(a_run(), "csv", "no/x"), errors.UsageError),
    "an export of a damaged run": (
        lambda: annotate.export(damaged_run(), "csv", "x"),
        errors.RunError,
    ),
    "a missing file": (lambda: annotate.read_documents(["x"]), errors.UsageError),
    "an empty file": (
        lambda: list(annotate.read_documents([text(data=b"")])),
        errors.DocumentError,
    ),
    "another encoding": (
        lambda: list(annotate.read_documents([text(data=b"\xe9")])),
        errors.DocumentError,
    ),
    "a broken annotate.toml": (
        lambda: annotate.run(text(), task=broken("annotate.toml", b"= 1")),
        errors.ProjectError,
    ),
    "an unknown key in annotate.toml": (
        lambda: annotate.run(text(), task=broken("annotate.toml", b"x = 1")),
        errors.ProjectError,
    ),
    "a broken schema": (
        lambda: annotate.load_task(broken("schemas/incident_report.py", b"x = (")),
        errors.ProjectError,
    ),
    "a broken lexicon": (
        lambda: annotate.run(text(), task=broken("schemas/incident_report.lexicon.toml", b"x = (")),
        errors.ProjectError,
    ),
    "a lexicon of another schema": (
        lambda: annotate.run(text(), task=broken("schemas/incident_report.lexicon.toml", b"[x]")),
        errors.ProjectError,
    ),
}


@pytest.mark.parametrize(("act", "kind"), CAUSES.values(), ids=CAUSES.keys())
def test_what_a_user_can_cause_is_an_error_of_the_tree(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[], object],
    kind: type[AnnotateError],
) -> None:
    monkeypatch.chdir(tmp_path)
    write("annotate.toml", b"")
    for file in (INCIDENTS / "schemas").glob("incident_report.*"):
        write(f"schemas/{file.name}", file.read_bytes())
    with pytest.raises(AnnotateError) as caught:
        act()
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)
