"""No process imports from the current folder, where a stranger's files lie."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import jcm_xl
from jcm_xl import api
from jcm_xl.cli import COMMANDS, main
from jcm_xl.definition import library
from tests.cli.conftest import KEY
from tests.support import example_book

SCRIPT = Path(sys.executable).with_name("jcm-xl")
PLANTED = (
    "__future__", "_bootlocale", "abc", "base64", "click", "collections", "copyreg",
    "csv", "ctypes", "decimal", "docx", "hashlib", "importlib", "ironcalc", "jcm_xl",
    "jinja2", "json", "lxml", "multiprocessing", "numpy", "openpyxl", "pandas",
    "pebble", "pickle", "queue", "random", "re", "readline", "resource", "rich",
    "runpy", "selectors", "signal", "sitecustomize", "socket", "struct", "subprocess",
    "tempfile", "threading", "tomllib", "typing", "usercustomize", "xlsxwriter",
    "xlwings", "zipfile",
)  # fmt: skip
"""Modules of Python and of ours that some process imports, or tries to."""

PLANT = """
with open(__file__.rsplit("received", 1)[0] + "run", "a") as file:
    file.write({name!r} + "\\n")
"""


class Call(NamedTuple):
    """A command that does its work in the folder: what it makes, how it ends."""

    words: str
    makes: str = ""
    exit_code: int = 0
    complains: str = ""


DEFINITION = library.find(KEY).path
CALLS = {
    "screen": Call("screen TH solar"),
    "net": Call("net ID_AM003"),
    "list": Call("list"),
    "show": Call(f"show {KEY}"),
    "new": Call(f"new {KEY} -o", "new.xlsx"),
    "fill": Call(f"fill {KEY} --example -o", "filled.xlsx"),
    "import": Call("import a.xlsx -o", "imported.xlsx"),
    "calc": Call("calc a.xlsx"),
    "explain": Call("explain a.xlsx"),
    "check": Call("check ."),
    "repair": Call("repair a.xlsx -o", "repaired.xlsx"),
    "diff": Call("diff a.xlsx b.xlsx"),
    "gaps": Call(f"gaps {KEY} --sheet", "gaps.xlsx"),
    "overlay": Call("overlay ../empty.xlsx -o ../none", "", 2, "nothing is confirmed"),
    "addin": Call("addin libreoffice -o", "jcm.oxt"),
    "rule": Call("rule JX204"),
    "document": Call(f"document {KEY} -o", "page.docx"),
    "catalogue": Call("catalogue -o", "all.html"),
    "lint": Call(f"lint {DEFINITION}"),
    "new-methodology": Call("new-methodology --shapes"),
    "doctor": Call("doctor a.xlsx"),
    "demo": Call("demo", "demo"),
}
"""One call of each command; what it makes is named last and lies elsewhere."""

MORE = {
    "table of one": Call("check a.xlsx -o", "one.csv"),
    "one process": Call("check . --jobs 1 -o", "many.xlsx"),
    "json": Call("check a.xlsx --format json"),
    "excel": Call("addin excel -o", "jcm.xlam"),
}

SPAWNED = """
import multiprocessing
multiprocessing.get_all_start_methods = lambda: ["spawn"]
from jcm_xl.bulk import start
from jcm_xl.cli import main
if __name__ == "__main__":
    assert start.METHOD == "spawn"
    main(prog_name="jcm-xl")
"""
"""The program on a computer that cannot fork, as Windows cannot."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two good books and files that have the names of modules."""
    top = tmp_path_factory.mktemp("top")
    folder = top / "received"
    folder.mkdir()
    for name in PLANTED:
        text = PLANT.format(name=name)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    book = api.book(*example_book(KEY))
    for name in ("a.xlsx", "b.xlsx"):
        (folder / name).write_bytes(book)
    empty = ["gaps", KEY, "--sheet", str(top / "empty.xlsx")]
    assert CliRunner().invoke(main, empty).exit_code == 0
    return folder


def run_in(folder: Path, *command: object) -> subprocess.CompletedProcess[str]:
    """Run a program in the folder."""
    own = ("PYTHONPATH", "PYTHONSAFEPATH")
    return subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, check=False,
        encoding="utf-8", env={k: v for k, v in os.environ.items() if k not in own},
    )  # fmt: skip


def does_its_work(folder: Path, call: Call, *program: object) -> None:
    """Run a command, and nothing of what was planted."""
    marker, made = folder.parent / "run", folder.parent / "made"
    made.mkdir(exist_ok=True)
    product = made / call.makes
    for old in (marker, product) if call.makes else (marker,):
        old.unlink(missing_ok=True)
    words = [*call.words.split(), *([product] if call.makes else [])]
    done = run_in(folder, *program, *words)
    assert not marker.exists(), (
        f"{call.words} ran {marker.read_text().split()} from the current folder"
    )
    assert done.returncode == call.exit_code, done.stderr
    assert call.complains in done.stderr
    assert bool(done.stderr) == bool(call.complains), done.stderr
    assert done.stdout or call.complains
    assert product.exists()


def test_every_command_is_called() -> None:
    assert sorted(CALLS) == sorted(COMMANDS), "add a call of the new command to CALLS"


@pytest.mark.parametrize("name", [*CALLS, *MORE])
def test_a_command_runs_nothing_that_lies_there(name: str, folder: Path) -> None:
    does_its_work(folder, {**CALLS, **MORE}[name], SCRIPT)


@pytest.mark.parametrize("name", ["list", "check"])
def test_nor_does_the_package_run_as_a_module(
    name: str, folder: Path, tmp_path: Path
) -> None:
    # Python looks for us in that folder, and for what it needs to run us, before we can
    # do anything about it.
    ask = "import runpy, sys; print(*sys.modules)"
    before_us = run_in(tmp_path, sys.executable, "-S", "-c", ask).stdout.split()
    received = tmp_path / "received"
    left_out = shutil.ignore_patterns("jcm_xl.py", *(f"{n}.py" for n in before_us))
    shutil.copytree(folder, received, ignore=left_out)
    does_its_work(received, CALLS[name], sys.executable, "-m", "jcm_xl")
    does_its_work(folder, CALLS["list"], sys.executable, "-P", "-m", "jcm_xl")


@pytest.mark.parametrize("name", ["check", "table of one"])
def test_nor_do_processes_that_are_not_forked(name: str, folder: Path) -> None:
    program = folder.parent / "program.py"
    program.write_text(SPAWNED, encoding="utf-8")
    does_its_work(folder, {**CALLS, **MORE}[name], sys.executable, program)


def test_what_is_planted_is_run_where_the_folder_is_looked_into(folder: Path) -> None:
    run_in(folder, sys.executable, "-c", "import struct, jcm_xl")
    assert (folder.parent / "run").read_text().split() == ["struct", "jcm_xl"]


def test_a_source_that_is_not_installed_says_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(Path(jcm_xl.__file__).parent, tmp_path / "jcm_xl")
    done = run_in(tmp_path, sys.executable, "-S", "-m", "jcm_xl", "list")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"jcm_xl is not installed, only its source lies in {tmp_path}. Install it from "
        "there: pip install -e .\n"
    )
