"""Large books: judged with a short answer, in little memory, or refused at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import catalogue, check_file
from jcm_xl.documents.report.bounds import BYTES
from jcm_xl.documents.report.forms import FORMS, ReportDocument, written
from jcm_xl.model.finding import Report, Severity
from tests.hostile import large

MEGABYTE = 1_000_000


def judged(data: bytes, folder: Path) -> Report:
    path = folder / "large.xlsx"
    path.write_bytes(data)
    return check_file(path)


# Linux counts the memory of who starts a program towards its peak: a small one does.
ONCE = """
import os, sys
nowhere = os.open(os.devnull, os.O_WRONLY)
files = [(os.POSIX_SPAWN_DUP2, nowhere, 1)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=files)
print(os.wait4(child, 0)[2].ru_maxrss)
"""


def peak(path: Path) -> int:
    """Return the most memory, in bytes, that a check of one book takes."""
    python = sys.executable
    once = [python, "-I", "-S", "-c", ONCE, python, "-m", "jcm_xl", "check", str(path)]
    done = subprocess.run(once, capture_output=True, text=True, check=True)
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def test_a_pasted_table_is_one_finding_in_every_form(tmp_path: Path) -> None:
    report = judged(large.pasted(20_000, large.text, columns=1), tmp_path)
    (found,) = (d for d in report.diagnostics if d.asks)
    assert (found.code, found.block, found.count) == ("JX214", "B100:B20099", 20_000)
    assert report.count(Severity.ERROR) == 20_000
    for form in FORMS:
        text = written(form, ReportDocument([report], catalogue(), (), ("en", "ja")))
        assert len(text.encode()) < 100_000
        assert "B100:B20099" in text.replace("\\", "")
        assert "20,000" in text or '"count": 20000' in text


def test_a_copy_of_it_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(large.pasted(20_000, large.text))
    data, _ = api.annotate(path)
    assert len(data) < 100_000
    repaired = api.repair(path)
    assert len(repaired.data) < 100_000
    (lost,) = (s for s in repaired.lost if "beside the template" in s)
    assert lost.startswith("'MRS(input)'!B100:K2099: text 100; ")


def test_too_many_pasted_cells_are_refused(tmp_path: Path) -> None:
    report = judged(large.pasted(300_000, large.number), tmp_path)
    assert report.exit_code == 2
    words = (
        r"hold 30[01],\d{3} cells, more than 250,000, most of them on 'MRS\(input\)'"
    )
    assert re.search(words, report.verdict)
    assert "or move it to a sheet of your own." in report.verdict


@pytest.mark.slow
def test_a_year_of_quarter_hours_on_an_own_sheet_is_judged(tmp_path: Path) -> None:
    data = large.own_data()
    report = judged(data, tmp_path)
    assert report.stage == "report"
    told = {d.code for d in report.diagnostics if d.cell == "C10"}
    assert told == {"JX217"}  # a note: the input is calculated
    if sys.platform != "win32":
        assert peak(tmp_path / "large.xlsx") < 256 * MEGABYTE


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no wait4")
@pytest.mark.parametrize("cell", [large.text, large.number])
def test_the_largest_book_takes_little_memory(cell: large.Cell, tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(large.pasted(248_000, cell))
    report = check_file(path)
    assert report.count(Severity.ERROR) == 248_000
    for form in FORMS:
        document = ReportDocument([report], catalogue())
        assert len(written(form, document).encode()) < BYTES
    assert peak(path) < 256 * MEGABYTE
