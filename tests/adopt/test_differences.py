"""One thing changed in a book: adopt names that thing, its cell, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jcm_xl.adopt.adoption import adopt
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.xlsx.grid import Grid
from tests.adopt.books import altered, official, place, plan_of
from tests.rounds import later

KEY = "EX_AM902"
LOOKED_UP = "«mps.repeat:CC_i[2]|address»"
FROM = [f"«mps.table:COP_RE_by_class[{n}].from|fixed»" for n in range(3)]
VALUE = [f"«mps.table:COP_RE_by_class[{n}].value|fixed»" for n in range(3)]
EC, EF = "«mps.repeat:EC_PJ_i_p[{}]|address»", "«mps.repeat:EF_elec@2|address»"
COLUMN = f"{EC.format(1)}:{EC.format(10)}"


def differences(m: Methodology, grid: Grid) -> list[tuple[str, str, str, str]]:
    """Return item, verdict, the workbook's word and place of all that differs."""
    found = adopt(grid, m, fills=0).differences
    return [(i.item, str(i.verdict), i.official, i.place) for i in found]


@pytest.mark.parametrize(
    ("key", "content", "item"),
    [
        ("mps.default:EF_elec", 0.57, "parameters.EF_elec"),
        ("mps.table:COP_RE_by_class[1].value", 3.41, "tables.COP_RE_by_class[3.0]"),
        later("mps.table:COP_RE_by_class[2].to", 10.7,
              "tables.COP_RE_by_class[5.3].to"),
        later("mps.quantity:PE_p.unit", "kgCO2/p", "formulas.PE_p.unit"),
        ("mps.unit:EC_PJ_i_p", "kWh/p", "parameters.EC_PJ_i_p.unit"),
        later("mps.label:EC_PJ_i_p", "Power bought", "parameters.EC_PJ_i_p.label"),
        ("mps.symbol:EC_PJ_i_p", "EC_net,i,p", "parameters.EC_PJ_i_p.symbol"),
        ("mps.option:EC_PJ_i_p", "Option B", "parameters.EC_PJ_i_p.options"),
        later("mps.procedure:EC_PJ_i_p", "Estimated.",
         "monitoring.EC_PJ_i_p.C.procedure"),
        ("mps.result.unit", "tCH4/p", "results.unit"),
        ("mps.quantity:ER_p", "=«mps.quantity:RE_p»+«mps.quantity:PE_p»",
         "formulas.ER_p"),
        ("mps.quantity:RE_p",
         "=SUM(«mps.quantity:RE_i_p[1]|address»:«mps.quantity:RE_i_p[9]|address»)",
         "formulas.RE_p"),
        later("mps.quantity:PE_i_p[2]", f"={EC.format(2)}*{EF}*1.1", "formulas.PE_i_p"),
        ("mps.quantity:PE_i_p[2]", f"={EC.format(1)}*{EF}", "formulas.PE_i_p"),
        ("mps.repeat:CC_i[2]", "=«mps.value:COP_PJ_i[2]»", "parameters.CC_i"),
        ("mps.result", "=ROUND(«mps.quantity:ER_p»,0)", "results.rounding"),
        later("mps.result", "=ROUNDDOWN(«mps.quantity:ER_p»,1)", "results.rounding"),
    ],
)  # fmt: skip
def test_a_change_is_named_with_its_cell(key: str, content: object, item: str) -> None:
    m, grid = official(KEY)
    (found,) = differences(m, altered(KEY, grid, {key: content}))
    assert (found[0], found[1], found[3]) == (item, "differs", place(KEY, key))


@pytest.mark.parametrize(
    ("key", "formula"),
    [
        later("mps.quantity:ER_p", "(«mps.quantity:RE_p»)-«mps.quantity:PE_p»"),
        ("mps.quantity:ER_p", "-«mps.quantity:PE_p»+«mps.quantity:RE_p»"),
        later("mps.quantity:ER_p", "SUM(«mps.quantity:RE_p»,-«mps.quantity:PE_p»)"),
        ("mps.quantity:PE_p", f"SUMPRODUCT({COLUMN})*{EF}"),
        ("mps.quantity:PE_p", f"SUMPRODUCT({COLUMN}*{EF})"),
        later("mps.quantity:PE_i_p[2]", f"PRODUCT({EF},{EC.format(2)})"),
        ("mps.quantity:COP_RE_i[2]",
         f"VLOOKUP({LOOKED_UP},{FROM[0]}:{VALUE[2]},3,TRUE)"),
        ("mps.quantity:COP_RE_i[2]",
         f"LOOKUP({LOOKED_UP},{FROM[0]}:{FROM[2]},{VALUE[0]}:{VALUE[2]})"),
        ("mps.quantity:COP_RE_i[2]",
         f"IF({LOOKED_UP}<3,3.6,IF({LOOKED_UP}<5.3,3.4,3.2))"),
        ("mps.quantity:COP_RE_i[2]",
         f"IF({LOOKED_UP}<{FROM[1]},{VALUE[0]},"
         f"IF({LOOKED_UP}<{FROM[2]},{VALUE[1]},{VALUE[2]}))"),
        later("mps.result", "TRUNC(«mps.quantity:ER_p»)"),
        ("mps.result", 'IFERROR(ROUNDDOWN(«mps.quantity:ER_p»,0),"-")'),
    ],
)  # fmt: skip
def test_another_spelling_is_the_same(key: str, formula: str) -> None:
    m, grid = official(KEY)
    assert differences(m, altered(KEY, grid, {key: f"={formula}"})) == []


def test_a_limit_in_nested_conditions_is_named() -> None:
    m, grid = official(KEY)
    cell = "«{}.repeat:CC_i[{}]|address»"
    chain = "=IF({0}<3,3.6,IF({0}<5.4,3.4,3.2))"
    chains = {
        f"{stage}.quantity:COP_RE_i[{unit}]": chain.format(cell.format(stage, unit))
        for stage in ("mps", "mrs")
        for unit in range(1, 11)
    }
    found = {item for item, *_ in differences(m, altered(KEY, grid, chains))}
    assert found == {
        "tables.COP_RE_by_class[3.0].to", "tables.COP_RE_by_class[5.3].from"
    }  # fmt: skip


def test_a_formula_that_is_not_understood_says_why() -> None:
    m, grid = official(KEY)
    other = altered(KEY, grid, {"mps.quantity:PE_p": "=OFFSET(A1,1,0)"})
    found = adopt(other, m, fills=0).differences
    assert [(i.item, i.reason) for i in found] == [
        ("formulas.PE_p", "the formula is not understood: it uses OFFSET, which the "
         "language does not have")
    ]  # fmt: skip


def test_the_smallest_counterexample_stands_beside_a_formula() -> None:
    m, grid = official(KEY)
    sign = {"mps.quantity:ER_p": "=«mps.quantity:RE_p»+«mps.quantity:PE_p»"}
    (found,) = adopt(altered(KEY, grid, sign), m, fills=0).differences
    assert found.counterexample == "PE_p = 1, RE_p = 0: ours -1, official 1"


def test_a_number_that_is_asked_is_only_official() -> None:
    m, grid = official("MM_AM005@1.0")
    key = "mps.repeat:EF_elec@2"
    found = differences(m, altered("MM_AM005@1.0", grid, {key: 0.5}))
    assert found == [
        ("parameters.EF_elec", "only official", "0.5", place("MM_AM005@1.0", key))
    ]  # fmt: skip


def test_a_row_that_is_gone_is_only_ours() -> None:
    key = "MM_AM005@1.0"
    m, grid = official(key)
    slot = plan_of(key)[Key.parse("mps.value:EC_CAP")]
    sheet = grid.sheet(slot.sheet)
    assert sheet is not None
    cells = {at: cell for at, cell in sheet.cells.items() if at[0] != slot.row}
    other = replace(sheet, cells=cells)
    sheets = tuple(other if s is sheet else s for s in grid.sheets)
    found = differences(m, replace(grid, sheets=sheets))
    calc = plan_of(key).sheets["mps_calc"]
    assert ("parameters.EC_CAP", "only ours", "", calc) in found


ODD = """
1/0|INDEX(A1:B2,3)|INDEX(A1:B2,0)|IF(1,2)|IF()|SUM()|VLOOKUP(1,2,3)|A1:A3|-A1^2|"x"&A1
VLOOKUP(A1,A1:B2,9,FALSE)|ROUNDDOWN(A1,B1)|{1,2}|TRUE|#REF!|Sheet9!A1|AND()|MIN()|INT()
LOOKUP(A1,A1:A2,B1:B3)|SUMPRODUCT(A1:A3,B1:B2)|IFERROR()|x_y+1|POWER(A1,9)|NOT(A1)|ABS()
IFS(A1,1)|EXP(9999)|LN(-1)|PRODUCT()|(A1,B1)|A1 A2|MIN(A1)|SUM(A1:XFD1048576)
"""


@pytest.mark.slow
def test_whatever_stands_there_is_a_finding_with_its_cell() -> None:
    m, grid = official(KEY)
    odd = [text for line in ODD.split("\n") for text in line.split("|") if text]
    keys = [
        f"{stage}.quantity:{name}[{unit}]"
        for stage in ("mps", "mrs")
        for name in ("PE_i_p", "COP_RE_i")
        for unit in range(1, 11)
    ]
    contents = {k: f"={text}" for k, text in zip(keys, odd, strict=False)}
    found = {place for _, _, _, place in differences(m, altered(KEY, grid, contents))}
    assert {place(KEY, key) for key in contents} <= found
