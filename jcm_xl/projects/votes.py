"""A vote read back from its book, and counted by the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.decision import Assertion, Ballot, Counted, decide
from jcm_xl.errors import JcmError
from jcm_xl.forms.proposal import Proposal
from jcm_xl.formula.compare import same_formula
from jcm_xl.model.reading import CellReading, Takes, read
from jcm_xl.model.shown import shown
from jcm_xl.writing.vote_book import (
    ANSWER,
    BEFORE,
    FIRST,
    ON,
    SHEET,
    TODAY_ROW,
    write_vote_book,
)
from jcm_xl.xlsx.grid import Cell, Grid, Position, Sheet, address
from jcm_xl.xlsx.package import open_bytes, open_package
from jcm_xl.xlsx.read import read_grid

_NOTHING = Cell(None)


class NoVote(JcmError):
    """A book that is not the vote of this proposal, or holds what cannot be counted."""


@dataclass(frozen=True, slots=True)
class CountedVote:
    """A vote counted on a day. said: what everybody said, as far as it was received.

    too_early: who spoke before the proposal was distributed, which does not count.
    """

    proposal: Proposal
    today: date
    said: tuple[Assertion, ...]
    counted: Counted
    too_early: tuple[str, ...]


def count_vote(
    path: Path, proposal: Proposal, today: date | None = None
) -> CountedVote:
    """Count the book of a proposal; raise `NoVote` naming each cell that is wrong.

    today: the day of the count, where it is not the one in the book.
    """
    grid = read_grid(open_package(path))
    sheet = grid.sheet(SHEET)
    if sheet is None:
        raise NoVote(f"{path.name} has no sheet {SHEET}: it is no vote.")
    faults = [*_changed(sheet, proposal), *map(str, grid.oddities)]
    entries = _Entries(grid, sheet)
    said = tuple(entries.said(proposal))
    on = today or entries.day((TODAY_ROW, 2))
    if on is None:
        faults.append(f"B{TODAY_ROW}: the day of the count is missing")
    faults += entries.faults
    if faults or on is None:
        lines = "\n".join(f"  {SHEET}: {fault}" for fault in faults)
        raise NoVote(f"{path.name} cannot be counted:\n{lines}")
    early = sorted({each.voter for each in said if each.on < proposal.distributed})
    counted = decide(proposal.voters, proposal.distributed, said, on, proposal.days)
    return CountedVote(proposal, on, said, counted, tuple(early))


def _typed(proposal: Proposal) -> set[Position]:
    rows = range(FIRST, FIRST + len(proposal.voters))
    cells = {(row, column + 1) for row in rows for column in (ANSWER, ON, BEFORE)}
    return {*cells, (TODAY_ROW, 2)}


def _changed(sheet: Sheet, proposal: Proposal) -> Iterator[str]:
    """Yield each cell that is not as the book of this proposal is made."""
    fresh = read_grid(open_bytes(write_vote_book(proposal), SHEET)).sheets[0]
    for at in sorted({*fresh.cells, *sheet.cells} - _typed(proposal)):
        due, stands = fresh.cells.get(at, _NOTHING), sheet.cells.get(at, _NOTHING)
        if due.formula is not None:
            is_same = same_formula(stands.formula or "", due.formula)
        else:
            is_same = shown(stands.value) == shown(due.value) and not stands.formula
        if not is_same:
            found = f"={stands.formula}" if stands.formula else shown(stands.value)
            expected = f"={due.formula}" if due.formula else shown(due.value)
            yield (
                f"{address(*at)} holds {found or 'nothing'}; the book of this proposal "
                f"has {expected or 'nothing'} there"
            )


class _Entries:
    """Reads what was typed; whatever cannot be counted is a fault with its cell."""

    def __init__(self, grid: Grid, sheet: Sheet) -> None:
        self._grid, self._sheet = grid, sheet
        self.faults: list[str] = []

    def said(self, proposal: Proposal) -> Iterator[Assertion]:
        for row, voter in enumerate(proposal.voters, FIRST):
            before = self.day((row, BEFORE + 1))
            on = self.day((row, ON + 1))
            answer = self._answer((row, ANSWER + 1))
            if before is not None:
                yield Assertion(voter.name, Ballot.NEGATIVE, before)
            if answer is not None and on is not None:
                yield Assertion(voter.name, answer, on)
            elif (answer is None) is not (on is None):
                place = address(row, ANSWER + 1 if answer is None else ON + 1)
                what = "answer" if answer is None else "day of the answer"
                self.faults.append(f"{place}: the {what} of {voter.name} is missing")

    def day(self, at: Position) -> date | None:
        reading = self._reading(at, Takes.DAY)
        if not reading.is_plain:
            told = f"{address(*at)} holds {shown(reading.value)}, which is no day"
            self.faults.append(told)
        return reading.day

    def _answer(self, at: Position) -> Ballot | None:
        text = shown(self._reading(at, Takes.TEXT).value).strip().casefold()
        if text in set(Ballot):
            return Ballot(text)
        if text:
            words = " or ".join(Ballot)
            self.faults.append(f"{address(*at)} holds {text}; expected is {words}")
        return None

    def _reading(self, at: Position, takes: Takes) -> CellReading:
        cell = self._sheet.cells.get(at, _NOTHING)
        if cell.formula:
            self.faults.append(f"{address(*at)} holds a formula; type the value")
        is_number = type(cell.value) is float
        return read(
            cell.value, takes,
            shows_date=is_number and self._grid.styles.is_date(cell.style),
            is_date1904=self._grid.is_date1904,
        )  # fmt: skip
