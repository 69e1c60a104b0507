"""A page is one file that embeds what it shows, names no address, and runs only its own script."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.viewer import view
from annotate.viewer.page import embedded
from tests.conftest import ROOT
from tests.support import drawn
from tests.support.drawn import TEXT

pytestmark = pytest.mark.usefixtures("second_domain")


def page_of(tmp_path: Path) -> str:
    return view(drawn.write(tmp_path / "run", {"a.txt": TEXT})).html


def element(page: str, name: str) -> str:
    found = re.search(rf"<{name}[^>]*>(.*?)</{name.split()[0]}>", page, re.DOTALL)
    assert found
    return found[1]


@given(st.text() | st.sampled_from(drawn.HOSTILE) | st.just("\ud83d"))
def test_embedded_json_ends_no_element_and_comes_back(text: str) -> None:
    written = embedded({text: [text]})
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", written)
    assert json.loads(written) == {text: [text]}


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(
    tmp_path: Path,
) -> None:
    page = page_of(tmp_path)
    sources = (element(page, "style"), element(page, 'script type="module"'))
    style, script = (
        base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in sources
    )
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert html.unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_a_page_names_no_address(tmp_path: Path) -> None:
    found = re.findall(r"(?:https?:)?//[\w.-]+\.\w+|@import|url\(", page_of(tmp_path))
    assert set(found) <= {"http://www.w3.org"}  # the name of SVG, which nobody visits


def test_scripts_make_text_and_no_markup() -> None:
    viewer = ROOT / "annotate" / "viewer"
    scripts = [*viewer.glob("assets/*.js"), *viewer.glob("frontend/scripts/**/*.js")]
    assert scripts, "no script of the page stands where this test looks"
    sources = "".join(path.read_text(encoding="utf-8") for path in scripts)
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser"
    )
    assert re.findall(forbidden, sources) == []


def test_the_same_run_makes_the_same_page(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, drawn.every_unit("a.txt", TEXT))
    assert view(run).html == view(run).html
