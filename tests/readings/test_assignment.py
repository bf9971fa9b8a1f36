"""An assignment is refused with every problem, each at its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jcm_xl.errors import JcmError
from jcm_xl.readings.assignment import AssignmentError, read_assignment
from jcm_xl.readings.read import read_logs
from tests.readings.books import solar

GOOD = """[[log]]
files = "*.csv"
time = "Time"
stamp = "start"
[[log.meter]]
column = "kWh"
unit = "kWh"
parameter = "EG_i_p"
row = 1
"""
YEAR = date(2025, 1, 1), date(2025, 1, 31)


def refused(text: str, folder: Path) -> list[str]:
    path = folder / "readings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssignmentError) as error:
        read_assignment(path)
    return list(error.value.problems)


def test_every_problem_is_told_with_its_line(tmp_path: Path) -> None:
    text = GOOD.replace('stamp = "start"', 'stap = "start"\nzone = "Bangkok"')
    text = text.replace('unit = "kWh"\n', "").replace("row = 1", 'row = "1"')
    assert refused(text, tmp_path) == [
        "line 4: log[1].stap: unknown key (did you mean 'stamp'?); known are files, "
        "sheet, head, separator, encoding, decimal, thousands, time, time_format, "
        "zone, stamp, kind, meter",
        'line 1: log[1].stamp: say whether a time is that of the "start" or of the '
        '"end" of what was measured',
        "line 5: log[1].zone: 'Bangkok' is no time zone such as Asia/Bangkok",
        "line 6: log[1].meter[1].unit: a text is expected",
        "line 9: log[1].meter[1].row: a whole number from 1 is expected",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[[log]]\n", "[log\n"), "no valid TOML"),
        ((GOOD, ""), "it has no block [[log]]"),
        (('time = "Time"\n', ""), "name the column of the time"),
        (('time = "Time"', 'time = "Time"\ndecimal = "x"'), "expected one of '.' ','"),
        (
            ('time = "Time"', 'time = "Time"\ndecimal = ","\nthousands = ","'),
            "it is the decimal sign, too",
        ),
        (('time = "Time"', 'time = "Time"\ntime_format = "dd/mm"'), "%d/%m/%Y %H:%M"),
        (("row = 1", "row = 1\nreplaced = { at = 1 }"), "replaced: write it like"),
        (("row = 1", "row = 1\ncertificate = 3"), "certificate: write it like"),
        (("row = 1", "row = 1\nmost = -1"), "a number above 0"),
    ],
)
def test_what_is_wrong_is_said(
    change: tuple[str, str], says: str, tmp_path: Path
) -> None:
    assert any(says in p for p in refused(GOOD.replace(*change), tmp_path))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("EG_i_p", "EG_p"), "EX_AM901@1.0 has no monitored amount 'EG_p'"),
        (("row = 1\n", ""), "line 5: EG_i_p has a row for each"),
        (("row = 1", "row = 7"), "line 5: the book has 1 rows of i, not 7"),
        (('unit = "kWh"', 'unit = "kL"'), "line 5: 'kL' is no unit of EG_i_p"),
        (('"kWh"\nunit', '"MWh"\nunit'), "m.csv has no column 'MWh'"),
        (('"Time"', '"Date"'), "m.csv has no column 'Date'"),
        (('"*.csv"', '"a*.csv"'), "m.csv: no block [[log]] of readings.toml is for it"),
    ],
)
def test_what_does_not_fit_the_book_or_the_log_is_said(
    change: tuple[str, str], says: str, tmp_path: Path
) -> None:
    (tmp_path / "readings.toml").write_text(GOOD.replace(*change), encoding="utf-8")
    (tmp_path / "m.csv").write_text("Time,kWh\n2025-01-01,1\n")
    assignment = read_assignment(tmp_path / "readings.toml")
    with pytest.raises(JcmError) as error:
        read_logs([tmp_path / "m.csv"], assignment, solar(), YEAR)
    assert says in str(error.value)
