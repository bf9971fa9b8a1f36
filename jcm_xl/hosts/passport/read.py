"""A passport that came back: what is proved, what differs, and whether it may count.

It is made anew here and compared cell by cell, so nothing in the file is believed but
what the program calculated. What was tampered with, not recalculated or saved by
nobody knows whom confirms nothing. No file can prove that no hand typed its results:
the check is that they fit each other, the formulas and the program that saved them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.formula.compare import same_formula
from jcm_xl.hosts.passport.book import MODULE, planned, written
from jcm_xl.hosts.passport.changed import PartChange, changes
from jcm_xl.hosts.passport.live_trials import VERSION
from jcm_xl.hosts.passport.program import SIMULATED, SavingProgram, saving_program
from jcm_xl.hosts.passport.rows import ANSWER, HERE, NUMBER, WHERE, PassportPlan
from jcm_xl.hosts.passport.sheets import KINDS, MARK
from jcm_xl.hosts.passport.trial import (
    DIFFERS,
    RESULTS,
    VALUES,
    WAITING,
    Trial,
    TrialKind,
    answer,
    tally,
)
from jcm_xl.model.tolerance import same_number
from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Grid, Sheet, address
from jcm_xl.xlsx.package import Package, open_bytes, open_package
from jcm_xl.xlsx.read import read_grid

_OWN_SHEETS = ("Live", "xlwings.conf")
"""Sheets that a button takes away."""


class NoPassport(JcmError):
    """A file that is no passport, or one of another version."""


class TriedHere(NamedTuple):
    """A trial with what the program gave, and the judgement."""

    row: int
    trial: Trial
    found: CellValue
    answer: str


class ButtonPressed(NamedTuple):
    """What the macro and Python wrote of a button; nothing where it was not pressed."""

    name: str
    outcome: str
    words: str


@dataclass(frozen=True)
class PassportRead:
    """What a passport shows.

    faults: why it confirms nothing; none where it may count.
    example: how many formulas of the book within it were calculated as expected.
    """

    name: str
    sha256: str
    has_macros: bool
    is_simulated: bool
    program: SavingProgram
    facts: Mapping[str, str]
    tried: tuple[TriedHere, ...]
    buttons: tuple[ButtonPressed, ...]
    example: tuple[int, int]
    changed: tuple[PartChange, ...]
    faults: tuple[str, ...]

    @property
    def is_confirming(self) -> bool:
        """Tell whether what it shows may be listed."""
        return not self.faults and not self.is_simulated

    @property
    def exit_code(self) -> int:
        """Return 0 where all is equal, 1 where something differs, 2 without proof."""
        if not self.is_confirming:
            return 2
        differs = any(one.answer == DIFFERS for one in self.tried)
        return int(differs or self.example[0] != self.example[1])

    def counts(self, section: TrialKind) -> Mapping[str, int]:
        """Count the answers of a section."""
        return tally(one.answer for one in self.tried if one.trial.section is section)


def read_passport(path: Path, keys: Iterable[str] | None = None) -> PassportRead:
    """Read a passport that a program saved; raise `NoPassport` for another file.

    keys: the definitions that it was made with, all of the library if not told.
    """
    package = open_package(path)
    grid = read_grid(package)
    sheet = grid.sheet(RESULTS)
    if sheet is None or not str(_value(sheet, 1, NUMBER)).startswith("Passport of "):
        raise NoPassport(f"{path} is no passport: jcm-xl passport -o makes one.")
    if (there := _value(sheet, 1, NUMBER)) != MARK:
        raise NoPassport(
            f"{path} says '{str(there)[:60]}', and this is another version. Read it "
            "with the one that made it."
        )
    has_macros = any(
        c.value == "JcmCheck" for (_, column), c in sheet.cells.items() if column == 1
    )
    rows, plan, submission = planned(keys, has_macros=has_macros)
    made = open_bytes(written(rows, plan, submission, has_macros=has_macros))
    return _Reading(path, package, grid, sheet, rows, made, has_macros).read()


def _value(sheet: Sheet, row: int, column: int) -> CellValue:
    cell = sheet.cells.get((row, column))
    return cell.value if cell else None


@dataclass
class _Reading:
    path: Path
    package: Package
    grid: Grid
    sheet: Sheet
    rows: PassportPlan
    made: Package
    has_macros: bool

    def read(self) -> PassportRead:
        facts = {name: _value(self.sheet, row, HERE)
                 for name, row in self.rows.facts.items()}  # fmt: skip
        program = saving_program(self.package, facts)
        tried = tuple(self._tried())
        template = read_grid(self.made)
        example, wrong = self._example(template)
        waiting = sum(one.found == WAITING for one in tried)
        faults = [*self._tampered(template), *wrong]
        if waiting or facts["calculated"] == WAITING:
            # A book that nobody calculated shows this alone: the rest would follow.
            faults = [f"it was not recalculated: {waiting} results are waiting"]
        else:
            faults += [*self._unlike(tried), *program.doubts]
        told = {**{n: str(v or "") for n, v in facts.items()}, **self._macro_facts()}
        return PassportRead(
            self.path.name, self.package.sha256, self.has_macros,
            SIMULATED in self.grid.properties, program, told, tried,
            tuple(self._buttons()), example, changes(self.made, self.package),
            tuple(faults),
        )  # fmt: skip

    # -- results ---------------------------------------------------------------------

    def _tried(self) -> Iterator[TriedHere]:
        version = next(r for r, t in self.rows.trials.items() if t.what == VERSION)
        there = str(_value(self.sheet, version, HERE)).startswith("jcm_xl")
        for row, trial in self.rows.trials.items():
            found = _value(self.sheet, row, HERE)
            yield TriedHere(row, trial, found, answer(trial, found, is_there=there))

    def _macro_facts(self) -> dict[str, str]:
        return {name: str(_value(self.sheet, row, HERE) or "")
                for name, row in self.rows.macro_facts.items()}  # fmt: skip

    def _buttons(self) -> Iterator[ButtonPressed]:
        for name, row in self.rows.buttons.items():
            words, outcome = (_value(self.sheet, row, c) for c in (HERE, ANSWER))
            yield ButtonPressed(name, str(outcome or ""), str(words or ""))

    # -- faults ----------------------------------------------------------------------

    def _tampered(self, template: Grid) -> Iterator[str]:
        """Yield where the file is another one than the passport that was made."""
        free = set(self.rows.open_cells())
        for name in (RESULTS, VALUES):
            ours, theirs = template.sheet(name), self.grid.sheet(name)
            if ours is None or theirs is None:
                yield f"the sheet '{name}' is gone"
                continue
            places = ours.cells.keys() | theirs.cells.keys()
            for at in sorted(places):
                is_free = name == RESULTS and at in free
                first, second = ours.cells.get(at), theirs.cells.get(at)
                if not _same(first, second, is_result=is_free):
                    yield (
                        f"{name}!{address(*at)} was changed: it holds "
                        f"{_told(second)}, made was {_told(first)}"
                    )
        if self.has_macros and "xl/vbaProject.bin" not in self.package:
            yield f"the macros ({MODULE}) are gone"

    def _unlike(self, tried: Iterable[TriedHere]) -> Iterator[str]:
        """Yield where the sheet's own judgements do not follow from its results."""
        for one in tried:
            told = _value(self.sheet, one.row, ANSWER)
            if told != one.answer:
                cell = address(one.row, ANSWER)
                yield f"{RESULTS}!{cell} says '{told}', its result is '{one.answer}'"
        for totals, row in self.rows.totals.items():
            counts = tally(o.answer for o in tried if o.trial.section is totals.section)
            words = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
            cell = f"{RESULTS}!{address(row, WHERE)}"
            if (told := _value(self.sheet, row, WHERE)) != words:
                yield f"{cell} says '{told}', there are {words}"

    def _example(self, template: Grid) -> tuple[tuple[int, int], list[str]]:
        """Compare the filled book within: formulas and what they give."""
        good = count = 0
        wrong = []
        for ours in template.sheets:
            if ours.name in (RESULTS, VALUES, *_OWN_SHEETS):
                continue
            theirs = self.grid.sheet(ours.name)
            if theirs is None:
                wrong.append(f"the sheet '{ours.name}' is gone")
                continue
            for at, cell in ours.cells.items():
                found = theirs.cells.get(at)
                if not _same(cell, found, is_result=cell.formula is not None):
                    place = f"{ours.name}!{address(*at)}"
                    wrong.append(f"{place} was changed: it holds {_told(found)}")
                elif cell.formula is not None:
                    count += 1
                    good += _same_value(cell.value, found.value if found else None)
        return (good, count), wrong


def _same(first: Cell | None, second: Cell | None, *, is_result: bool) -> bool:
    """Tell whether a cell is as it was made; of a result its formula alone."""
    first, second = _plain(first), _plain(second)
    a, b = (cell.formula if cell else None for cell in (first, second))
    if (a is None) != (b is None):
        return is_result and a is None and b is None
    if a is not None and b is not None:
        return same_formula(a, b)
    if is_result:
        return True
    return _same_value(first.value if first else None, second.value if second else None)


def _plain(cell: Cell | None) -> Cell | None:
    """Return a cell as Excel keeps it: LibreOffice makes a formula of a truth value."""
    if cell is None or cell.formula not in ("TRUE()", "FALSE()"):
        return cell
    return Cell(cell.formula == "TRUE()")


def _same_value(first: CellValue, second: CellValue) -> bool:
    if isinstance(first, CellError) and isinstance(second, CellError):
        return first.code == second.code
    numbers = (int, float)
    if isinstance(first, numbers) and isinstance(second, numbers):
        return same_number(float(first), float(second))
    return (first or "") == (second or "")


def _told(cell: Cell | None) -> str:
    if cell is None:
        return "nothing"
    return f"={cell.formula[:80]}" if cell.formula else f"'{str(cell.value)[:80]}'"
