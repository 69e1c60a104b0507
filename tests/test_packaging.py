"""What is installed, from where, and in which versions.

The wheel is built from this checkout and used as a stranger would: installed, from another folder,
without a network. The locks and the one pin that has an end are checked from metadata alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from contextlib import chdir
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.needs import require
from tests.support.shared import Shared

ROOT = Path(__file__).parents[1]
LOCKS = ("runtime.txt", "dev.txt")

# Imported by a .pth file when the interpreter starts. It ends the process: an exception could be
# caught, and a run that tried the network and went on without it would look fine.
NO_NETWORK = """
import os, sys

def refuse(event, args):
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        sys.stderr.write(f"the network was used: {event} {args[1:]}\\n")
        sys.stderr.flush()
        os._exit(97)

sys.addaudithook(refuse)
"""


def run(*command: object, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stderr}"
    return done


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def clean_environment(home: Path) -> dict[str, str]:
    """Nothing of this shell that could name a model, an index, a cache or another annotate."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LC_ALL": "C.UTF-8",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


@pytest.fixture(scope="module")
def wheel(shared: Shared) -> Path:
    (built,) = shared("wheel", build).glob("*.whl")
    return built


def build(folder: Path) -> None:
    """Build the wheel as pip does, by the backend that pyproject.toml names."""
    backend = import_module(project()["build-system"]["build-backend"])
    with chdir(ROOT):
        backend.build_wheel(str(folder))


@pytest.fixture(scope="module")
def files_in_wheel(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_installs_one_name(files_in_wheel: list[str]) -> None:
    version = project()["project"]["version"]
    top_level = {name.split("/")[0] for name in files_in_wheel}
    assert top_level == {"annotate", f"policy_annotate-{version}.dist-info"}


def test_the_wheel_holds_what_goes_into_a_page_and_not_what_that_is_made_of(
    files_in_wheel: list[str],
) -> None:
    viewer = {name.split("/")[2] for name in files_in_wheel if name.startswith("annotate/viewer/")}
    assert "assets" in viewer
    assert "frontend" not in viewer


def test_the_wheel_bundles_the_content(files_in_wheel: list[str]) -> None:
    bundled = [name.split("/") for name in files_in_wheel if name.startswith("annotate/_bundled/")]
    assert {parts[2] for parts in bundled} == {"schemas", "prompts", "eval"}


def test_the_wheel_holds_every_content_file_of_the_checkout(files_in_wheel: list[str]) -> None:
    require("git checkout")
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = run(*listing, "schemas", "prompts", "eval", cwd=ROOT, env=dict(os.environ)).stdout
    content = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    bundled = {name.removeprefix("annotate/_bundled/") for name in files_in_wheel}
    assert content - bundled == set(), "is one of these in .gitignore, which hatchling obeys?"


def test_the_wheel_holds_the_templates_of_new_projects(files_in_wheel: list[str]) -> None:
    templates = ROOT / "annotate" / "drafting" / "templates"
    there = {path.relative_to(ROOT).as_posix() for path in templates.rglob("*.jinja")}
    assert there
    assert there <= set(files_in_wheel)


def test_eval_is_data_and_never_python(files_in_wheel: list[str]) -> None:
    inside = [name for name in files_in_wheel if name.startswith("annotate/_bundled/eval/")]
    assert not [name for name in inside if name.endswith((".py", ".pyc"))]


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel in an environment of its own, and a folder outside of any project to work in."""

    site_packages: Path
    scripts: Path
    folder: Path
    env: dict[str, str]

    def run(self, program: str, *arguments: object) -> str:
        return run(self.scripts / program, *arguments, cwd=self.folder, env=self.env).stdout


@pytest.fixture(scope="module")
def installed(wheel: Path, shared: Shared) -> Installed:
    home = shared("stranger", lambda home: install(wheel, home))
    return Installed(*places(home), home / "work", clean_environment(home))


def places(home: Path) -> tuple[Path, Path]:
    """Return where an environment has its packages and its scripts."""
    target = str(home / "venv")
    paths = sysconfig.get_paths("venv", {"base": target, "platbase": target})
    return Path(paths["purelib"]), Path(paths["scripts"])


def install(wheel: Path, home: Path) -> None:
    venv.create(home / "venv", with_pip=False)
    site_packages, scripts = places(home)
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    options = ("install", "--quiet", "--no-deps", "--no-index")
    run(*pip, *options, wheel, cwd=home, env=clean_environment(home))
    # The dependencies are those of the environment that runs this test. Its path comes after the
    # wheel's, and a .pth file in a folder that a .pth file named is not read: the checkout, which
    # the editable install names in one, stays out. Written after the install, since pip would
    # take the editable install for this wheel, already there.
    dependencies = metadata.distribution("typer").locate_file("")
    (site_packages / "dependencies.pth").write_text(f"{dependencies}\n")
    (site_packages / "_no_network.py").write_text(NO_NETWORK)
    (site_packages / "no_network.pth").write_text("import _no_network\n")
    (home / "work").mkdir()


def test_the_installed_package_is_the_wheel_and_not_the_checkout(installed: Installed) -> None:
    code = "import annotate, sys; print(annotate.__file__, *sys.path, sep='\\n')"
    where, *path = installed.run("python", "-c", code).splitlines()
    assert Path(where) == installed.site_packages / "annotate" / "__init__.py"
    assert str(ROOT) not in path


def test_the_guard_against_the_network_bites(installed: Installed) -> None:
    attempt = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"
    with pytest.raises(AssertionError, match="the network was used"):
        installed.run("python", "-c", attempt)


def test_the_installed_command_explains_itself(installed: Installed) -> None:
    shown = installed.run("annotate", "--help")
    assert "run" in shown
    assert "show" in shown


def test_the_installed_command_annotates_and_shows_from_any_folder(installed: Installed) -> None:
    policy = "We collect your email address.\n\nWe do not sell your personal information.\n"
    (installed.folder / "policy.txt").write_text(policy, encoding="utf-8")
    installed.run("annotate", "run", "policy.txt", "--out", "runs/small")
    assert any((installed.folder / "runs" / "small").iterdir())
    assert "policy" in installed.run("annotate", "show", "runs/small")


def text_of(lock: str) -> str:
    return (ROOT / "requirements" / lock).read_text(encoding="utf-8")


def entries(lock: str) -> list[str]:
    """Return the logical lines of a lock file, without its comments."""
    lines = text_of(lock).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def locked(lock: str) -> dict[str, set[Version]]:
    """Return the versions of each name: markers may part one name's by platform or Python."""
    versions: dict[str, set[Version]] = {}
    for entry in entries(lock):
        if pin := re.match(r"([a-z0-9-]+)==(\S+)", entry):
            versions.setdefault(pin[1], set()).add(Version(pin[2]))
    return versions


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_line_is_one_version_and_its_hashes(lock: str) -> None:
    form = re.compile(r"[a-z0-9-]+==[0-9a-z.+!]+( ; [^;@]+?)?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert entries(lock)
    assert [entry for entry in entries(lock) if not form.fullmatch(entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address_and_no_path(lock: str) -> None:
    # Names, versions, markers and hexadecimal digits need no slash; an address or a path does.
    lines = text_of(lock).splitlines()
    assert [line for line in lines if re.search(r"/|\\(?!$)|^\s*-(?!-hash=)", line)] == []


def test_the_lock_of_the_page_tools_holds_no_address() -> None:
    # npm writes addresses of funding pages by itself: delete the "funding" entries after a change.
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_dev_holds_all_of_runtime_in_the_same_versions() -> None:
    # The Makefile counts on it: after the dev set it takes the runtime set for installed.
    runtime, dev = locked("runtime.txt"), locked("dev.txt")
    assert runtime == {name: dev.get(name) for name in runtime}


def wanted(lock: str) -> list[Requirement]:
    """Return what pyproject.toml asks of a lock: the extras and groups that `make lock` names."""
    content = project()
    extras, groups = content["project"]["optional-dependencies"], content["dependency-groups"]
    lines = [
        *content["build-system"]["requires"],
        *content["project"]["dependencies"],
        *groups["build"],
    ]
    if lock == "runtime.txt":
        lines += extras["documents"]
    else:
        lines += [line for extra in extras.values() for line in extra]
        lines += [line for line in (*groups["dev"], *groups["docs"]) if isinstance(line, str)]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_answers_pyproject(lock: str) -> None:
    versions = locked(lock)

    def answered(requirement: Requirement) -> bool:
        found = versions.get(canonicalize_name(requirement.name), set())
        return bool(found) and all(version in requirement.specifier for version in found)

    unmet = [str(requirement) for requirement in wanted(lock) if not answered(requirement)]
    assert unmet == [], "pyproject.toml changed and the locks did not: run `make lock`"


@pytest.mark.parametrize(
    ("dependency", "version", "pin", "instead"),
    [
        ("jiter", "0.16.0", "openai>=3,<3.3.1", "openai>=3,<4"),
        ("rich", "15.0.0", "rich>=13.7,<15", "rich>=13.7,<16"),
    ],
)
def test_the_pin_still_has_its_reason(
    dependency: str, version: str, pin: str, instead: str
) -> None:
    requirements = map(Requirement, metadata.requires("instructor") or [])
    bounds = {found.name: found.specifier for found in requirements if found.marker is None}
    allowed = bounds.get(dependency, SpecifierSet()).contains(version)
    assert not allowed, (
        f"instructor {metadata.version('instructor')} allows {dependency} {version}, so the pin "
        f"{pin} may go: in pyproject.toml, under [project] dependencies, write {instead} and raise "
        "instructor's lower bound to this version; run `make lock LOCKFLAGS=--upgrade`; delete "
        "this case; note it in docs/decisions/0001-openai-pin.md."
    )
