"""A book is followed as far as it is asked for, and no further."""

from __future__ import annotations

import time

import pytest

from jcm_xl.formula.evaluation.book import BookValues, Evaluated, evaluate_cells
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.why import Obstacle
from jcm_xl.xlsx.grid import (
    Cell,
    CellError,
    CellTable,
    CellValue,
    Grid,
    Sheet,
    parse_address,
)

MET = (
    "! elsewhere", "! reads-itself", "! too-much-work", "! table", "! table-of-inputs",
    "! hidden-rows", "! order-of-texts",
)  # fmt: skip
"""The reasons that are met here; the others are met in the table of cases."""

Cells = dict[str, object]


def sheet(name: str, cells: Cells, **more: object) -> Sheet:
    made = {
        parse_address(at): Cell(None, text[1:])
        if isinstance(text := value, str) and text.startswith("=")
        else Cell(value)  # type: ignore[arg-type]
        for at, value in cells.items()
    }
    return Sheet(name, cells=made, **more)  # type: ignore[arg-type]


def found(book: Grid, at: str, work: int = 20_000_000) -> Evaluated:
    place = (book.sheets[0].name, *parse_address(at))
    return evaluate_cells(book, [place], work)[place]


def value(cells: Cells, at: str = "A1", **more: object) -> CellValue:
    answer = found(Grid((sheet("Own", cells, **more),)), at)
    assert answer.obstacle is None, answer.reason
    return answer.value


def reason(cells: Cells, at: str = "A1", **more: object) -> str:
    answer = found(Grid((sheet("Own", cells, **more),)), at)
    return f"! {answer.reason.key.removeprefix('evaluation.')}"  # type: ignore[attr-defined]


def test_a_chain_of_cells_may_be_as_long_as_a_year() -> None:
    chain: Cells = {f"A{n}": f"=A{n + 1}+0.5" for n in range(1, 35_040)}
    assert value(chain | {"A35040": 1.0}) == 17520.5


def test_a_formula_may_be_a_long_sum() -> None:
    assert value({"A1": "=" + "+".join(["B1"] * 2000), "B1": 0.5}) == 1000.0


def test_what_is_not_needed_is_not_looked_at() -> None:
    cells: Cells = {"A1": "=IF(B1=1,C1,D1)", "B1": 1.0, "C1": 7.0, "D1": "=NOW()"}
    assert value(cells | {"E1": "=TODAY()"}) == 7.0
    assert reason(cells | {"B1": 2.0}) == "! volatile"


def test_a_ring_is_found_and_named_where_it_closes() -> None:
    ring: Cells = {f"A{n}": f"=A{n % 9 + 1}+1" for n in range(1, 10)}
    assert reason(ring) == "! reads-itself"
    assert reason({"A1": "=SUM(A1:A3)"}) == "! reads-itself"
    assert value({"A1": "=IF(TRUE,1,A1)"}) == 1.0


def test_an_obstacle_names_the_cell_that_it_stands_in() -> None:
    answer = found(Grid((sheet("Own", {"A1": "=A2*2", "A2": "=RAND()"}),)), "A1")
    assert answer == Evaluated(None, Obstacle.CHANGES, answer.reason, ("Own", 2, 1))
    assert answer.reason == "RAND gives another value on another day or computer"


def test_another_book_is_elsewhere() -> None:
    for formula in ("='[1]Meters'!A1", "=[1]Meters!A1", '=WEBSERVICE("x")', "=PY(0,1)",
                    '=CUBEVALUE("a","b")'):  # fmt: skip
        assert reason({"A1": formula}) == "! elsewhere", formula
        answer = found(Grid((sheet("Own", {"A1": formula}),)), "A1")
        assert answer.obstacle is Obstacle.ELSEWHERE


def test_work_is_limited() -> None:
    heavy: Cells = {f"A{n}": f"=SUM(B$1:B{n})" for n in range(1, 900)}
    numbers: Cells = {f"B{n}": 1.0 for n in range(1, 900)}
    book = Grid((sheet("Own", {**heavy, **numbers, "C1": "=SUM(A1:A899)"}),))
    assert found(book, "C1").value == 404_550.0
    assert found(book, "C1", 100_000).reason == "it reads more cells than are followed"


@pytest.mark.parametrize(
    "formula",
    [
        "=SUMPRODUCT((A:XFD=1)*1)",
        "=SUM(B1:XFD1048576*1)",
        '=COUNTIF(B1:B1048576,"' + "*a" * 100 + '")',
        '=REPT(REPT("x",32000),32000)',
        "=" + "(" * 39 + "1" + ")" * 39,
        "=" + "-" * 200 + "1",
        "=" + "-" * 5000 + "1",
        "={" + ",".join(["1"] * 3000) + "}",
        "=SUMPRODUCT(ROW(1:1048576)*COLUMN(A:XFD))",
    ],
)
def test_a_hostile_formula_ends_soon(formula: str) -> None:
    started = time.process_time()
    cells: Cells = {"A1": formula} | {f"B{n}": "a" * 500 for n in range(1, 500)}
    found(Grid((sheet("Own", cells),)), "A1")
    assert time.process_time() - started < 20


def test_names_of_book_and_sheet() -> None:
    own = sheet("Own", {"A1": "=Rate*2", "A2": "=Other!Rate", "A3": "=Below",
                        "A4": 9.0, "A5": "=Ring", "A6": "=SUM(Area)"})  # fmt: skip
    other = sheet("Other", {"A1": "=Rate*2"})
    names = {"rate": "0.25", "Other!Rate": "4", "Below": "Own!A2", "Ring": "Ring+1",
             "Area": "Own!$A$1:$A$4"}  # fmt: skip
    book = Grid((own, other), names=names)
    assert found(book, "A1").value == 0.5
    assert found(book, "A2").value == 4.0
    assert found(book, "A3").value == 9.0  # a name is written as if it stood in A1
    assert found(book, "A5").obstacle is Obstacle.UNKNOWN
    assert found(book, "A6").value == 22.5


def test_the_same_cell_of_several_sheets() -> None:
    months = [sheet(name, {"B5": float(n)}) for n, name in enumerate("123", 1)]
    own = sheet("Own", {"A1": "=SUM('1:3'!B5)", "A2": "=SUM('1:3'!B1:B5)",
                        "A3": "='1:3'!B5"})  # fmt: skip
    book = Grid((own, *months))
    assert [found(book, at).value for at in ("A1", "A2")] == [6.0, 6.0]
    assert found(book, "A3").value is not None


TABLE = CellTable("Meters", "Raw", 1, 1, 5, 3, ("Day", "kWh [net]", "Loss"), totals=1)
RAW: Cells = {
    "A1": "Day", "B1": "kWh [net]", "C1": "Loss", "B2": 10.0, "B3": 20.0, "B4": 30.0,
    "C2": 1.0, "C3": 2.0, "C4": 3.0, "B5": "=SUBTOTAL(109,Meters[kWh '[net']])",
    "D3": "=Meters[[#This Row],[kWh '[net']]]-Meters[[#This Row],[Loss]]",
    "C5": "=SUM([Loss])",
}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=SUM(Meters[Loss])", 6.0),
        ("=SUM(Meters[kWh '[net']])", 60.0),
        ("=SUM(Meters)", 66.0),
        ("=SUM(Meters[])", 66.0),
        ("=SUM(Meters[#All])", 132.0),
        ("=Meters[[#Totals],[kWh '[net']]]", 60.0),
        ("=Meters[[#Totals],[Loss]]", 6.0),
        ("=Meters[[#Headers],[Loss]]", "Loss"),
        ("=SUM(Meters[[kWh '[net']]:[Loss]])", 66.0),
        ("=ROWS(Meters[[#Data],[#Totals],[Day]])", 4.0),
        ("=Raw!D3", 18.0),
    ],
)
def test_tables_are_read_by_their_headings(formula: str, result: object) -> None:
    book = Grid((sheet("Own", {"A1": formula}), sheet("Raw", RAW)), tables=(TABLE,))
    answer = found(book, "A1")
    assert (answer.value, answer.reason) == (result, "")


def test_a_table_that_is_not_there() -> None:
    assert reason({"A1": "=SUM(Lost[a])"}) == "! table"


def test_an_array_formula_gives_each_cell_its_own() -> None:
    cells: Cells = {"B1": 1.0, "B2": 2.0, "B3": 3.0, "A1": "=B1:B3*2", "A2": "=B1:B3*2",
                    "A3": "=B1:B3*2", "A4": "=B1:B3*2",
                    "C1": "=SUM(IF(B1:B3>1,B1:B3))"}  # fmt: skip
    arrays = ("A1:A4", "C1")
    assert [value(cells, at, arrays=arrays) for at in ("A1", "A3", "C1")] == [2, 6, 5]
    book = Grid((sheet("Own", cells, arrays=arrays),))
    assert str(found(book, "A4").value) == "CellError(code='#N/A')"


def test_hidden_rows_are_left_out_only_where_every_program_does() -> None:
    cells: Cells = {"A1": "=SUBTOTAL(9,B1:B3)", "A2": "=SUBTOTAL(109,B1:B3)",
                    "B1": 1.0, "B2": 2.0, "B3": 4.0}  # fmt: skip
    hidden = frozenset({2})
    assert reason(cells, hidden_rows=hidden) == "! hidden-rows"
    assert value(cells, "A2", hidden_rows=hidden) == 5.0


def test_a_what_if_table_is_not_followed() -> None:
    assert reason({"A1": "=TABLE(B1,C1)"}) == "! table-of-inputs"


def test_texts_with_other_signs_have_no_order() -> None:
    assert reason({"A1": '="a-b"<"ab"'}) == "! order-of-texts"


def test_days_from_1904() -> None:
    book = Grid((sheet("Own", {"A1": "=DATE(2023,1,1)"}),), is_date1904=True)
    assert found(book, "A1").value == 43465.0


def test_a_cell_that_is_not_there() -> None:
    book = Grid((sheet("Own", {}),))
    assert evaluate_cells(book, [("Own", 1, 1), ("Lost", 1, 1)]) == {
        ("Own", 1, 1): Evaluated(), ("Lost", 1, 1): Evaluated()
    }  # fmt: skip


def test_a_blank_is_shown_as_nothing_and_a_formula_of_it_as_zero() -> None:
    assert value({"A1": "=B1"}) == 0.0
    assert value({"A1": '=IF(B1="","",B1)'}) == ""


def test_a_formula_of_a_rule_is_moved_from_the_first_cell_of_its_range() -> None:
    cells: Cells = {"A1": 1.0, "B2": 5.0, "B3": "=B2*2"}
    book = BookValues(Grid((sheet("Own", cells),)), Habits(), 20_000_000)
    asked = {
        "A1>4": False,  # seen from B2 it is A1 itself, one cell up and to the left
        "B2>4": True,
        "$A$1=1": True,
        "B3=10": True,
        "SUM(B2:B3)=15": True,
        "Missing>1": CellError("#NAME?"),
    }
    found = {text: book.asked(text, ("Own", 2, 2), (2, 2)).value for text in asked}
    assert found == asked
    moved = book.asked("B2=10", ("Own", 2, 2), (3, 2))
    assert moved == Evaluated(True)
    assert book.asked("NOW()>1", ("Own", 2, 2), (3, 2)).obstacle is Obstacle.CHANGES
