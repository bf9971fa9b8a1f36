"""Which rules of conditional formatting are in effect on a cell, if it can be told."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from jcm_xl.model.shown import shown
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import CellValue, Position, Sheet, parse_address, parse_range
from jcm_xl.xlsx.sheet_look import Condition

_NEVER = frozenset(("containsErrors", "containsBlanks"))
"""Rules for cells in which nothing stands that could be hidden."""
_OF_NOTHING = late_pattern(
    r"(?:ISERROR|ISERR|ISNA|ISBLANK)\(\$?[A-Z]{1,3}\$?\d{1,7}\)", re.IGNORECASE
)
_PLACE = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_CONSTANT = (
    r'-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?|"(?:[^"]|"")*"|TRUE(?:\(\))?|FALSE(?:\(\))?'
)
_TERM = late_pattern(rf"(?P<place>{_PLACE})|(?P<constant>{_CONSTANT})", re.IGNORECASE)
_COMPARED = late_pattern(
    rf"(?P<left>{_PLACE}|{_CONSTANT})\s*(?P<sign><=|>=|<>|<|>|=)"
    rf"\s*(?P<right>{_PLACE}|{_CONSTANT})",
    re.IGNORECASE,
)
_ASKED = late_pattern(
    rf"(?P<word>ISNUMBER|ISTEXT)\((?P<place>{_PLACE})\)", re.IGNORECASE
)
_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_OPERATORS = {
    "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">",
    "greaterThanOrEqual": ">=", "equal": "=", "notEqual": "<>",
}  # fmt: skip
_Area = tuple[int, int, int, int]


class _Unknown(Exception):
    """Nobody can tell without calculating the sheet."""


class _Rule(NamedTuple):
    condition: Condition
    areas: tuple[_Area, ...] | None
    """None where the ranges cannot be read: it is taken to be in effect everywhere."""


def may_hide(rule: Condition) -> bool:
    """Tell whether a rule can be in effect on a cell that holds something."""
    if rule.type in _NEVER:
        return False
    formulas = rule.formulas
    is_of_nothing = len(formulas) == 1 and _OF_NOTHING.fullmatch(formulas[0])
    return not (rule.type == "expression" and is_of_nothing)


class SheetRules:
    """The rules of one sheet, the strongest first."""

    def __init__(self, sheet: Sheet, rules: Sequence[Condition]) -> None:
        """Take the rules that matter, with the cells that they read."""
        self._cells = sheet.cells
        ordered = sorted(rules, key=lambda rule: rule.priority)
        self._rules = [_Rule(rule, _areas(rule.ranges)) for rule in ordered]

    def of(self, place: Position, value: CellValue) -> list[tuple[Condition, bool]]:
        """Return the rules in effect on a cell, and whether that is certain."""
        found = []
        for condition, areas in self._rules:
            first = _first(areas, place)
            if first is None:
                continue
            try:
                is_met = self._is_met(condition, place, first, value)
            except (_Unknown, TypeError, ValueError):
                found.append((condition, False))
                continue
            if is_met:
                found.append((condition, True))
        return found

    def _is_met(
        self, rule: Condition, place: Position, first: Position, value: CellValue
    ) -> bool:
        shift = place[0] - first[0], place[1] - first[1]
        match rule.type:
            case "dataBar" | "iconSet" | "colorScale" | "notContainsErrors":
                return True
            case "notContainsBlanks":
                return bool(shown(value).strip())
            case "cellIs" if rule.operator in _OPERATORS:
                other = self._term(_only(rule.formulas), shift)
                return _compared(value, _OPERATORS[rule.operator], other)
            case "cellIs" if rule.operator in ("between", "notBetween"):
                low, high = (self._term(formula, shift) for formula in rule.formulas)
                is_within = _compared(value, ">=", low) and _compared(value, "<=", high)
                return is_within is (rule.operator == "between")
            case "expression":
                return self._holds(_only(rule.formulas), shift)
        raise _Unknown

    def _holds(self, formula: str, shift: Position) -> bool:
        plain = formula.strip()
        if found := _COMPARED.fullmatch(plain):
            left, right = (self._term(found[side], shift) for side in ("left", "right"))
            return _compared(left, found["sign"], right)
        if found := _ASKED.fullmatch(plain):
            value = self._term(found["place"], shift)
            wanted = float if found["word"].upper() == "ISNUMBER" else str
            return type(value) is wanted
        value = self._term(plain, shift)
        if isinstance(value, str):
            raise _Unknown
        return bool(value)

    def _term(self, text: str, shift: Position) -> CellValue:
        """Return the value of a constant or of a cell, moved as the rule is."""
        found = _TERM.fullmatch(text.strip())
        if found is None:
            raise _Unknown
        if place := found["place"]:
            return self._at(place, shift)
        constant = found["constant"]
        if constant.startswith('"'):
            return constant[1:-1].replace('""', '"')
        if constant[0] in "TtFf":
            return constant[0] in "Tt"
        return float(constant)

    def _at(self, place: str, shift: Position) -> CellValue:
        row, column = parse_address(place)
        is_fixed = re.fullmatch(r"(\$?)[A-Za-z]+(\$?)\d+", place)
        assert is_fixed
        row += 0 if is_fixed[2] else shift[0]
        column += 0 if is_fixed[1] else shift[1]
        cell = self._cells.get((row, column))
        return cell.value if cell else None


def _only(formulas: Sequence[str]) -> str:
    if len(formulas) != 1:
        raise _Unknown
    return formulas[0]


def _compared(left: CellValue, sign: str, right: CellValue) -> bool:
    """Compare as a spreadsheet does: texts stand above all numbers."""
    if isinstance(left, str) != isinstance(right, str):
        if left is None or right is None:
            left, right = left or "", right or ""
        else:
            ranks = (float(isinstance(left, str)), float(isinstance(right, str)))
            return _SIGNS[sign](*ranks)
    if isinstance(left, str) and isinstance(right, str):
        return _SIGNS[sign](left.casefold(), right.casefold())
    if not all(isinstance(side, float | bool | None) for side in (left, right)):
        raise _Unknown
    return _SIGNS[sign](left or 0.0, right or 0.0)


def _areas(ranges: str) -> tuple[_Area, ...] | None:
    try:
        return tuple(parse_range(text) for text in ranges.split()) or None
    except ValueError:
        return None


def _first(areas: tuple[_Area, ...] | None, place: Position) -> Position | None:
    """Return the cell that the formulas of a rule count from, if it is for a place."""
    if areas is None:
        return place
    if any(a <= place[0] <= c and b <= place[1] <= d for a, b, c, d in areas):
        return min(area[0] for area in areas), min(area[1] for area in areas)
    return None
