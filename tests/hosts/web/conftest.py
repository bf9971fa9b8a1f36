"""The page as users get it: built, served on this computer, opened in Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm_xl.hosts.web.server import PageServer
from jcm_xl.hosts.web.site import site, write_site
from tests.hosts.browser import MODULES
from tests.hosts.browser import missing as browser_missing
from tests.hosts.web.chromium import Chromium, missing


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if reason := browser_missing():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("site")
    write_site(site(MODULES / "pyodide"), folder)
    return folder


@pytest.fixture(scope="session")
def served(site_folder: Path) -> Iterator[PageServer]:
    with PageServer(site_folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def page(served: PageServer) -> Iterator[Chromium]:
    """One open page, in English, Python ready."""
    if reason := missing():
        pytest.skip(reason)
    with Chromium(served.address) as running:
        running.do("open")
        yield running
