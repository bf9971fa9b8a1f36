"""Equality proved by calculation, where reading the formulas says nothing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jcm_xl.adopt.adoption import adopt
from jcm_xl.adopt.prove import Proof
from jcm_xl.model.key import Key
from tests.adopt.books import altered, official, place, plan_of

KEY, SINGLE = "EX_AM902", "MM_AM005@1.0"
FILLS = 30


def proof(key: str, contents: dict[str, object] | None = None) -> Proof:
    """Return the proof of a blank with other formulas in some cells."""
    m, grid = official(key)
    return adopt(altered(key, grid, contents or {}), m, fills=FILLS).proof


def test_every_limit_and_choice_is_among_the_fills() -> None:
    found = proof(KEY)
    assert (found.is_equal, found.engine.split()[0]) == (True, "IronCalc")
    assert found.fills >= FILLS


def test_the_smallest_fill_that_differs_is_printed() -> None:
    found = proof(SINGLE, {"mps.quantity:PE_p": 1})
    assert not found.is_equal
    assert found.cell == place(SINGLE, "mps.quantity:PE_p")
    assert "PE_p ours 0, official 1" in found.counterexample


@pytest.mark.parametrize(
    ("key", "guard"),
    [
        ("mps.quantity:PE_i_p[2]", "IF({0}>500,NA(),{0}*«mps.repeat:EF_elec@2»)"),
        ("mps.quantity:COP_RE_i[1]",
         "INDEX(«mps.table:COP_RE_by_class[0].value|fixed»:"
         "«mps.table:COP_RE_by_class[2].value|fixed»,MATCH(«mps.repeat:CC_i[1]»,"
         "«mps.table:COP_RE_by_class[0].from|fixed»:"
         "«mps.table:COP_RE_by_class[2].from|fixed»,1))"),
    ],
)  # fmt: skip
def test_a_guard_that_hides_a_change_is_found(key: str, guard: str) -> None:
    used = "«mps.used:i[{}]»".format(2 if "[2]" in key else 1)
    formula = guard.format("«mps.repeat:EC_PJ_i_p[2]»")
    m, grid = official(KEY)
    other = altered(KEY, grid, {key: f'=IF({used}=0,"",{formula})'})
    found = adopt(other, m, fills=FILLS)
    assert not found.proof.is_equal
    assert not found.is_same


@pytest.mark.slow
def test_what_iron_calc_cannot_calculate_we_calculate() -> None:
    found = proof(SINGLE, {"mps.result": "=FLOOR(«mps.quantity:ER_p»,1)"})
    assert found.engine.startswith("our own evaluation")
    assert found.is_equal


@pytest.mark.slow
def test_a_workbook_without_a_cell_for_an_input_has_no_proof() -> None:
    m, grid = official(SINGLE)
    rows = {
        slot.sheet: slot.row
        for stage in ("mps", "mrs")
        if (slot := plan_of(SINGLE).get(Key.parse(f"{stage}.value:EC_CAP")))
    }
    sheets = [
        replace(s, cells={at: c for at, c in s.cells.items() if at[0] != rows[s.name]})
        if s.name in rows
        else s
        for s in grid.sheets
    ]
    found = adopt(replace(grid, sheets=tuple(sheets)), m, fills=FILLS).proof
    assert str(found) == "no proof: the workbook has no cell for EC_CAP"
