"""One thing changed in a book: adopt names that thing, its cell, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from jcm_xl.adopt.adoption import adopt
from jcm_xl.model.methodology import Methodology
from jcm_xl.xlsx.grid import Grid
from tests.adopt.books import as_official, changed
from tests.support import methodology

CALC, INPUT = "MPS(calc_process)", "MPS(input)"


@lru_cache
def official(key: str) -> tuple[Methodology, Grid]:
    """Return a definition and its blank in the place of the official one."""
    m = methodology(key)
    with TemporaryDirectory() as folder:
        return m, as_official(m, Path(folder))


def differences(m: Methodology, grid: Grid) -> list[tuple[str, str, str, str]]:
    """Return item, verdict, the workbook's word and place of all that differs."""
    found = adopt(grid, m, fills=0).differences
    return [(i.item, str(i.verdict), i.official, i.place) for i in found]


@pytest.mark.parametrize(
    ("place", "value", "formula", "expected"),
    [
        (f"{CALC}!G29", 1.6, None, ("parameters.TD_cooling", "1.6")),
        (f"{CALC}!G35", 5.34, None, ("tables.COP_RE_by_class[450]", "5.34")),
        (f"{CALC}!F37", 1600.0, None, ("tables.COP_RE_by_class[825].to", "1600")),
        (f"{CALC}!H19", "kgCO2/MWh", None, ("formulas.EF_elec.unit", "kgCO2/MWh")),
        (f"{INPUT}!F9", "kWh/p", None, ("parameters.EI_grid_p.unit", "kWh/p")),
        (f"{INPUT}!D9", "Power bought", None,
         ("parameters.EI_grid_p.label", "Power bought")),
        (f"{INPUT}!C9", "EI_net,p", None, ("parameters.EI_grid_p.symbol", "EI_net,p")),
        (f"{INPUT}!G10", "Option B", None, ("parameters.h_gen_p.options", "B")),
        (f"{INPUT}!F26", "tCH4/p", None, ("results.unit", "tCH4/p")),
        (f"{CALC}!G6", 0.0, "G23+G26", ("formulas.ER_p", "=G23+G26")),
        (f"{CALC}!G23", 0.0, "SUM($K$43:$K$51)",
         ("formulas.RE_p", "=SUM($K$43:$K$51)")),
        (f"{CALC}!L44", 0.0, "D44*G19*1.1", ("formulas.PE_i_p", "=D44*G19*1.1")),
        (f"{CALC}!L44", 0.0, "D43*G19", ("formulas.PE_i_p", "=D43*G19")),
        (f"{CALC}!G18", 0.0, f"'{INPUT}'!E9", ("parameters.h_gen_p", f"='{INPUT}'!E9")),
        (f"{INPUT}!E26", 0.0, f"ROUND('{CALC}'!G6,0)",
         ("results.rounding", f"=ROUND('{CALC}'!G6,0)")),
        (f"{INPUT}!E26", 0.0, f"ROUNDDOWN('{CALC}'!G6,1)",
         ("results.rounding", f"=ROUNDDOWN('{CALC}'!G6,1)")),
    ],
)  # fmt: skip
def test_a_change_is_named_with_its_cell(
    place: str, value: object, formula: str | None, expected: tuple[str, str]
) -> None:
    m, grid = official("ID_AM002@2.0")
    other = changed(grid, place, value, formula)  # type: ignore[arg-type]
    assert differences(m, other) == [(expected[0], "differs", expected[1], place)]


@pytest.mark.parametrize(
    ("place", "formula"),
    [
        (f"{CALC}!G6", "(G23)-G26"),
        (f"{CALC}!G6", "-G26+G23"),
        (f"{CALC}!G6", "SUM(G23,-G26)"),
        (f"{CALC}!G26", "SUMPRODUCT(D43:D52)*G19"),
        (f"{CALC}!G26", "SUMPRODUCT(D43:D52*G19)"),
        (f"{CALC}!L44", "PRODUCT($G$19,D44)"),
        (f"{CALC}!J44", "VLOOKUP(E44,$E$34:$G$37,3,TRUE)"),
        (f"{CALC}!J44", "LOOKUP(E44,$E$34:$E$37,$G$34:$G$37)"),
        (f"{CALC}!J44", "IF(E44<450,4.92,IF(E44<550,5.33,IF(E44<825,5.59,5.85)))"),
        (f"{CALC}!J44", "IF(E44<$E$35,$G$34,IF(E44<$E$36,$G$35,"
         "IF(E44<$E$37,$G$36,$G$37)))"),
        (f"{CALC}!G20", "IF(G9=\"both\",G18,0)*G12"),
        (f"{INPUT}!E26", f"TRUNC('{CALC}'!G6)"),
        (f"{INPUT}!E26", f"IFERROR(ROUNDDOWN('{CALC}'!G6,0),\"-\")"),
    ],
)  # fmt: skip
def test_another_spelling_is_the_same(place: str, formula: str) -> None:
    m, grid = official("ID_AM002@2.0")
    assert differences(m, changed(grid, place, 0.0, formula)) == []


def test_a_limit_in_nested_conditions_is_named() -> None:
    m, grid = official("ID_AM002@2.0")
    chain = "IF(E{0}<450,4.92,IF(E{0}<560,5.33,IF(E{0}<825,5.59,5.85)))"
    for row in range(43, 53):
        for sheet in (CALC, "MRS(calc_process)"):
            grid = changed(grid, f"{sheet}!J{row}", 0.0, chain.format(row))
    found = {item for item, *_ in differences(m, grid)}
    assert found == {
        "tables.COP_RE_by_class[450].to", "tables.COP_RE_by_class[550].from"
    }  # fmt: skip


def test_a_formula_that_is_not_understood_says_why() -> None:
    m, grid = official("ID_AM002@2.0")
    found = adopt(
        changed(grid, f"{CALC}!G26", 0.0, "OFFSET(G25,1,0)"), m, fills=0
    ).differences
    assert [(i.item, i.place, i.reason) for i in found] == [
        ("formulas.PE_p", f"{CALC}!G26", "the formula is not understood: it uses "
         "OFFSET, which the language does not have")
    ]  # fmt: skip


def test_the_smallest_counterexample_stands_beside_a_formula() -> None:
    m, grid = official("ID_AM002@2.0")
    (found,) = adopt(
        changed(grid, f"{CALC}!G6", 0.0, "G23+G26"), m, fills=0
    ).differences
    assert found.counterexample == "PE_p = 1, RE_p = 0: ours -1, official 1"


def test_a_number_that_is_open_is_only_official() -> None:
    m, grid = official("ID_AM002@2.0")
    found = differences(m, changed(grid, f"{CALC}!G11", 0.8))
    assert found == [
        ("parameters.EF_captive", "only official", "0.8", f"{CALC}!G11")
    ]  # fmt: skip


def test_a_row_that_is_gone_is_only_ours() -> None:
    m, grid = official("ID_AM002@2.0")
    sheet = grid.sheet(INPUT)
    assert sheet is not None
    cells = {at: cell for at, cell in sheet.cells.items() if at[0] != 22}
    sheets = tuple(replace(s, cells=cells) if s is sheet else s for s in grid.sheets)
    found = differences(m, replace(grid, sheets=sheets))
    assert ("parameters.RC_gen", "only ours", "", CALC) in found
