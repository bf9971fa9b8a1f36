"""What was read from logs: files, sums, months and faults, as a book keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jcm_xl.dataclass import dataclass


class LogFile(NamedTuple):
    """A log as it was read; `first` and `last` are its times, in the log's own zone.

    rows: lines with a time. others: lines below the headings that are none, as a total.
    """

    name: str
    sha256: str
    rows: int
    others: int
    first: str
    last: str


class MeterSum(NamedTuple):
    """What a meter has in a file: readings, and the sum of them in its own unit.

    Of a meter that counts on, `total` is its last reading there.
    """

    file: str
    meter: str
    rows: int
    total: Decimal
    unit: str


class MonthOfReadings(NamedTuple):
    """The amount of a parameter in a month; `None` where the logs do not tell it."""

    name: str
    unit_row: int | None
    month: date
    amount: Decimal | None
    unit: str


class LogFault(NamedTuple):
    """A fault at a line of a log; `line` counts from 1, as an editor shows it.

    found, expected: what stands there and what would be right.
    readings: so many are concerned. is_note: nothing has to be done.
    """

    code: str
    file: str
    line: int
    meter: str
    name: str
    found: str
    expected: str = ""
    readings: int = 1
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class LogEvidence:
    """All that was read for one period, in the order in which the book shows it.

    assignment: name and SHA-256 of the file that says which column is which.
    """

    assignment: tuple[str, str]
    first: date
    last: date
    files: tuple[LogFile, ...]
    sums: tuple[MeterSum, ...]
    months: tuple[MonthOfReadings, ...]
    faults: tuple[LogFault, ...]


WORDS = ("period", "file", "sum", "month", "fault", "digest")
"""What a row of the sheet begins with, in every language."""
EvidenceRow = tuple[str, ...]


def rows_of(evidence: LogEvidence) -> list[EvidenceRow]:
    """Return the rows as a sheet holds them: a word, then texts."""
    e = evidence
    rows: list[EvidenceRow] = [("period", *e.assignment, str(e.first), str(e.last))]
    rows += [("file", *map(str, file)) for file in e.files]
    rows += [
        ("sum", s.file, s.meter, str(s.rows), f"{s.total:f}", s.unit) for s in e.sums
    ]
    for m in e.months:
        amount = "" if m.amount is None else f"{m.amount:f}"
        unit_row = "" if m.unit_row is None else str(m.unit_row)
        rows.append(("month", m.name, unit_row, f"{m.month:%Y-%m}", amount, m.unit))
    for f in e.faults:
        texts = map(str, f[:-1])
        rows.append(("fault", *texts, _NOTE if f.is_note else ""))
    return rows


def digest_of(rows: Iterable[EvidenceRow]) -> str:
    """Return by what it is seen that rows of a sheet were changed."""
    lines = ("\t".join(row).rstrip("\t") for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def evidence_of(rows: Iterable[EvidenceRow]) -> LogEvidence | None:
    """Return what rows say; `None` where they were made by nobody or do not fit."""
    found: dict[str, list[EvidenceRow]] = {word: [] for word in WORDS}
    for word, *texts in rows:
        if word in found:
            found[word].append(tuple(texts))
    try:
        name, sha256, first, last = _filled(found["period"][0], 4)
        return LogEvidence(
            (name, sha256), date.fromisoformat(first), date.fromisoformat(last),
            tuple(_file(_filled(row, 6)) for row in found["file"]),
            tuple(_sum(_filled(row, 5)) for row in found["sum"]),
            tuple(_month(_filled(row, 5)) for row in found["month"]),
            tuple(_fault(_filled(row, 9)) for row in found["fault"]),
        )  # fmt: skip
    except (ValueError, ArithmeticError, IndexError):
        return None


_NOTE = "note"


def _filled(row: EvidenceRow, count: int) -> EvidenceRow:
    return (*row, *[""] * (count - len(row)))[:count]


def _file(row: EvidenceRow) -> LogFile:
    name, sha256, rows, others, first, last = row
    return LogFile(name, sha256, int(rows), int(others), first, last)


def _sum(row: EvidenceRow) -> MeterSum:
    file, meter, rows, total, unit = row
    return MeterSum(file, meter, int(rows), Decimal(total), unit)


def _month(row: EvidenceRow) -> MonthOfReadings:
    name, unit_row, month, amount, unit = row
    return MonthOfReadings(
        name, int(unit_row) if unit_row else None, date.fromisoformat(f"{month}-01"),
        Decimal(amount) if amount else None, unit,
    )  # fmt: skip


def _fault(row: EvidenceRow) -> LogFault:
    code, file, line, meter, name, found, expected, count, note = row
    return LogFault(
        code, file, int(line), meter, name, found, expected, int(count), note == _NOTE
    )
