"""Which rules of conditional formatting are in effect on a cell, if it can be told.

A rule is asked as a formula, of our own evaluator: once with the results that the file
stores, as a program shows it that does not calculate, and once calculated anew. It is
in effect where one of them says so, and certainly where both do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from jcm_xl.formula.evaluation.book import BookValues, Evaluated
from jcm_xl.formula.evaluation.habits import OTHERS, Habits
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import CellError, Grid, Position, Sheet, address, parse_range
from jcm_xl.xlsx.sheet_look import Condition

_NEVER = frozenset(("containsErrors", "containsBlanks"))
"""Rules for cells in which nothing stands that could be hidden."""
_ALWAYS = frozenset(("dataBar", "iconSet", "colorScale"))
_OF_NOTHING = late_pattern(
    r"(?:ISERROR|ISERR|ISNA|ISBLANK)\(\$?[A-Z]{1,3}\$?\d{1,7}\)", re.IGNORECASE
)
_OPERATORS = {
    "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">",
    "greaterThanOrEqual": ">=", "equal": "=", "notEqual": "<>",
}  # fmt: skip
_Area = tuple[int, int, int, int]


class Effect(IntEnum):
    """Whether a rule is in effect on a cell: where nobody can tell, it may be."""

    NONE = 0
    POSSIBLE = 1
    CERTAIN = 2


class _Rule(NamedTuple):
    """A rule with its ranges, and what it asks, as formulas of its first cell.

    areas:  None where the ranges cannot be read: it may be in effect everywhere.
    asked:  a first cell and a formula as seen from it; none where no formula says it: a
            rank, an average, a period of days. Of several ranges the first cell is that
            of the first one, or of all together, as the program takes it.
    """

    condition: Condition
    areas: tuple[_Area, ...] | None
    asked: tuple[tuple[Position, str], ...]


def may_hide(rule: Condition) -> bool:
    """Tell whether a rule can be in effect on a cell that holds something."""
    if rule.type in _NEVER:
        return False
    formulas = rule.formulas
    is_of_nothing = len(formulas) == 1 and _OF_NOTHING.fullmatch(formulas[0].strip())
    return not (rule.type == "expression" and is_of_nothing)


class SheetRules:
    """The rules of one sheet, the strongest first."""

    def __init__(self, grid: Grid, sheet: Sheet, rules: Sequence[Condition]) -> None:
        """Take the rules that matter, and the book that they read."""
        self._sheet = sheet.name
        ordered = sorted(rules, key=lambda rule: rule.priority)
        self._rules = [_ready(rule) for rule in ordered]
        self._grid = grid
        self._columns: dict[int, tuple[_Rule, ...]] = {}

    @cached_property
    def _books(self) -> tuple[_Readings, ...]:
        return _Readings(self._grid), _Readings(_as_stored(self._grid))

    def over(self, place: Position) -> tuple[Condition, ...]:
        """Return the rules that lie over a cell, in effect or not."""
        near = self._near(place[1])
        return tuple(rule.condition for rule in near if _lies_over(rule, place))

    def _near(self, column: int) -> tuple[_Rule, ...]:
        """Return the rules that lie over a cell of a column."""
        if column not in self._columns:
            self._columns[column] = tuple(
                rule
                for rule in self._rules
                if rule.areas is None
                or any(left <= column <= right for _, left, _, right in rule.areas)
            )
        return self._columns[column]

    def of(self, place: Position) -> list[tuple[Condition, bool]]:
        """Return the rules in effect on a cell, and whether that is certain."""
        near = self._near(place[1])
        effects = ((rule.condition, self._effect(rule, place)) for rule in near)
        return [
            (condition, effect is Effect.CERTAIN)
            for condition, effect in effects
            if effect
        ]

    def _effect(self, rule: _Rule, place: Position) -> Effect:
        if not _lies_over(rule, place):
            return Effect.NONE
        if rule.areas is None:
            return Effect.POSSIBLE
        if rule.condition.type in _ALWAYS:
            return Effect.CERTAIN
        if not rule.asked:
            return Effect.POSSIBLE
        effects = {
            _effect(answer)
            for book in self._books
            for first, formula in rule.asked
            for answer in book.asked(formula, (self._sheet, *first), place)
        }
        return effects.pop() if len(effects) == 1 else Effect.POSSIBLE


def _lies_over(rule: _Rule, place: Position) -> bool:
    if rule.areas is None:
        return True
    row, column = place
    return any(a <= row <= c and b <= column <= d for a, b, c, d in rule.areas)


class _Readings:
    """A book as the programs read it that differ in what was asked."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._usual = Habits()
        self._books = {"": BookValues(grid, self._usual, limits.EVALUATION_WORK)}

    def asked(
        self, formula: str, written_at: tuple[str, int, int], place: Position
    ) -> list[Evaluated]:
        answers = [self._books[""].asked(formula, written_at, place)]
        for difference in sorted(self._usual.met):
            if difference not in self._books:
                habits = OTHERS[difference]()
                self._books[difference] = BookValues(
                    self._grid, habits, limits.EVALUATION_WORK
                )
            answers.append(self._books[difference].asked(formula, written_at, place))
        return answers


def _effect(answer: Evaluated) -> Effect:
    value = answer.value
    if answer.obstacle is not None or isinstance(value, str):
        return Effect.POSSIBLE
    if value is None or isinstance(value, CellError):
        return Effect.NONE
    return Effect.CERTAIN if value else Effect.NONE


def _as_stored(grid: Grid) -> Grid:
    """Return a book in which the stored results stand as if they were typed."""
    sheets = tuple(
        replace(
            sheet,
            cells={at: cell._replace(formula=None) for at, cell in sheet.cells.items()},
        )
        for sheet in grid.sheets
    )
    return replace(grid, sheets=sheets)


# -- what a rule asks --------------------------------------------------------------


def _ready(rule: Condition) -> _Rule:
    areas = _areas(rule.ranges)
    if areas is None:
        return _Rule(rule, None, ())
    whole = min(area[0] for area in areas), min(area[1] for area in areas)
    firsts = dict.fromkeys((areas[0][:2], whole))
    asked = (
        (first, formula)
        for first in firsts
        for formula in _asked(rule, address(*first))
    )
    return _Rule(rule, areas, tuple(asked))


def _asked(rule: Condition, cell: str) -> tuple[str, ...]:
    """Return what a rule asks of its first cell, as formulas; none for other kinds.

    A rule for words states them twice, as a text and as a formula.
    """
    formulas = tuple(formula.strip().removeprefix("=") for formula in rule.formulas)
    if rule.type == "cellIs":
        return _compared(rule.operator, cell, formulas)
    if rule.type == "expression":
        return formulas
    if make := _WORDS.get(rule.type):
        return (make(cell, rule.text), *formulas)
    return ()


def _compared(operator: str, cell: str, formulas: Sequence[str]) -> tuple[str, ...]:
    if operator in _OPERATORS and len(formulas) == 1:
        return (f"{cell}{_OPERATORS[operator]}({formulas[0]})",)
    if operator in ("between", "notBetween") and len(formulas) == 2:
        a, b = (f"({formula})" for formula in formulas)
        within = f"OR(AND({cell}>={a},{cell}<={b}),AND({cell}>={b},{cell}<={a}))"
        return (within if operator == "between" else f"NOT({within})",)
    return ()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


_WORDS: Mapping[str, Callable[[str, str], str]] = {
    "notContainsErrors": lambda cell, _: f"NOT(ISERROR({cell}))",
    "notContainsBlanks": lambda cell, _: f"LEN(TRIM({cell}))>0",
    "containsText": lambda cell, t: f"NOT(ISERROR(SEARCH({_quoted(t)},{cell})))",
    "notContainsText": lambda cell, t: f"ISERROR(SEARCH({_quoted(t)},{cell}))",
    "beginsWith": lambda cell, t: f"LEFT({cell},{len(t)})={_quoted(t)}",
    "endsWith": lambda cell, t: f"RIGHT({cell},{len(t)})={_quoted(t)}",
}


def _areas(ranges: str) -> tuple[_Area, ...] | None:
    try:
        return tuple(parse_range(text) for text in ranges.split()) or None
    except ValueError:
        return None
