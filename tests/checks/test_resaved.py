"""What other programs write when they save an honest book is at most a note."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Severity
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.office.harness import Office
from tests.support import DEFINITIONS, SHAPES, example_book


def _asked(path: Path) -> list[str]:
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    return [
        f"{d.code} {d.place} {d.message}"
        for d in report.diagnostics
        if d.severity is not Severity.NOTE
    ]


def _made(key: str, folder: Path) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(book(*example_book(key, monthly=True)))
    return path


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ssconvert") is None, reason="Gnumeric is missing")
@pytest.mark.parametrize("key", SHAPES)
def test_gnumeric_saves_it(key: str, tmp_path: Path) -> None:
    saved = tmp_path / "gnumeric.xlsx"
    subprocess.run(
        ["ssconvert", "-T", "Gnumeric_Excel:xlsx2", _made(key, tmp_path), saved],
        check=True, capture_output=True,
    )  # fmt: skip
    assert _asked(saved) == []


@pytest.mark.slow
@pytest.mark.parametrize("key", SHAPES)
def test_openpyxl_saves_it(key: str, tmp_path: Path) -> None:
    whole = openpyxl.load_workbook(io.BytesIO(_made(key, tmp_path).read_bytes()))
    saved = tmp_path / "openpyxl.xlsx"
    whole.save(saved)
    assert _asked(saved) == []


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("key", SHAPES)
def test_libreoffice_saves_it_twice(key: str, office: Office, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    office.recalculate(_made(key, tmp_path), save_as=once)
    office.recalculate(once, save_as=twice)
    assert _asked(twice) == []
