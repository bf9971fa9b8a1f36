"""Equality proved by calculation, where reading the formulas says nothing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jcm_xl.adopt.adoption import adopt
from jcm_xl.adopt.prove import Proof
from jcm_xl.xlsx.grid import Grid
from tests.adopt.books import changed
from tests.adopt.test_differences import CALC, INPUT, official

FILLS = 30


def proof(key: str, *changes: tuple[str, str]) -> Proof:
    """Return the proof of a blank with other formulas in some cells."""
    m, grid = official(key)
    for place, formula in changes:
        grid = changed(grid, place, 0.0, formula)
    return adopt(grid, m, fills=FILLS).proof


def test_every_limit_and_choice_is_among_the_fills() -> None:
    found = proof("ID_AM002@2.0")
    assert (found.is_equal, found.engine.split()[0]) == (True, "IronCalc")
    assert found.fills > FILLS  # each choice, each limit and one step beside it


def test_the_smallest_fill_that_differs_is_printed() -> None:
    found = proof("TH_AM001@3.0", (f"{CALC}!G6", "G12-G15+1"))
    assert not found.is_equal
    assert found.cell.startswith(f"{CALC}!G6")
    assert "ER_p ours " in found.counterexample


@pytest.mark.parametrize(
    ("place", "formula"),
    [
        (f"{CALC}!J43", "IF($C43=0,\"\",INDEX($G$34:$G$37,MATCH(E43,$E$34:$E$37,1)))"),
        (f"{CALC}!L44", "IF($C44=0,\"\",IF(D44>40000,NA(),D44*G19))"),
    ],
)  # fmt: skip
def test_a_guard_that_hides_a_change_is_found(place: str, formula: str) -> None:
    m, grid = official("ID_AM002@2.0")
    found = adopt(changed(grid, place, 0.0, formula), m, fills=FILLS)
    assert not found.proof.is_equal
    assert not found.is_same


def test_what_iron_calc_cannot_calculate_we_calculate() -> None:
    found = proof("TH_AM001@3.0", (f"{INPUT}!E19", f"FLOOR('{CALC}'!G6,1)"))
    assert found.is_equal
    assert found.engine.startswith("our own evaluation")


def test_a_workbook_without_a_cell_for_an_input_has_no_proof() -> None:
    m, grid = official("ID_AM002@2.0")
    found = adopt(_without_row(grid, 20), m, fills=FILLS).proof
    assert str(found) == "no proof: the workbook has no cell for EF_grid"


def _without_row(grid: Grid, row: int) -> Grid:
    sheets = [
        replace(s, cells={at: c for at, c in s.cells.items() if at[0] != row})
        if s.name in (INPUT, "MRS(input)")
        else s
        for s in grid.sheets
    ]
    return replace(grid, sheets=tuple(sheets))
