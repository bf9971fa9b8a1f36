"""Values typed into a book are followed by the results of its formulas."""

from __future__ import annotations

import pytest

from jcm_xl import api
from jcm_xl.formula.type_in import type_in
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import CellEdit, changed_parts
from jcm_xl.xlsx.read import read_grid
from tests.support import SHAPES, example_book
from tests.xlsx.handmade import book, row, sheet

WORKBOOK = "xl/workbook.xml"


def results(data: bytes) -> dict[tuple[str, int, int], object]:
    """Return what the cells of a book show, without those that hold nothing."""
    return {
        (s.name, *at): f"{cell.value:.11g}" if type(cell.value) is float else cell.value
        for s in read_grid(open_bytes(data)).sheets
        for at, cell in s.cells.items()
        if cell.value not in (None, "")
    }


@pytest.mark.parametrize("key", SHAPES[:6])
def test_a_blank_with_the_inputs_typed_is_the_filled_book(key: str) -> None:
    plan, submission = example_book(key)
    empty = api.new(plan.methodology, submission.rows, language="en")
    edits = [
        CellEdit(plan[key].sheet, plan[key].address, value)  # type: ignore[arg-type]
        for key, value in submission.values.items()
    ]
    done = type_in(empty, edits)
    assert done.left == ()
    assert results(done.data) == results(api.book(plan, submission))
    assert "xl/sharedStrings.xml" not in changed_parts(empty, done.data)
    assert read_grid(open_bytes(done.data)).oddities == ()


def test_a_formula_of_no_one_value_is_left_to_the_program() -> None:
    rows = row(
        '<c r="A1"><v>1</v></c><c r="B1" t="str"><f>A1&amp;""</f><v>1</v></c>'
        '<c r="C1" t="str"><f>1.5&amp;""</f><v>1.5</v></c><c r="D1"><f>A1*2</f></c>'
    )
    done = type_in(book(sheet(rows)), [CellEdit("S1", "A1", 1.5)])
    assert done.left == (("S1", 1, 2),)
    assert done.calculated == 1
    assert results(done.data) == {
        ("S1", 1, 1): "1.5", ("S1", 1, 3): "1.5", ("S1", 1, 4): "3"
    }  # fmt: skip
    grid = read_grid(open_bytes(done.data))
    assert grid.calculation["fullCalcOnLoad"] == "1"


def test_a_formula_without_a_result_is_left_to_the_program_too() -> None:
    rows = row('<c r="A1"><v>1</v></c><c r="B1"><f>FLOOR(A1,1)</f></c>')
    done = type_in(book(sheet(rows)), [CellEdit("S1", "A1", -1.5)])
    assert done.left == (("S1", 1, 2),)
    grid = read_grid(open_bytes(done.data))
    assert grid.calculation["fullCalcOnLoad"] == "1"


def test_the_words_of_the_api_type_into_a_book() -> None:
    rows = row('<c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c>')
    data = api.type_in(book(sheet(rows)), {("S1", "A1"): 4})
    assert results(data) == {("S1", 1, 1): "4", ("S1", 1, 2): "8"}


def test_a_formula_is_typed_in_the_place_of_a_number_with_its_result() -> None:
    rows = row(
        '<c r="A1"><v>3</v></c><c r="B1"><v>7</v></c><c r="C1"><f>B1+1</f><v>8</v></c>'
    )
    done = type_in(book(sheet(rows)), [CellEdit("S1", "B1", None, "A1*2")])
    cells = read_grid(open_bytes(done.data)).sheets[0].cells
    assert (cells[1, 2].value, cells[1, 2].formula) == (6.0, "A1*2")
    assert cells[1, 3].value == 7.0
    assert done.left == ()
