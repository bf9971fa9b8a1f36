"""The sheet Readings of a book: what its months were made of, and what was found."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from jcm_xl.model.evidence import (
    WORDS,
    EvidenceRow,
    LogEvidence,
    digest_of,
    evidence_of,
)
from jcm_xl.model.shown import shown
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.languages import languages, messages
from jcm_xl.xlsx.grid import Grid, Sheet, address

_OURS = ("period", "digest")
"""One of these stands on a sheet that we wrote; others may have sums of their own."""
COLUMN = 2
"""Where the word stands that a row begins with."""


class KeptReadings(NamedTuple):
    """The evidence on a sheet; cells: those of the faults, in their order.

    is_changed: it does not say any more what was written. `evidence` is `None` where
    it cannot be understood.
    """

    sheet: str
    evidence: LogEvidence | None
    cells: tuple[str, ...]
    is_changed: bool


def readings_of(context: OpenedBook) -> KeptReadings | None:
    """Return the evidence of a book, whatever language names its sheet."""
    return context.once(_of_book)


def _of_book(context: OpenedBook) -> KeptReadings | None:
    return kept_readings(context.file.grid)


def kept_readings(grid: Grid) -> KeptReadings | None:
    """Return the evidence of a grid; `None` where no sheet of that name has a row."""
    for sheet in grid.sheets:
        if sheet.name.casefold() in _names():
            rows = _rows(sheet)
            if any(row[0] in _OURS for row in rows.values()):
                return _kept(sheet.name, rows)
    return None


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(messages(n)("readings.sheet").casefold() for n in languages())


def _rows(sheet: Sheet) -> dict[int, EvidenceRow]:
    """Return the rows that begin with a word of ours, by their number."""
    cells: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if column >= COLUMN:
            cells.setdefault(row, {})[column] = shown(cell.value)
    found: dict[int, EvidenceRow] = {}
    for row, texts in sorted(cells.items()):
        if texts.get(COLUMN) in WORDS:
            last = max(column for column, text in texts.items() if text)
            line = (texts.get(column, "") for column in range(COLUMN, last + 1))
            found[row] = tuple(line)
    return found


def _kept(name: str, rows: dict[int, EvidenceRow]) -> KeptReadings:
    written = [row for row in rows.values() if row[0] != "digest"]
    stored = [row[1] for row in rows.values() if row[0] == "digest" and len(row) > 1]
    cells = (address(n, COLUMN) for n, row in rows.items() if row[0] == "fault")
    is_changed = stored != [digest_of(written)]
    return KeptReadings(name, evidence_of(written), tuple(cells), is_changed)
