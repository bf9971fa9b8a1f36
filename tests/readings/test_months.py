"""Months are exact, whatever the order of files, rows and digits."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from jcm_xl.model.evidence import LogEvidence, digest_of, evidence_of, rows_of
from jcm_xl.readings.assignment import read_assignment
from jcm_xl.readings.read import read_logs
from tests.readings.books import evidence_of as read_made
from tests.readings.books import put, solar
from tests.readings.made import BY_NAME, STYLES, made

HEAD = '[[log]]\nfiles = "*.csv"\ntime = "t"\n'
METER = '[[log.meter]]\ncolumn = "v"\nunit = "kWh"\nparameter = "EG_i_p"\nrow = 1\n'
COUNTER = HEAD + 'kind = "cumulative"\n' + METER
INTERVAL = HEAD + 'stamp = "start"\n' + METER


def read(folder: Path, text: str, lines: str, days: tuple[date, date]) -> LogEvidence:
    (folder / "m.csv").write_text(f"t,v\n{lines}", encoding="utf-8")
    (folder / "readings.toml").write_text(text, encoding="utf-8")
    assignment = read_assignment(folder / "readings.toml")
    return read_logs([folder / "m.csv"], assignment, solar(), days)


def amounts(found: LogEvidence) -> list[Decimal | None]:
    return [month.amount for month in found.months]


def test_the_order_of_files_and_a_second_run_change_nothing(tmp_path: Path) -> None:
    seed = STYLES.index(BY_NAME["a file a month"])
    logs = made(seed)
    paths = put(logs, tmp_path)
    assignment = read_assignment(tmp_path / "readings.toml")
    days = logs.first, logs.last
    first = read_logs(paths, assignment, solar(), days)
    random.Random(1).shuffle(paths)
    assert read_logs(paths, assignment, solar(), days) == first


def test_evidence_is_read_back_from_its_rows(tmp_path: Path) -> None:
    found = read_made(made(3, "gap"), tmp_path)
    rows = rows_of(found)
    assert found.faults
    assert evidence_of(rows) == found
    assert digest_of(rows) != digest_of(rows[:-1])


@pytest.mark.parametrize(
    "number", ["0.1", "0.123456789012", "1e-3", "1.5E3", "123456789012345.5", "7", ".5"]
)
def test_every_digit_counts(number: str, tmp_path: Path) -> None:
    lines = "".join(f"2025-01-{day:02},{number}\n" for day in range(1, 32))
    found = read(tmp_path, INTERVAL, lines, (date(2025, 1, 1), date(2025, 1, 31)))
    assert not found.faults
    assert amounts(found) == [Decimal(number) * 31 / 1000]


def test_a_counter_that_is_read_by_hand_is_divided_by_time_and_said(
    tmp_path: Path,
) -> None:
    lines = "2025-01-01,100\n2025-01-21,300\n2025-02-10,700\n2025-03-01,890\n"
    found = read(tmp_path, COUNTER, lines, (date(2025, 1, 1), date(2025, 2, 28)))
    assert [f[:3] for f in found.faults if not f.is_note] == [("JX176", "m.csv", 4)]
    assert amounts(found) == [Decimal("0.42"), Decimal("0.37")]
    assert sum(filter(None, amounts(found))) == Decimal("0.79")


def test_a_period_that_begins_within_a_month_has_its_part_alone(tmp_path: Path) -> None:
    lines = "".join(f"2025-01-{day:02},1\n" for day in range(1, 32))
    found = read(tmp_path, INTERVAL, lines, (date(2025, 1, 16), date(2025, 1, 31)))
    assert not found.faults
    assert amounts(found) == [Decimal("0.016")]


@pytest.mark.parametrize(
    ("more", "amount", "codes"),
    [
        ("digits = 4\n", Decimal("0.031"), ["JX168"]),
        ("", None, ["JX168"]),
        (
            "replaced = { at = 2025-01-15T12:00:00, old = 9999, new = 0 }\n",
            Decimal("0.03"),
            [],
        ),
    ],
)
def test_a_counter_that_begins_anew(
    more: str, amount: Decimal | None, codes: list[str], tmp_path: Path
) -> None:
    """It counts 1 a day: 9999 on the 15th, 0 on the 16th."""
    first = datetime(2025, 1, 1)
    lines = "".join(
        f"{first + timedelta(days=n):%Y-%m-%d},{(9985 + n) % 10_000}\n"
        for n in range(32)
    )
    days = date(2025, 1, 1), date(2025, 1, 31)
    found = read(tmp_path, COUNTER + more, lines, days)
    assert [f.code for f in found.faults] == codes
    assert amounts(found) == [amount]


def test_a_glitch_of_a_counter_is_an_outlier_and_changes_no_sum(tmp_path: Path) -> None:
    for odd in ("0", "99999"):
        values = [str(1000 + 10 * n) for n in range(32)]
        values[9] = odd
        lines = "".join(
            f"{datetime(2025, 1, 1) + timedelta(days=n):%Y-%m-%d},{value}\n"
            for n, value in enumerate(values)
        )
        found = read(tmp_path, COUNTER, lines, (date(2025, 1, 1), date(2025, 1, 31)))
        assert [f[:3] for f in found.faults] == [("JX173", "m.csv", 11)]
        assert amounts(found) == [Decimal("0.31")]


def test_logs_of_another_year_say_so_and_give_no_month(tmp_path: Path) -> None:
    lines = "2024-01-01,1\n2024-01-02,1\n"
    found = read(tmp_path, INTERVAL, lines, (date(2025, 1, 1), date(2025, 1, 31)))
    assert [f[:3] for f in found.faults] == [("JX166", "m.csv", 2)]
    assert amounts(found) == [None]


def test_lines_are_counted_past_blank_ones_and_cells_of_several_lines(
    tmp_path: Path,
) -> None:
    lines = "".join(f"2025-01-{day:02},1\n" for day in range(1, 31))
    lines = lines.replace("2025-01-05,1\n", '\n2025-01-05,"1"\n\n')
    lines = lines.replace("2025-01-07,1\n", '2025-01-07,"1\n"\n')
    found = read(
        tmp_path, INTERVAL, lines + "2025-01-31,Err\n",
        (date(2025, 1, 1), date(2025, 1, 31)),
    )  # fmt: skip
    place = (tmp_path / "m.csv").read_text().splitlines().index("2025-01-31,Err") + 1
    assert [f[:3] for f in found.faults] == [("JX175", "m.csv", place)]
