"""What is named as output is never lost: links, devices, answers, notes of others."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import pytest
from click.testing import Result

from jcm_xl.cli import main
from tests.cli.conftest import Run
from tests.rounds import later

ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="links")


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    assert run("fill", "ID_AM003", "--example", "-o", path).exit_code == 0
    return path


def test_a_report_replaces_our_own_reports_only(
    run: Run, book: Path, tmp_path: Path
) -> None:
    for ending in ("txt", "json", "md", "html", "sarif", "csv"):
        report = tmp_path / f"report.{ending}"
        assert run("check", book, "-o", report).exit_code == 0
        again = run("check", book, "-o", report)
        assert again.exit_code == 0, (ending, again.output)
        report.write_text("my own notes on jcm_xl and what `jcm-xl check` said")
        refused = run("check", book, "-o", report)
        assert refused.exit_code == 2
        assert "is no report of jcm_xl; --force replaces it" in refused.output
        assert report.read_text().startswith("my own notes")
        assert run("check", book, "-o", report, "--force").exit_code == 0


def test_answers_are_never_an_output(run: Run, book: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text("code,reason\nJX603,We had more sun than was planned.\n")
    result = run("check", book, "--answers", answers, "-o", answers, "--force")
    assert result.exit_code == 2
    assert "is read by this command" in result.output
    assert answers.read_text().startswith("code,reason")


@posix
def test_a_link_is_refused(run: Run, book: Path, tmp_path: Path) -> None:
    victim, link = tmp_path / "victim.html", tmp_path / "report.html"
    victim.write_text("mine")
    link.symlink_to(victim)
    result = run("check", book, "-o", link, "--force")
    assert result.exit_code == 2
    assert "is a link to another file; name the file itself" in result.output
    assert victim.read_text() == "mine"


@posix
def test_a_device_is_written_into(run: Run, book: Path) -> None:
    assert run("check", book, "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_an_empty_name_is_no_folder(run: Run) -> None:
    for command in ("check", "calc", "explain"):
        result = run(command, "")
        assert result.exit_code == 2
        assert "the name is empty" in result.output


# -- a folder that cannot be read ------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities of Linux")
def test_a_folder_that_cannot_be_read_is_exit_code_2(
    run: Run, book: Path, tmp_path: Path
) -> None:
    """Root reads every folder, so a child gives up what lets it."""
    received = tmp_path / "received"
    closed = received / "closed"
    closed.mkdir(parents=True)
    shutil.copy(book, received / "a.xlsx")
    closed.chmod(0)
    try:
        for words in ([], ["-o", os.devnull, "--format", "json"]):
            done = without_privileges("check", received, *words)
            told = " ".join((done.stdout + done.stderr).split())
            assert done.returncode == 2, told
            assert "closed cannot be read: nothing in it was judged" in told
    finally:
        closed.chmod(0o700)
    assert run("check", received).exit_code == 0


_DROP = """
import ctypes, os, sys
if os.getuid() == 0:
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    assert ctypes.CDLL(None, use_errno=True).capset(head, (ctypes.c_uint32 * 6)()) == 0
from jcm_xl.cli import main
main(sys.argv[1:])
"""
"""Calls the command without the capabilities of Linux that open closed folders."""


def without_privileges(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _DROP, *map(str, words)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


# -- every command that writes ---------------------------------------------------------

KEY = "ID_AM003@1.0"
WRITES: Mapping[str, tuple[str, ...]] = {
    "new": ("new", KEY, "-o", "{out}.xlsx"),
    "fill": ("fill", KEY, "--example", "-o", "{out}.xlsx"),
    "import": ("import", "{book}", "-o", "{out}.xlsx"),
    "repair": ("repair", "{book}", "-o", "{out}.xlsx"),
    "check": ("check", "{book}", "-o", "{out}.html"),
    "check a table": ("check", "{book}", "-o", "{out}.csv"),
    "check a table of Excel": ("check", "{book}", "-o", "{out}.xlsx"),
    "check --annotate": ("check", "{book}", "--annotate", "{out}.xlsx"),
    "net": ("net", KEY, "{book}", "-o", "{out}.xlsx"),
    "gaps": ("gaps", KEY, "--sheet", "{out}.xlsx"),
    "screen": ("screen", "TH_AM001", "--set", "EG_i_p=1500", "-o", "{out}.xlsx"),
    "readings": (
        "readings", "{book}", "--to", "{book}", "--propose", "{out}.toml"
    ),
    "bundle": ("bundle", "{book.parent}", "-o", "{out}.zip"),
    "vintages": ("vintages", "{book}", "-o", "{out}.xlsx"),
    "whatif": ("whatif", "{book}", "EC_PJ_i_p[1]=1", "-o", "{out}.xlsx"),
    "sensitivity": ("sensitivity", "{book}", "-o", "{out}.xlsx"),
    "bridge": ("bridge", "{book}", "-o", "{out}.xlsx"),
    "document": ("document", KEY, "-o", "{out}.html"),
    "document for Word": ("document", KEY, "-o", "{out}.docx"),
    "catalogue": ("catalogue", "-o", "{out}.html"),
    "addin excel": ("addin", "excel", "-o", "{out}.xlam"),
    "addin libreoffice": ("addin", "libreoffice", "-o", "{out}.oxt"),
}  # fmt: skip
"""How each command is asked to write one file; `{out}` is its name without ending."""

INTO_FOLDERS = {"demo", "new-methodology", "overlay", "rule"}
"""Commands that write into a folder, under names of their own."""

OF_OFFICIAL_BOOKS = {"adopt", "passport", "skeleton"}
"""Commands that take no book of ours, or all of them; their own tests ask of them."""

REPORTS = {"check", "check a table"}
"""What replaces an earlier report of ours without being asked."""


def called(run: Run, words: Sequence[str], out: Path, book: Path, *more: str) -> Result:
    filled = (word.format(out=out, book=book) for word in words)
    return run(*filled, *more)


def named(words: Sequence[str], out: Path) -> Path:
    """Return the file that a command is asked to write."""
    (word,) = (word for word in words if "{out}" in word)
    return Path(word.format(out=out))


def test_every_command_that_writes_is_looked_at() -> None:
    context = click.Context(main)
    writing = {
        name
        for name in main.list_commands(context)
        if (command := main.get_command(context, name))
        for option in command.params
        if option.name in ("output", "sheet", "annotate") or name == "demo"
    }
    known = {words[0] for words in WRITES.values()} | INTO_FOLDERS
    assert writing == known | OF_OFFICIAL_BOOKS, (
        "Put the command into WRITES, or among those that write into a folder"
    )


SOON = ("new", "check", "check a table", "gaps", "document")
"""What is looked at in the short round, too."""


@posix
@pytest.mark.parametrize("name", [n if n in SOON else later(n) for n in WRITES])
def test_a_command_that_writes_hurts_nothing(
    name: str, run: Run, book: Path, tmp_path: Path
) -> None:
    words, out = WRITES[name], tmp_path / "out"
    path = named(words, out)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    path.symlink_to(victim)
    linked = called(run, words, out, book, "--force")
    assert linked.exit_code == 2, linked.output
    assert "is a link to another file" in " ".join(linked.output.split())
    assert victim.read_text() == "mine"
    path.unlink()
    path.write_text("mine")
    path.chmod(0o640)
    refused = called(run, words, out, book)
    assert refused.exit_code == 2, refused.output
    assert "--force replaces it" in " ".join(refused.output.split())
    assert path.read_text() == "mine"
    done = called(run, words, out, book, "--force")
    assert done.exit_code in (0, 1), done.output
    assert path.read_bytes() != b"mine"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    again = called(run, words, out, book)
    assert (again.exit_code == 2) == (name not in REPORTS)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["book.xlsx", "victim", path.name]
    )


@posix
@pytest.mark.parametrize("name", ["new", *map(later, ("check", "document"))])
def test_the_longest_name_and_a_missing_folder(
    name: str, run: Run, book: Path, tmp_path: Path
) -> None:
    words = WRITES[name]
    ending = named(words, tmp_path / "x").suffix
    longest = tmp_path / ("x" * (255 - len(ending)))
    assert called(run, words, longest, book).exit_code in (0, 1)
    assert named(words, longest).stat().st_size > 0
    missing = called(run, words, tmp_path / "none" / "out", book)
    assert missing.exit_code == 2
    assert "There is no folder" in " ".join(missing.output.split())


@posix
def test_a_pipe_is_written_into(run: Run, book: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "out.html"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    result = run("document", KEY, "-o", pipe)
    reader.join(10)
    assert result.exit_code == 0, result.output
    assert read[0].lower().startswith(b"<!doctype html>")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


INPUTS: Mapping[str, tuple[str, ...]] = {
    "import": ("import", "{it}", "-o", "{it}"),
    "repair": ("repair", "{it}", "-o", "{it}"),
    "net": ("net", KEY, "{it}", "-o", "{it}"),
    "vintages": ("vintages", "{it}", "-o", "{it}"),
    "new --plan": ("new", KEY, "--plan", "{it}", "-o", "{it}"),
    "check --annotate": ("check", "{it}", "--annotate", "{it}"),
    "check --plan": ("check", "{book}", "--plan", "{it}", "-o", "{it}"),
    "check --previous": ("check", "{book}", "--previous", "{it}", "-o", "{it}"),
    "check --answers": ("check", "{book}", "--answers", "{it}", "-o", "{it}"),
    "fill --inputs": ("fill", KEY, "--inputs", "{it}", "-o", "{it}"),
}


@pytest.mark.parametrize(
    "name", [n if n in ("repair", "fill --inputs") else later(n) for n in INPUTS]
)
def test_what_is_read_is_never_an_output(
    name: str, run: Run, book: Path, tmp_path: Path
) -> None:
    it = tmp_path / "it.xlsx"
    shutil.copy(book, it)
    before = it.read_bytes()
    words = [word.format(it=it, book=book) for word in INPUTS[name]]
    result = run(*words, "--force")
    assert result.exit_code == 2, result.output
    assert it.read_bytes() == before


@posix
def test_pages_of_rules_replace_pages_only(run: Run, tmp_path: Path) -> None:
    assert run("rule", "-o", tmp_path).exit_code == 0
    assert run("rule", "-o", tmp_path).exit_code == 0
    mine = tmp_path / "README.md"
    mine.write_text("# My notes")
    refused = run("rule", "-o", tmp_path)
    assert refused.exit_code == 2
    assert mine.read_text() == "# My notes"
    mine.unlink()
    victim, page = tmp_path / "victim", tmp_path / "JX204.md"
    victim.write_text("# JX204 mine")
    page.unlink()
    page.symlink_to(victim)
    assert run("rule", "-o", tmp_path).exit_code == 2
    assert victim.read_text() == "# JX204 mine"


@pytest.mark.slow
def test_a_demo_keeps_what_was_changed_since(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path).exit_code == 0
    assert run("demo", tmp_path).exit_code == 0
    blank = next(tmp_path.glob("*_blank.xlsx"))
    blank.write_bytes(blank.read_bytes() + b"mine")
    refused = run("demo", tmp_path)
    assert refused.exit_code == 2
    assert "was changed since" in " ".join(refused.output.split())
    assert blank.read_bytes().endswith(b"mine")
    assert run("demo", tmp_path, "--force").exit_code == 0
    assert not blank.read_bytes().endswith(b"mine")
