"""The words of the package: books in memory, findings and figures as frames."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

import jcm_xl
from jcm_xl import api
from jcm_xl.model.finding import Report
from tests.support import example_book


def book(overrides: dict[str, object] | None = None) -> bytes:
    return api.book(*example_book("ID_AM003"), overrides)


def test_the_bytes_of_a_book_are_judged_as_the_file(tmp_path: Path) -> None:
    data = book({"mrs.unit:EC_PJ_i_p": "kWh/p"})
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    in_memory, of_file = jcm_xl.check(data), jcm_xl.check(path)
    assert in_memory.diagnostics == of_file.diagnostics
    assert in_memory.sha256 == of_file.sha256
    assert (in_memory.file, of_file.file) == ("the workbook", "a.xlsx")
    assert (
        jcm_xl.calc(data).as_dict()["report"] == jcm_xl.calc(path).as_dict()["report"]
    )


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 torn"])
def test_bytes_of_no_book_are_refused_in_a_sentence(data: bytes) -> None:
    report = jcm_xl.check(data)
    assert report.exit_code == 2
    assert report.verdict.startswith("CANNOT BE JUDGED: ")


def test_findings_are_a_frame() -> None:
    frame = jcm_xl.check(book({"mrs.unit:EC_PJ_i_p": "kWh/p"})).to_frame()
    assert isinstance(frame, pandas.DataFrame)
    wrong = frame[frame.code == "JX204"].iloc[0]
    assert (wrong.severity, wrong["name"], wrong.sheet) == (
        "error", "unit-changed", "MRS(input)",
    )  # fmt: skip
    assert type(wrong.message) is str
    empty = Report("a.xlsx", "", "CLEAN", 0).to_frame()
    assert (len(empty), list(empty)) == (0, list(frame))


def test_figures_are_a_frame() -> None:
    frame = jcm_xl.calc(book()).to_frame()
    row = frame[(frame.stage == "report") & (frame["name"] == "ER_p")].iloc[0]
    assert row.value == pytest.approx(25.8075)
    assert set(frame.stage) == {"plan", "report"}
