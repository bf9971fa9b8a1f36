"""No process imports from the current folder, where a stranger's files lie."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import jcm_xl
from jcm_xl import api
from jcm_xl.cli import COMMANDS, main
from tests.cli.conftest import KEY
from tests.cli.planted import CALLS, MORE, PLANT, PLANTED, SCRIPT, Call, run_in
from tests.support import example_book

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
