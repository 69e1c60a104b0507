"""A real browser for pages: Debian's Chromium, driven by Playwright, and what a page did in it.

`window` opens pages one after the other in one tab, which is a third of the work of new ones. When
a test ends, its pages must have complained of nothing and asked for nothing beyond themselves.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, Request, sync_playwright

from tests.support.needs import require

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Under which a folder of tests keeps the tab that is open.
_TAB = pytest.StashKey[Page]()


@contextmanager
def _chromium() -> Iterator[Page]:
    """Start Chromium without a screen and yield its tab."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        tab = browser.new_page()
        tab.set_default_timeout(10_000)
        yield tab
        browser.close()


@pytest.fixture
def browser_tab(request: pytest.FixtureRequest) -> Page:
    """A tab of Chromium; one for all tests of a folder.

    It closes with the last of them: while Playwright runs, so does a loop of asyncio, beside which
    the tests of other folders could start none of their own.
    """
    require("browser")
    folder = request.node.getparent(pytest.Directory)
    if _TAB not in folder.stash:
        opened = ExitStack()
        folder.addfinalizer(opened.close)
        folder.stash[_TAB] = opened.enter_context(_chromium())
        opened.callback(folder.stash.__delitem__, _TAB)
    tab: Page = folder.stash[_TAB]
    return tab


@dataclass
class Window:
    """Opens pages and notes what they do.

    Attributes:
        complaints: what the pages said on the console, and errors that nobody caught.
        requests: addresses that the pages asked for, without their own.
        stopped: those of them that the pages' own policy stopped.
        origin: the server that a page comes from; "" of pages from disk.
    """

    tab: Page
    folder: Path
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    origin: str = ""

    def visit(self, address: str, width: int = 1440) -> Page:
        """Open the page of a server, which may ask that server and nobody else."""
        self._reset(width)
        self.origin = re.sub(r"(?<=\d)/.*", "/", address)
        self.tab.goto(address)
        assert self.tab.evaluate("document.documentElement.dataset.ready"), "drawn when loaded"
        return self.tab

    def open(self, html: str | Path, address: str = "", width: int = 1440) -> Page:
        """Open a page from disk, as if for the first time, and wait until it is drawn."""
        path = html if isinstance(html, Path) else self.folder / "page.html"
        if isinstance(html, str):
            path.write_text(html, encoding="utf-8")
        self._reset(width)
        self.tab.goto(path.as_uri() + address)
        assert self.tab.evaluate("document.documentElement.dataset.ready"), "drawn when loaded"
        return self.tab

    def show(self, html: str) -> Page:
        """Open HTML that is no page of ours, such as the output of a notebook's cell."""
        self._reset(1440)
        self.tab.set_content(html)
        return self.tab

    def _reset(self, width: int) -> None:
        if self.tab.url.startswith("file:"):
            self.tab.evaluate("localStorage.clear()")
        self.tab.goto("about:blank")  # else another address of the same file is no new page
        self.tab.set_viewport_size({"width": width, "height": 900})
        self.tab.emulate_media(media="null", color_scheme="light")

    def said(self, message: ConsoleMessage) -> None:
        """Note what came on the console."""
        self.complaints.append(message.text)

    def failed(self, error: Error) -> None:
        """Note an error that nobody caught."""
        self.complaints.append(str(error.stack or error))

    def asked(self, request: Request) -> None:
        """Note a request for anything but a page from disk."""
        if self.origin and request.url.startswith(self.origin):
            return
        if not re.match(r"file:.*\.html(#|$)|about:(blank|srcdoc)", request.url):
            self.requests.append(request.url)

    def was_stopped(self, request: Request) -> None:
        """Note a request that the policy of the page stopped."""
        if request.failure == "csp":
            self.stopped.append(request.url)


@pytest.fixture
def window(browser_tab: Page, tmp_path: Path) -> Iterator[Window]:
    """A window in which nothing may go wrong and nothing may be asked for."""
    opened = Window(browser_tab, tmp_path)
    listeners = {
        "console": opened.said,
        "pageerror": opened.failed,
        "request": opened.asked,
        "requestfailed": opened.was_stopped,
    }
    for event, listener in listeners.items():
        browser_tab.on(event, listener)  # type: ignore[call-overload]
    yield opened
    for event, listener in listeners.items():
        browser_tab.remove_listener(event, listener)
    assert not opened.complaints, "\n".join(opened.complaints)
    assert opened.requests == []
