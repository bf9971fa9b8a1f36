"""What is named as an input is opened as safely as a book: pipes, devices, sizes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import KEY, process

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices")

READS: Mapping[str, tuple[str, ...]] = {
    "answers .csv": ("check", "{book}", "--answers", "{it}.csv"),
    "answers .toml": ("check", "{book}", "--answers", "{it}.toml"),
    "answers .xlsx": ("check", "{book}", "--answers", "{it}.xlsx"),
    "inputs .csv": ("fill", KEY, "--inputs", "{it}.csv", "-o", "{out}"),
    "inputs .toml": ("fill", KEY, "--inputs", "{it}.toml", "-o", "{out}"),
    "inputs .xlsx": ("fill", KEY, "--inputs", "{it}.xlsx", "-o", "{out}"),
    "lint": ("lint", "{it}.toml"),
    "show": ("show", "{it}.toml"),
    "document": ("document", "{it}.toml", "-o", "{out}"),
    "overlay": ("overlay", "{it}/TH_AM001_ver01.0.overlay.toml"),
    "overlays": ("show", "TH_AM001@1.0", "--overlays", "{it}"),
    "definitions": ("check", "{book}", "--definitions", "{it}"),
    "plan": ("check", "{book}", "--plan", "{it}.xlsx"),
    "previous": ("check", "{book}", "--previous", "{it}.xlsx"),
    "new --plan": ("new", KEY, "--plan", "{it}.xlsx", "-o", "{out}"),
    "import": ("import", "{it}.xlsx", "-o", "{out}"),
    "calc": ("calc", "{it}.xlsx"),
    "doctor": ("doctor", "{it}.xlsm"),
}
"""Each way of naming an input."""
IN_FOLDERS = {
    "overlay": "TH_AM001_ver01.0.overlay.toml",
    "overlays": "TH_AM001_ver01.0.overlay.toml",
    "definitions": "XX_AM001_ver01.0.toml",
}


def place(name: str, folder: Path) -> Path:
    """Return where the input of a way lies."""
    if name in IN_FOLDERS:
        (folder / "it").mkdir()
        return folder / "it" / IN_FOLDERS[name]
    words = " ".join(READS[name])
    ending = words.partition("{it}")[2].split(" ")[0]
    return folder / f"it{ending}"


def asked(name: str, folder: Path, book: Path) -> tuple[int, str]:
    names = {"it": folder / "it", "book": book, "out": folder / "out.xlsx"}
    words = [word.format(**names) for word in READS[name]]
    done = process(*words)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.mark.slow
@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_a_device_is_no_input(
    name: str, kind: str, books: dict[str, Path], tmp_path: Path
) -> None:
    path = place(name, tmp_path)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    code, told = asked(name, tmp_path, books["plan"])
    assert "internal error" not in told
    assert "Traceback" not in told
    if name != "definitions":  # where one file of many is no definition
        assert code in (1, 2), told
    assert not (tmp_path / "out.xlsx").exists()
