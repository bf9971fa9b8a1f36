"""One rounding down has many spellings; rounding otherwise has more."""

from __future__ import annotations

import pytest

from jcm_xl.formula.rounding import cell_shown, rounded_down

DOWN = {
    "ROUNDDOWN(G6,0)": "G6",
    "ROUNDDOWN(G6,)": "G6",
    "+ROUNDDOWN('MRS(calc_process)'!$G$6, 0)": "'MRS(CALC_PROCESS)'!G6",
    "rounddown(G9-G12,0)": "(G9-G12)",
    "TRUNC(G6)": "G6",
    "INT(SUM(G6:G9))": "SUM(G6:G9)",
    "FLOOR(G6,1)": "G6",
    "_xlfn.FLOOR.MATH(G6)": "G6",
    'IF(G6="","",ROUNDDOWN(G6,0))': "G6",
    "IF(G6<0,0,ROUNDDOWN(G6,0))": "G6",
    'IFERROR(ROUNDDOWN(G6,0),"")': "G6",
    "MAX(0,INT(G6))": "G6",
    "ROUNDDOWN(ROUND(G6,8),0)": "ROUND(G6,8.0)",
    "ROUNDDOWN(ROUND(SUM(G6,(G7)),9),0)": "ROUND(SUM(G6,G7),9.0)",
    'ROUNDDOWN(IF(B2="INT(",1,2),0)': 'IF((B2="INT("),1.0,2.0)',
}
OTHERWISE = (
    "G6", "ROUND(G6,0)", "ROUNDUP(G6,0)", "CEILING(G6,1)", "ROUNDDOWN(G6,-1)",
    "ROUNDDOWN(G6,1)", "FLOOR(G6,10)", "FLOOR(G6)", "ROUNDDOWN(ROUND(G6,0),0)",
    "INT(ROUND(G9,2)-ROUND(G12,2))", "ROUNDDOWN(G9,0)-ROUNDDOWN(G12,0)",
    "INT(G6)+1", "INT(G6+0.5)*1", "IF(A1=1,INT(G6),500)", "MAX(500,INT(G6))",
    "IFERROR(INT(G6),500)", "TEXT(INT(G6),\"0\")", "INT(ROUNDUP(G6,0))", "(((",
)  # fmt: skip


@pytest.mark.parametrize("formula", DOWN)
def test_rounded_down_once(formula: str) -> None:
    assert rounded_down(formula) == DOWN[formula]


@pytest.mark.parametrize("formula", OTHERWISE)
def test_rounded_otherwise(formula: str) -> None:
    assert rounded_down(formula) == ""


def test_a_cell_that_only_shows_another_one() -> None:
    assert cell_shown("+'MRS(calc_process)'!$G$6") == ("MRS(CALC_PROCESS)", "G6")
    assert cell_shown("G6") == ("", "G6")
    assert cell_shown("G6+0") == cell_shown("ER") == ("", "")
