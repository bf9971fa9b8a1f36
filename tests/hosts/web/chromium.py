"""Chromium with the page in it, driven by playwright-core under Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.hosts.browser import MODULES
from tests.hosts.browser import missing as browser_missing

_NAMES = ("chromium", "chromium-browser", "google-chrome")


class ChromiumError(Exception):
    """A job that the page did not do."""


class Chromium:
    """One page in one Chromium; usable as a context manager."""

    def __init__(self, address: str, locale: str = "en-GB") -> None:
        self.address = address
        here = Path(__file__).parent
        self._node = subprocess.Popen(
            ["node", here / "page.mjs", MODULES, program(), address, locale],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.version = self._read()["ready"]

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._node.stdin is not None
        self._node.stdin.close()
        try:
            self._node.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._node.kill()

    def do(self, do: str, **facts: Any) -> Any:
        """Do one of the jobs of page.mjs and return its answer."""
        assert self._node.stdin is not None
        job = {"do": do, **facts}
        self._node.stdin.write(json.dumps(job, default=str) + "\n")
        self._node.stdin.flush()
        said = self._read()
        if "error" in said:
            raise ChromiumError(f"{job}: {said['error']}")
        return said["answer"]

    def text(self, at: str) -> str:
        """Return what the first element of a selector shows."""
        texts = self.do("texts", at=at)
        return texts[0] if texts else ""

    def _read(self) -> Any:
        assert self._node.stdout is not None
        line = self._node.stdout.readline()
        if not line:
            raise ChromiumError("Chromium ended without an answer.")
        return json.loads(line)


def program() -> str:
    """Return the path of Chromium, nothing where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), "")


def missing() -> str | None:
    """Why no page can be opened here, in one sentence, or None."""
    if reason := browser_missing():
        return reason
    if not (MODULES / "playwright-core").is_dir():
        return "There is no playwright-core in .venv; `make test` installs it."
    if not program():
        return "There is no Chromium; on Debian: apt-get install chromium."
    return None
