"""jcm-xl readings: a proposal, months in a book, findings with their lines."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jcm_xl.submission.open import read_file
from tests.cli.conftest import Run
from tests.readings.books import book_for, put
from tests.readings.made import BY_NAME, STYLES, made
from tests.support import DEFINITIONS

SEED = STYLES.index(BY_NAME["inverter, Vietnam"])


def call(run: Run, folder: Path, *words: object) -> tuple[int, str]:
    logs = folder / "logs"
    result = run(
        "readings", logs, "--to", folder / "book.xlsx", *words,
        "--definitions", DEFINITIONS,
    )  # fmt: skip
    return result.exit_code, " ".join(result.output.split())


def prepared(folder: Path, kind: str = "") -> None:
    logs = made(SEED, kind)
    book_for(logs, folder / "book.xlsx")
    (folder / "logs").mkdir()
    put(logs, folder / "logs")
    (folder / "logs" / "readings.toml").rename(folder / "readings.toml")


def test_months_of_a_folder_of_logs_with_the_assignment_beside_the_book(
    run: Run, tmp_path: Path
) -> None:
    prepared(tmp_path)
    code, said = call(run, tmp_path, "-o", tmp_path / "out.xlsx")
    assert code == 0, said
    assert "CLEAN" in said
    sheets = [sheet.name for sheet in read_file(tmp_path / "out.xlsx").grid.sheets]
    assert sheets[-1] == "Readings"
    code, said = call(run, tmp_path, "-o", tmp_path / "out.xlsx")
    assert (code, "--force replaces it" in said) == (2, True)


def test_a_fault_names_file_and_line_and_the_exit_code_is_1(
    run: Run, tmp_path: Path
) -> None:
    prepared(tmp_path, "unreadable")
    code, said = call(run, tmp_path)
    assert code == 1
    assert "JX175" in said
    assert ".csv, line " in said


def test_a_proposal_is_written_once(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path)
    (tmp_path / "readings.toml").unlink()
    code, said = call(run, tmp_path)
    assert code == 2
    assert "Make one with --propose" in said
    code, said = call(run, tmp_path, "--propose", tmp_path / "readings.toml")
    assert code == 0
    text = (tmp_path / "readings.toml").read_text(encoding="utf-8")
    assert 'time        = ["Thời gian"]' in text
    assert 'unit        = "kWh"' in text
    code, said = call(run, tmp_path, "--propose", tmp_path / "readings.toml")
    assert (code, "exists already" in said) == (2, True)


def test_without_duckdb_it_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, said = call(run, tmp_path)
    assert code == 2
    assert "pip install 'jcm-xl[readings]'" in said


def test_a_missing_log_is_one_sentence(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path)
    (tmp_path / "logs").rename(tmp_path / "moved")
    code, said = call(run, tmp_path)
    assert code == 2
    assert "There is no file" in said
