"""What LibreOffice shows under each format that is taken is read back as the value."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from jcm_xl.text.day_readings import dates_meant
from jcm_xl.text.days import serial
from jcm_xl.xlsx.number_format import shown_number, shown_text
from tests.checks.test_disguises import DAYS, ROUNDED, TEXTS, TRUTHS
from tests.office.harness import Office

DAY = date(2023, 2, 14)
_MINUS = "(-▲"


def _book(path: Path, rows: list[tuple[str, object]]) -> None:
    """Write each value in its format, one a row, in a column wide enough."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.set_column(0, 0, 60)
        for row, (code, value) in enumerate(rows):
            sheet.write(row, 0, value, book.add_format({"num_format": code}))


def _shown(office: Office, path: Path, rows: list[tuple[str, object]]) -> list[str]:
    _book(path, rows)
    there = office.texts(path)["S"]
    return [there.get(f"A{n}", "") for n in range(1, len(rows) + 1)]


def _number(text: str) -> float:
    """Read a shown number as a person does: sign, digits, per cent, power of ten."""
    if text.strip() in ("-", "–"):
        return 0.0
    plain = text.replace(",", "")
    found = re.search(r"\d[\d.]*(E[+-]\d+)?", plain)
    assert found, text
    number = float(found[0]) / (100 if "%" in text else 1)
    return -number if set(plain[: found.start()]) & set(_MINUS) else number


@pytest.mark.office
@pytest.mark.slow
def test_a_number_is_read_off_the_page(office: Office, tmp_path: Path) -> None:
    cases = [(code, value) for code, value, _ in (*TRUTHS, *ROUNDED)]
    there = _shown(office, tmp_path / "numbers.xlsx", list(cases))
    for (code, value), text in zip(cases, there, strict=True):
        ours = shown_number(code, value)
        assert " ".join(text.split()) == " ".join(ours.text.split()), code
        wanted = pytest.approx(value, rel=5e-3 if (code, value) in _ROUGH else 1e-9)
        assert _number(text) == wanted, (code, text)


_ROUGH = {(code, value) for code, value, _ in ROUNDED}


@pytest.mark.office
@pytest.mark.slow
def test_a_day_is_read_off_the_page(office: Office, tmp_path: Path) -> None:
    cases = [(code, serial(DAY)) for code in DAYS]
    for (code, number), text in zip(
        cases, _shown(office, tmp_path / "days.xlsx", list(cases)), strict=True
    ):
        plain = "".join(map(_digit, unicodedata.normalize("NFKC", text)))
        if code in ("General", "0"):
            assert plain == f"{number:.0f}"
        elif DAY not in dates_meant(plain):
            assert _has_all_parts(plain), (code, text)


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign, sign))


def _has_all_parts(text: str) -> bool:
    """Tell whether day, month and a year of some era are there."""
    years = ("2023", "2566", "令和5", "R5", "23")
    months = ("2", "02", "Feb", "กุมภาพันธ์", "ก.พ.")
    words = re.findall(r"\d+|[^\W\d]+\.?[^\W\d]*\.?", text)
    return (
        any(year in text for year in years)
        and any(month in words or month in text for month in months)
        and "14" in words
    )


@pytest.mark.office
@pytest.mark.slow
def test_a_text_is_read_off_the_page(office: Office, tmp_path: Path) -> None:
    cases = [(code, text) for code, text, _ in TEXTS]
    there = _shown(office, tmp_path / "texts.xlsx", list(cases))
    for (code, text), seen in zip(cases, there, strict=True):
        ours = shown_text(code, text)
        assert ours is None or ours.split() == seen.split(), code
