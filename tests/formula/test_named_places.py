"""Names of single cells and ranges are read as their places."""

from __future__ import annotations

import pytest

from jcm_xl.formula.named_places import NamedPlaces
from jcm_xl.formula.second_engine import evaluate
from jcm_xl.xlsx.grid import Cell, Grid, Sheet

NAMES = {
    "EC": "'A B'!$B$2", "list": "=Data!$A$1:$A$3", "moving": "Data!A1",
    "sum": "SUM(Data!$A$1:$A$3)", "Data!own": "Data!$C$3", "own": "Data!$C$4",
}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("ec*2", "'A B'!$B$2*2"),
        ("SUM(List)+EC", "SUM(Data!$A$1:$A$3)+'A B'!$B$2"),
        ('IF(A1="EC",EC,ec_2)', "IF(A1=\"EC\",'A B'!$B$2,ec_2)"),
        ("'EC'!B2+EC!B3", "'EC'!B2+EC!B3"),
        ("moving+sum", "moving+sum"),
        ("own", "Data!$C$3"),
    ],
)
def test_a_name_is_its_place_and_nothing_else_is(formula: str, expected: str) -> None:
    assert NamedPlaces(Grid((), names=NAMES)).spelt_out(formula, "data") == expected


def test_the_name_of_another_sheet_is_not_its_own() -> None:
    names = NamedPlaces(Grid((), names=NAMES))
    assert names.spelt_out("own", "a b") == "Data!$C$4"


def test_the_second_engine_follows_names() -> None:
    cells = {(1, 1): Cell(3.0), (2, 1): Cell(4.0), (3, 1): Cell(5.0),
             (4, 1): Cell(None, "SUM(list)*2")}  # fmt: skip
    grid = Grid((Sheet("Data", cells=cells),), names=NAMES)
    answer = evaluate(grid, [("Data", 4, 1)])["Data", 4, 1]
    assert (answer.value, answer.reason) == (24.0, "")
