"""One LibreOffice for a whole test session: recalculate, edit, save, print."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

SYSTEM_PYTHON = "/usr/bin/python3"
START_SECONDS = 90.0
JOB_SECONDS = 60.0

Cells: TypeAlias = Mapping[str, float | str]
Book: TypeAlias = Mapping[str, Cells]
Edit: TypeAlias = tuple[str, str, float | str | None]


class Looked(NamedTuple):
    """A cell as LibreOffice shows it when loaded; its value then and calculated."""

    text: str
    loaded: float | str
    calculated: float | str


class OfficeMissing(Exception):
    """There is no LibreOffice with its Python bridge on this machine."""


class OfficeError(Exception):
    """LibreOffice refused a job, died, or took too long."""


class OfficeDied(OfficeError):
    """LibreOffice ended or took too long; the next job starts it anew."""


class Office:
    """A headless LibreOffice with a profile of its own.

    Usable as a context manager. After a time-out or its death the next job starts it
    anew. With `profile` that folder is the profile, and stays for a second start.
    """

    def __init__(self, profile: Path | None = None) -> None:
        self._own_profile = profile
        self._worker: subprocess.Popen[str] | None = None
        self._profile: tempfile.TemporaryDirectory[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()

    def __enter__(self) -> Office:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start it; raises :class:`OfficeMissing` with what to install."""
        if reason := missing():
            raise OfficeMissing(reason)
        if self._own_profile is None:
            self._profile = tempfile.TemporaryDirectory(
                prefix="jcm_xl-office-", ignore_cleanup_errors=True
            )
        name = self._profile.name if self._profile else str(self._own_profile)
        keep = ["keep"] if self._own_profile else []
        worker = Path(__file__).with_name("worker.py")
        pipe = f"jcm_xl_{uuid.uuid4().hex}"
        self._worker = subprocess.Popen(
            [SYSTEM_PYTHON, str(worker), name, pipe, *keep],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=plain_environment(),
            start_new_session=True,
        )
        self._answers = queue.Queue()
        threading.Thread(
            target=_forward, args=(self._worker, self._answers), daemon=True
        ).start()
        self._answer(START_SECONDS)

    def recalculate(
        self,
        path: str | Path,
        edits: Iterable[Edit] = (),
        save_as: str | Path | None = None,
        pdf: str | Path | None = None,
        typing: bool = False,
    ) -> Book:
        """Open a workbook, type the edits, recalculate everything, read it.

        ``edits`` are (sheet, cell, value); a text is taken as typed, so
        ``"=A1"`` is a formula and ``"12"`` a number; None empties the cell. The
        answer has each sheet's cells by address, empty ones left out; an error
        is its text as Excel shows it, a date its serial number, TRUE is 1. With
        ``typing`` only what depends on the edits is calculated, as for a user.
        """
        if not Path(path).is_file():
            raise OfficeError(f"There is no file {path}.")
        if self._worker is None:
            self.start()
        targets = [Path(target).resolve() for target in (save_as, pdf) if target]
        job = {
            "path": str(Path(path).resolve()),
            "edits": [dict(zip(_EDIT_KEYS, edit, strict=True)) for edit in edits],
            "targets": [str(target) for target in targets],
            "typing": typing,
        }
        sheets: Book = self._ask(job, path)["sheets"]
        return sheets

    def handle(
        self, path: Path, hands: Sequence[Mapping[str, str]], save_as: Path
    ) -> Book:
        """Do to cells what a hand does, recalculate, save; return the cells.

        Each of `hands` has `do` (drag, cut, copy, values, fill, series, sort, empty,
        undo, type), `sheet`, `source` and, where it goes somewhere, `target`.
        """
        if self._worker is None:
            self.start()
        job = {
            "path": str(path.resolve()), "hands": [dict(hand) for hand in hands],
            "save_as": str(save_as.resolve()),
        }  # fmt: skip
        sheets: Book = self._ask(job, path)["sheets"]
        return sheets

    def texts(self, path: Path) -> Mapping[str, Mapping[str, str]]:
        """Return what each cell of each sheet shows, without recalculating."""
        if self._worker is None:
            self.start()
        job = {"path": str(path.resolve()), "shown": True}
        found: Mapping[str, Mapping[str, str]] = self._ask(job, path)["texts"]
        return found

    def looked_at(
        self, path: Path, cells: Sequence[tuple[str, str]]
    ) -> list[Looked | None]:
        """Return some cells of (sheet, address), before and after a calculation.

        None stands for a cell of a sheet that is not there.
        """
        if self._worker is None:
            self.start()
        job = {"path": str(path.resolve()), "cells": list(cells)}
        found = self._ask(job, path)["cells"]
        return [None if cell is None else Looked(*cell) for cell in found]

    def seconds(self, path: Path, rounds: int) -> list[float]:
        """Return how long each of some full recalculations of a workbook takes."""
        if self._worker is None:
            self.start()
        job = {"path": str(path.resolve()), "rounds": rounds}
        found: list[float] = self._ask(job, path)["seconds"]
        return found

    def install(self, extension: Path) -> None:
        """Install an .oxt into the profile, saying yes to what is asked."""
        if self._worker is None:
            self.start()
        self._ask({"extension": str(extension.resolve())}, extension)

    def macros(
        self, path: str | Path, calls: Iterable[tuple[str, Iterable[object]]] = ()
    ) -> tuple[list[str], list[object]]:
        """Open a book with its macros; return its VBA modules and what calls give.

        A call is (``Module.Function``, arguments). Only for books of our own making.
        """
        if self._worker is None:
            self.start()
        macros = [[name, list(arguments)] for name, arguments in calls]
        answer: Any = self._ask(
            {"path": str(Path(path).resolve()), "macros": macros}, path
        )
        return answer["modules"], answer["results"]

    def close(self) -> None:
        """End it and remove its profile; harmless when it is not running."""
        worker, self._worker = self._worker, None
        if worker is not None:
            _end(worker)
        if self._profile is not None:
            self._profile.cleanup()
            self._profile = None

    def _ask(self, job: Mapping[str, object], path: str | Path) -> dict[str, Any]:
        assert self._worker is not None
        assert self._worker.stdin is not None
        try:
            self._worker.stdin.write(json.dumps(job) + "\n")
            self._worker.stdin.flush()
        except OSError:
            self.close()
            raise OfficeDied("LibreOffice is no longer running.") from None
        answer = self._answer(JOB_SECONDS)
        if "error" in answer:
            if "DisposedException" in answer["error"]:
                self.close()
                raise OfficeDied(f"LibreOffice died over {path}.")
            raise OfficeError(f"{path}: {answer['error']}")
        return answer

    def _answer(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.close()
            raise OfficeDied(f"LibreOffice took longer than {seconds:g} s.") from None
        if line is None:
            self.close()
            raise OfficeDied("LibreOffice ended without an answer.")
        answer: dict[str, Any] = json.loads(line)
        return answer


_EDIT_KEYS = ("sheet", "cell", "value")
_INSTALL = "Install it with: apt-get install libreoffice-calc python3-uno"


def missing() -> str | None:
    """Why LibreOffice cannot be used here, in one sentence, or None."""
    if shutil.which("soffice") is None:
        return f"There is no LibreOffice (soffice). {_INSTALL}"
    if not Path(SYSTEM_PYTHON).exists():
        return f"There is no {SYSTEM_PYTHON} to talk to LibreOffice. {_INSTALL}"
    bridge = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import uno"],
        capture_output=True,
        env=plain_environment(),
        check=False,
    )
    if bridge.returncode:
        return f"{SYSTEM_PYTHON} has no LibreOffice bridge (uno). {_INSTALL}"
    return None


def plain_environment() -> dict[str, str]:
    # A virtual environment would lead the Python within LibreOffice astray: it looks
    # for its library through PATH and crashes at random where that is another's.
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYENV", "VIRTUAL_ENV"))
    }
    folder = str(Path(shutil.which("soffice") or "/usr/bin/soffice").parent)
    return {**own, "PATH": os.pathsep.join((folder, os.defpath))}


def _forward(worker: subprocess.Popen[str], answers: queue.Queue[str | None]) -> None:
    assert worker.stdout is not None
    for line in worker.stdout:
        answers.put(line)
    answers.put(None)


def _end(worker: subprocess.Popen[str]) -> None:
    """Let it end by itself, then end its whole session."""
    assert worker.stdin is not None
    with suppress(OSError, subprocess.TimeoutExpired):
        worker.stdin.close()
        worker.wait(timeout=10)
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(timeout=10)
