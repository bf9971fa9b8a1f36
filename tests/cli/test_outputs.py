"""What is named as output is never lost: links, devices, answers, notes of others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

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
        report.write_text("my own notes")
        refused = run("check", book, "-o", report)
        assert refused.exit_code == 2
        assert "is no report of jcm_xl; --force replaces it" in refused.output
        assert report.read_text() == "my own notes"
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
