"""When a rule of conditional formatting is in effect: as LibreOffice prints it.

The page of LibreOffice 7.4 was asked about each of these conditions. Where the two
differ, a program that is not at hand may follow the formula: it counts as in effect.
"""

from __future__ import annotations

import pytest

from jcm_xl.checks.structure.rules import SheetRules
from jcm_xl.xlsx.grid import Cell, Grid, Sheet, parse_address
from jcm_xl.xlsx.sheet_look import Condition

CELLS = {
    "B2": Cell(1151.0), "B3": Cell(20.0), "C2": Cell("unit"), "D2": Cell(7.0, "2*3"),
}  # fmt: skip
SURE, MAYBE, NEVER = True, None, False


def effect(condition: Condition, place: str = "B2") -> bool | None:
    sheet = Sheet("S", cells={parse_address(at): cell for at, cell in CELLS.items()})
    found = SheetRules(Grid((sheet,)), sheet, [condition]).of(parse_address(place))
    if not found:
        return NEVER
    return SURE if found[0][1] else MAYBE


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("B2>1000", SURE),
        ("$B$2=1152", NEVER),
        ("LEN(B2)=4", SURE),
        ("SUM($B$2:$B$3)=1171", SURE),
        ("S!B3=20", SURE),
        ("IFERROR(1/0,1)", SURE),
        ("1/0", NEVER),
        ("-B2", SURE),
        ("0", NEVER),
        ('E2<>""', NEVER),
        ("ISBLANK(E2)", SURE),
        ('COUNTIF($B$2:$B$3,">1000")=1', SURE),
        ("MATCH(5,$B$2:$B$3,0)", NEVER),
        ("SUMPRODUCT(($B$2:$B$3>0)*1)=2", SURE),
        ('EXACT("a","A")', NEVER),
        ("TRUE=1", MAYBE),
        ('"a"', MAYBE),
        ("NOW()>0", MAYBE),
        ('INDIRECT("B2")=1151', MAYBE),
        ("LAMBDA(x,x)(1)", MAYBE),
        ("D2=7", MAYBE),  # as stored
        ("D2=6", MAYBE),  # as calculated
        ("D2>5", SURE),
    ],
)
def test_a_condition_is_evaluated(formula: str, expected: bool | None) -> None:
    assert effect(Condition("B2", "expression", "", (formula,), 1)) is expected


@pytest.mark.parametrize(
    ("kind", "operator", "formulas", "text", "expected"),
    [
        ("cellIs", "equal", ("1151",), "", SURE),
        ("cellIs", "between", ("2000", "1"), "", SURE),
        ("cellIs", "notBetween", ("1", "2"), "", SURE),
        ("cellIs", "greaterThan", ('"a"',), "", NEVER),
        ("cellIs", "equal", ("1", "2"), "", MAYBE),
        ("containsText", "containsText", (), "15", SURE),
        ("notContainsText", "notContains", (), "15", NEVER),
        ("beginsWith", "beginsWith", (), "11", SURE),
        ("endsWith", "endsWith", ("FALSE",), "1", MAYBE),
        ("notContainsBlanks", "", (), "", SURE),
        ("top10", "", (), "", MAYBE),
        ("dataBar", "", (), "", SURE),
    ],
)
def test_other_kinds_ask_the_same_way(
    kind: str,
    operator: str,
    formulas: tuple[str, ...],
    text: str,
    expected: bool | None,
) -> None:
    condition = Condition("B2", kind, operator, formulas, 1, text=text)
    assert effect(condition) is expected


def test_a_rule_is_seen_from_the_first_cell_of_its_ranges() -> None:
    one = Condition("B2:B3", "expression", "", ("B2=20",), 1)
    assert [effect(one, place) for place in ("B2", "B3", "C2")] == [NEVER, SURE, NEVER]
    several = Condition("B3 A1", "expression", "", ("A1=20",), 1)
    assert effect(several, "B3") is MAYBE, "programs count from other cells"
    assert effect(Condition("B:B", "expression", "", ("FALSE",), 1)) is MAYBE
