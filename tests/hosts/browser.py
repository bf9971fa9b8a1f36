"""The browser's Python (Pyodide, run by Node) with our wheel inside."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".venv" / "browser" / "node_modules"
_INSTALL = "`make test` installs it, where there is Node.js with npm."


class BrowserError(Exception):
    """The browser's Python refused a job or died."""


class Browser:
    """One running Pyodide; usable as a context manager."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._node: subprocess.Popen[str] | None = None
        self.version = ""

    def __enter__(self) -> Browser:
        self._folder = tempfile.TemporaryDirectory(prefix="jcm_xl-browser-")
        here = Path(__file__).parent
        wheel = build_wheel(Path(self._folder.name))
        self._node = subprocess.Popen(
            ["node", here / "browser.mjs", MODULES, wheel, here / "bridge.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.version = self._read()["ready"]
        return self

    def __exit__(self, *_: object) -> None:
        if self._node is not None and self._node.stdin is not None:
            self._node.stdin.close()
            try:
                self._node.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._node.kill()
        if self._folder is not None:
            self._folder.cleanup()

    def ask(self, job: dict[str, Any]) -> Any:
        """Return what the bridge makes of a job."""
        assert self._node is not None
        assert self._node.stdin is not None
        self._node.stdin.write(json.dumps(job) + "\n")
        self._node.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._node is not None
        assert self._node.stdout is not None
        line = self._node.stdout.readline()
        if not line:
            raise BrowserError("The browser's Python ended without an answer.")
        return json.loads(line)


def build_wheel(folder: Path) -> Path:
    """Build the very wheel that users install; it carries the definitions."""
    command = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
    command += ["--no-build-isolation", "--disable-pip-version-check"]
    source = folder / "source"  # setuptools leaves a build folder beside the sources
    for name in ("jcm_xl", "macros", "workbook_templates"):
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    subprocess.run([*command, "-w", folder, source], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def missing() -> str | None:
    """Why there is no browser's Python here, in one sentence, or None."""
    if shutil.which("node") is None:
        return f"There is no Node.js. {_INSTALL}"
    if not (MODULES / "pyodide" / "pyodide.mjs").exists():
        return f"There is no Pyodide in .venv. {_INSTALL}"
    return None
