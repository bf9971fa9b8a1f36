"""What the passport tries: one formula each, what it reads, what it has to give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from jcm_xl.model.tolerance import REL_TOL, same_number
from jcm_xl.xlsx.grid import CellError, CellValue, column_letters

RESULTS, VALUES = "Passport", "Passport values"
"""The sheet of the results, and the one of cells that formulas read from elsewhere."""
WAITING = "not calculated"
"""What stands in a result until a program calculates it."""
EQUAL, DIFFERS, ABSENT, SEEN = "equal", "differs", "not available", "seen"

REFERENCE = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>'(?:[^']|'')+'!|[A-Za-z_][\w.]*!)?
    (?P<first>\$?[A-Z]{1,3}\$?[1-9][0-9]*)(?::(?P<last>\$?[A-Z]{1,3}\$?[1-9][0-9]*))?
    (?![\w(!.])
  | (?<![\w.$])(?P<number>[0-9]+(?:\.[0-9]+)?(?:[Ee][+-]?[0-9]+)?)
    """,
    re.VERBOSE,
)
"""A text, a reference or a number of a formula that we wrote."""


class TrialKind(StrEnum):
    """The parts of the passport; the value is the heading."""

    EDGES = "Rounding edges"
    FUNCTIONS = "Live functions"
    FORMULAS = "Formulas of the library's books"


ValueBlock: TypeAlias = tuple[tuple[CellValue, ...], ...]
"""The values of cells that a formula reads, row by row."""


class ReadBlock(NamedTuple):
    """The cells that a reference reads; `is_local`: of the formula's own sheet.

    place: where they stood, so that what two formulas read is written once.
    """

    place: tuple[str, str]
    block: ValueBlock
    is_local: bool


class ReferenceAt(NamedTuple):
    """A reference within a formula: what it reads, and where it has dollar signs.

    dollars: before column and row of the first cell, and of the last one of a range.
    """

    read: ReadBlock
    dollars: tuple[str, ...]

    def written(self, sheet: str, row: int, column: int) -> str:
        """Return it for a block that stands there (row and column from 1)."""
        tall, wide = len(self.read.block), len(self.read.block[0])
        ends = [(row, column), (row + tall - 1, column + wide - 1)]
        words = []
        for at in range(len(self.dollars) // 2):
            first, second = self.dollars[2 * at : 2 * at + 2]
            letters = column_letters(ends[at][1])
            words.append(f"{first}{letters}{second}{ends[at][0]}")
        return sheet + ":".join(words)


class Trial(NamedTuple):
    """One formula that is tried.

    pieces:   the formula, with references between its texts.
    expected: what it gives; `None` where programs differ and nobody knows.
    """

    section: TrialKind
    what: str
    where: str
    pieces: tuple[str | ReferenceAt, ...]
    expected: CellValue
    is_array: bool = False

    @property
    def reads(self) -> tuple[ReadBlock, ...]:
        """Return what it reads."""
        return tuple(p.read for p in self.pieces if isinstance(p, ReferenceAt))


def answer(trial: Trial, found: CellValue, *, is_there: bool = True) -> str:
    """Judge what a program gave, as the sheet's own formula does."""
    expected = trial.expected
    if trial.section is TrialKind.FUNCTIONS and not is_there:
        return ABSENT
    if found == WAITING:
        return WAITING
    if expected is None:
        return SEEN
    if isinstance(expected, CellError):
        if not isinstance(found, CellError):
            return DIFFERS
        return EQUAL if (found.code == "#N/A") == (expected.code == "#N/A") else DIFFERS
    if isinstance(found, CellError) or found is None:
        return EQUAL if expected == "" and found is None else DIFFERS
    if isinstance(expected, str) or isinstance(found, str):
        return EQUAL if expected == found else DIFFERS
    numbers = float(expected), float(found)
    if trial.section is TrialKind.EDGES:
        shown = {f"{number + 0.0:.15g}" for number in numbers}
        return EQUAL if len(shown) == 1 else DIFFERS
    return EQUAL if same_number(*numbers) else DIFFERS


def answer_formula(trial: Trial, wanted: str, given: str, version: str) -> str:
    """Return the sheet's own judgement, without the equals sign."""
    expected = trial.expected
    if expected is None:
        said = f'"{SEEN}"'
    elif isinstance(expected, CellError):
        asked = "ISNA" if expected.code == "#N/A" else "ISERR"
        said = _if(f"{asked}({given})")
    elif isinstance(expected, str):
        said = f'IF(ISTEXT({given}),{_if(f"EXACT({given},{wanted})")},"{DIFFERS}")'
    elif isinstance(expected, bool) or trial.section is TrialKind.EDGES:
        said = f'IF(ISERROR({given}),"{DIFFERS}",{_if(f"{given}={wanted}")})'
    else:
        size = f"{REL_TOL:E}*(1+ABS({wanted}))"
        said = (
            f'IF(ISNUMBER({given}),{_if(f"ABS({given}-{wanted})<={size}")},"{DIFFERS}")'
        )
    if trial.section is TrialKind.FUNCTIONS:
        there = f'IF(ISERROR({version}),FALSE,LEFT({version},6)="jcm_xl")'
        said = f'IF({there},{said},"{ABSENT}")'
    return said


def _if(condition: str) -> str:
    return f'IF({condition},"{EQUAL}","{DIFFERS}")'


def tally(answers: Iterable[str]) -> Mapping[str, int]:
    """Count the answers."""
    found = dict.fromkeys((EQUAL, DIFFERS, ABSENT, SEEN, WAITING), 0)
    for one in answers:
        found[one] += 1
    return found
