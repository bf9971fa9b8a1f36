"""Microsoft's Open XML SDK, which knows what Office takes: one program, one answer."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.hosts.browser import MODULES

_SYSTEMS = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
_FONT = "/x:styleSheet[1]/x:fonts[1]/x:font["


class Fault(NamedTuple):
    """What the validator says against a file."""

    part: str
    place: str
    kind: str
    text: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.part} {self.place} {self.kind}: {self.text}"

    @property
    def is_order_in_a_font(self) -> bool:
        """Whether it asks for an order that ECMA-376 part 1, 18.8.22 does not.

        There the parts of a font are a choice. openpyxl and Gnumeric write them in
        other orders than Excel, which opens such books without a word.
        """
        return self.place.startswith(_FONT) and self.kind.startswith("Sch_Unexpected")


def program() -> Path:
    """Return where the validator lies, if it is there."""
    system = _SYSTEMS.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    folder = f"ooxml-validator-{system}-{_MACHINES.get(machine, machine)}"
    ending = ".exe" if system == "win32" else ""
    return MODULES / "@xarsh" / folder / f"ooxml-validator{ending}"


def missing() -> str | None:
    """Why there is no validator here, in one sentence, or None."""
    if program().exists():
        return None
    return "There is no Open XML validator in .venv. `make test` installs it by npm."


def faults(path: Path) -> list[Fault]:
    """Return what the validator says against a file, but for the order in fonts."""
    done = subprocess.run(
        [program(), path], capture_output=True, text=True, encoding="utf-8", check=False
    )
    return [fault for fault in _read(done.stdout) if not fault.is_order_in_a_font]


def _read(answer: str) -> Iterator[Fault]:
    for error in json.loads(answer)["errors"]:
        yield Fault(
            error["path"] or "", error["xPath"] or "",
            error["id"] or error["errorType"], error["description"],
        )  # fmt: skip
