from __future__ import annotations

import os
import shutil
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.office import harness
from tests.office.harness import Office, OfficeDied, OfficeError, OfficeMissing


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A1 is locked; A2 and B2 are inputs; the cached values are all wrong."""
    path = tmp_path / "A book.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet("MPS(input)")
        other = written.add_worksheet("Größe")
        free = written.add_format({"locked": False})
        sheet.write_number("A1", 1)
        sheet.write_number("A2", 2, free)
        sheet.write_string("B2", "text", free)
        sheet.write_formula("A3", "=A1+A2", None, 99)
        sheet.write_formula("A4", '=""', None, "old")
        sheet.protect()
        for row, formula in enumerate(("1/0", "NA()", "LN(0)", '"a"+1', "1=1")):
            other.write_formula(row, 27, f"={formula}", None, 0)
    return path


@pytest.mark.office
def test_everything_is_recalculated_and_empty_cells_are_left_out(
    office: Office, book: Path
) -> None:
    assert office.recalculate(book) == {
        "MPS(input)": {"A1": 1.0, "A2": 2.0, "B2": "text", "A3": 3.0},
        "Größe": {
            "AB1": "#DIV/0!",
            "AB2": "#N/A",
            "AB3": "#NUM!",
            "AB4": "#VALUE!",
            "AB5": 1.0,
        },
    }


@pytest.mark.office
def test_edits_are_taken_as_typed(office: Office, book: Path) -> None:
    def after(value: float | str | None) -> tuple[object, object]:
        cells = office.recalculate(book, [("MPS(input)", "A2", value)])["MPS(input)"]
        return cells.get("A2"), cells["A3"]

    assert after(5) == (5.0, 6.0)
    assert after("5.5") == (5.5, 6.5)
    assert after("=A1*10") == (10.0, 11.0)
    assert after("n/a") == ("n/a", "#VALUE!")
    assert after(None) == (None, 1.0)


@pytest.mark.office
def test_a_locked_cell_cannot_be_typed_into(office: Office, book: Path) -> None:
    with pytest.raises(OfficeError, match=r"MPS\(input\)!A1 is locked"):
        office.recalculate(book, [("MPS(input)", "A1", 5)])


@pytest.mark.office
def test_the_result_is_saved_and_printed(
    office: Office, book: Path, tmp_path: Path
) -> None:
    saved, pdf = tmp_path / "saved.xlsx", tmp_path / "printed.pdf"
    edits = [("MPS(input)", "A2", 7)]
    before = book.read_bytes()
    shown = office.recalculate(book, edits, save_as=saved, pdf=pdf)
    assert office.recalculate(saved) == shown
    assert zipfile.is_zipfile(saved)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert book.read_bytes() == before


@pytest.mark.office
def test_a_bad_file_does_not_end_the_session(
    office: Office, book: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(OfficeError, match=r"bad\.xlsx"):
        office.recalculate(bad)
    with pytest.raises(OfficeError, match="There is no file"):
        office.recalculate(tmp_path / "none.xlsx")
    assert office.recalculate(book)["MPS(input)"]["A3"] == 3.0


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_dead_office_is_told_and_started_again(book: Path) -> None:
    with Office() as own:
        assert own._worker is not None
        os.killpg(own._worker.pid, signal.SIGKILL)
        with pytest.raises(OfficeDied, match=r"no longer running|without an answer"):
            own.recalculate(book)
        assert own.recalculate(book)["MPS(input)"]["A3"] == 3.0


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_an_office_that_dies_beside_its_bridge_is_started_again(book: Path) -> None:
    with Office() as own:
        assert own.recalculate(book)
        assert own._profile is not None
        command = ["pkill", "-KILL", "-f", f"soffice.bin.*{own._profile.name}"]
        subprocess.run(command, check=True)
        with pytest.raises(OfficeDied, match="died over"):
            own.recalculate(book)
        assert own.recalculate(book)["MPS(input)"]["A3"] == 3.0


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_job_has_a_time_limit(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "JOB_SECONDS", 0.0)
    with Office() as own, pytest.raises(OfficeError, match="took longer than 0 s"):
        own.recalculate(book)


def test_a_missing_office_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(OfficeMissing, match=r"no LibreOffice .* apt-get install"):
        Office().start()
