"""Where everything stands on the sheet of the passport; the same for writer and reader.

Below the results stand the cells that formulas read from their own sheet; what they
read from another one stands on a sheet of its own. What two of them read is there once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from jcm_xl.dataclass import dataclass
from jcm_xl.formula.evaluation.book import evaluate_cells
from jcm_xl.formula.evaluation.why import Obstacle
from jcm_xl.hosts.passport.trial import (
    RESULTS,
    VALUES,
    ReadBlock,
    ReferenceAt,
    Trial,
    TrialKind,
)
from jcm_xl.xlsx.grid import Cell, Grid, Sheet

COLUMNS = (6.0, 34.0, 40.0, 60.0, 22.0, 22.0, 16.0)
"""Widths of number, what, where, formula, expected, here, answer."""
NUMBER, WHAT, WHERE, FORMULA, EXPECTED, HERE, ANSWER = range(1, 8)

FACTS: Mapping[str, tuple[str, str]] = {
    "release": ("Version, as the program says it", 'INFO("release")'),
    "system": ("System; Excel adds 32-bit or 64-bit", 'INFO("osversion")'),
    "truth": ("Language: TRUE as a text", '(1=1)&""'),
    "month": ("Language: the first month", 'TEXT(41275,"mmmm")'),
    "year": ("Language: the letters of a year", 'TEXT(41275,"yyyy")'),
    "decimal": ("Decimal sign: 1.5 as a text", '1.5&""'),
    "recalculation": ("How it recalculates", 'INFO("recalc")'),
    "calculated": ("Calculated at", "NOW()"),
}
"""What native formulas tell of the program: the words for it, the formula."""

MACRO_FACTS: Mapping[str, str] = {
    "Version": "Excel's version",
    "Build": "Excel's build",
    "CalculationVersion": "Its calculation engine",
    "Bitness": "Bits of Excel",
    "OperatingSystem": "System",
    "Language": "Language of the surface, by number",
    "Country": "Country of the version, by number",
    "CountrySetting": "Country of the computer, by number",
    "DecimalSeparator": "Decimal sign",
    "ListSeparator": "List sign",
    "RunAt": "The macro ran at",
}
"""What the macro writes of Excel, by the name that it knows."""
_TITLE_ROWS = 8


@dataclass(frozen=True, slots=True)
class SectionRows:
    """The rows of one section."""

    section: TrialKind
    first: int
    last: int

    @property
    def count(self) -> int:
        """Return how many there are."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class PassportPlan:
    """Every row and cell of the passport.

    buttons:  macro -> its row. facts, macro_facts: name -> row. trials: row -> trial.
    places:   block -> sheet, row and column of its first cell.
    """

    facts: Mapping[str, int]
    totals: Mapping[SectionRows, int]
    macro_facts: Mapping[str, int]
    buttons: Mapping[str, int]
    trials: Mapping[int, Trial]
    places: Mapping[ReadBlock, tuple[str, int, int]]
    headings: Mapping[int, str] = field(default_factory=dict)

    def open_cells(self) -> Iterator[tuple[int, int]]:
        """Yield the cells that a program, a macro or a button fills."""
        yield from ((row, HERE) for row in self.facts.values())
        for row in self.totals.values():
            yield from ((row, WHERE), (row, ANSWER))
        for row in (*self.macro_facts.values(), *self.buttons.values()):
            yield from ((row, column) for column in range(WHERE, ANSWER + 1))
        for row in self.trials:
            yield from ((row, HERE), (row, ANSWER))

    def settled(self) -> PassportPlan:
        """Expect nothing where the value depends on language or program.

        Our own evaluation of formulas knows that; such a line is noted only.
        """
        found = evaluate_cells(self._grid(), [(RESULTS, r, HERE) for r in self.trials])
        trials = {
            row: trial._replace(expected=None)
            if told.obstacle is Obstacle.CHANGES
            else trial
            for (row, trial), told in zip(
                self.trials.items(), found.values(), strict=True
            )
        }
        return replace(self, trials=trials)

    def _grid(self) -> Grid:
        cells: dict[str, dict[tuple[int, int], Cell]] = {RESULTS: {}, VALUES: {}}
        for read, (sheet, top, left) in self.places.items():
            for down, values in enumerate(read.block):
                for right, value in enumerate(values):
                    if value is not None:
                        cells[sheet][top + down, left + right] = Cell(value)
        for row, trial in self.trials.items():
            cells[RESULTS][row, HERE] = Cell(None, self.formula(trial))
        return Grid(tuple(Sheet(name, cells=own) for name, own in cells.items()))

    def formula(self, trial: Trial) -> str:
        """Return a trial's formula without the equals sign, as it stands here."""
        return "".join(self._piece(piece) for piece in trial.pieces)

    def _piece(self, piece: str | ReferenceAt) -> str:
        if isinstance(piece, str):
            return piece
        sheet, row, column = self.places[piece.read]
        return piece.written("" if sheet == RESULTS else f"'{sheet}'!", row, column)


def laid_out(trials: Iterable[Trial], buttons: Iterable[str]) -> PassportPlan:
    """Give each row and each block its place."""
    trials, pressed = tuple(trials), tuple(buttons)
    row, headings = _TITLE_ROWS, {_TITLE_ROWS: "The program"}
    facts = {name: row + n for n, name in enumerate(FACTS, 1)}
    row += len(FACTS) + 1
    macro_facts = {name: row + n for n, name in enumerate(MACRO_FACTS) if pressed}
    row += len(macro_facts) + 1
    headings[row] = "Results"
    sums, row = row + 1, row + 2 + len(TrialKind)
    press = {name: row + n for n, name in enumerate(pressed, 1)}
    if press:
        headings[row] = "Buttons"
        row += len(press) + 2
    rows: dict[int, Trial] = {}
    totals: dict[SectionRows, int] = {}
    for number, section in enumerate(TrialKind):
        own = [trial for trial in trials if trial.section is section]
        headings[row] = section
        rows |= {row + n: trial for n, trial in enumerate(own, 1)}
        totals[SectionRows(section, row + 1, row + len(own))] = sums + number
        row += len(own) + 2
    headings[row] = "Cells that the formulas above read"
    blocks = [read for trial in trials for read in trial.reads]
    places = dict(_places(dict.fromkeys(blocks), row + 1))
    return PassportPlan(facts, totals, macro_facts, press, rows, places, headings)


def _places(
    blocks: Iterable[ReadBlock], first: int
) -> Iterator[tuple[ReadBlock, tuple[str, int, int]]]:
    rows = {RESULTS: first, VALUES: 2}
    for block in blocks:
        sheet = RESULTS if block.is_local else VALUES
        yield block, (sheet, rows[sheet], WHAT)
        rows[sheet] += len(block.block) + 1
