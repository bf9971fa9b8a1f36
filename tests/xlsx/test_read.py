"""Reading against openpyxl, on books that libraries wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jcm_xl.xlsx.grid import Cell, CellError
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.xlsx.made import (
    MAKERS,
    Maker,
    dates_of_1904,
    inline_strings,
    openpyxl_saved,
    sheets_of_all_states,
    values_of_all_kinds,
)
from tests.xlsx.oracle import ours, theirs


# openpyxl leaves escapes (_x0007_) as they are, we decode them; and where XlsxWriter
# writes a boolean or error result into an array formula's other cells, we show the
# formula there as Excel does.
@pytest.mark.parametrize("is_quick", [True, False])
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_every_cell_is_what_openpyxl_reads(
    make: Maker, is_quick: bool, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    make(path)
    expected, found = theirs(path), ours(read_grid(path, is_quick=is_quick))
    assert found.keys() == expected.keys()
    differing = {
        place: (facts, expected[place])
        for place, facts in found.items()
        if facts != expected[place]
    }
    allowed = {
        ("MPS(input)", 6, 2): "_x0041_",
        ("MPS(input)", 7, 2): "\x07bell",
        ("MPS(input)", 18, 2): "\r\n",
        ("MPS(input)", 2, 6): 0,
        ("MPS(input)", 3, 6): 0,
    }
    assert {
        place: pair
        for place, pair in differing.items()
        if pair[0][0] != allowed.get(place)
    } == {}


def test_texts_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    values_of_all_kinds(path)
    cells = read_grid(path).sheets[0].cells
    texts = [cells[row, 2].value for row in range(1, 19)]
    assert texts == [
        "CO₂", " leading and trailing ", "line\nbreak", "tab\there", "a&b<c>d\"e'",
        "_x0041_", "\x07bell", "日本語（テスト）", "𝒳 astral", "'quoted", "x" * 32767,
        "&amp;", "]]>", "<v>1</v>", "=not a formula", "TRUE", "1e5", "\r\n",
    ]  # fmt: skip
    assert cells[1, 7].value == "CO2 a"
    assert cells[3, 5] == Cell(CellError("#DIV/0!"), "1/0", cells[1, 5].style)


def test_an_array_formula_stands_in_all_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    values_of_all_kinds(path)
    sheet = read_grid(path).sheets[0]
    assert sheet.arrays == ("F1:F3",)
    assert [sheet.cells[row, 6].formula for row in (1, 2, 3)] == ["A1:A3*2"] * 3


def test_what_stands_around_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    sheets_of_all_states(path)
    grid = read_grid(path)
    assert [(s.name, s.state, s.kind) for s in grid.sheets] == [
        ("Shown", "visible", "worksheet"),
        ("Hidden one", "hidden", "worksheet"),
        ("Very", "veryHidden", "worksheet"),
        ("Chart", "visible", "chartsheet"),
    ]
    shown = grid.sheets[0]
    assert (shown.is_protected, grid.sheets[1].is_protected) == (True, False)
    assert shown.hidden_rows == {5}
    assert shown.hidden_columns == {3, 4, 5}
    assert shown.merges == ("A10:B11",)
    assert [(rule.sqref, rule.type, rule.formula1) for rule in shown.validations] == [
        ("B1:B9", "list", '"a,b"'),
        ("C1", "decimal", "0"),
    ]
    assert shown.validations[1].formula2 == "9"
    assert grid.names == {
        "total": "Shown!$A$1",
        "Hidden one!local": "'Hidden one'!$B$2",
    }
    assert grid.properties == {
        "methodology": "EX_AM001",
        "units": "12",
        "draft": "true",
    }
    assert grid.oddities == ()
    assert grid.sheet("Very") is grid.sheets[2]
    assert grid.sheet("very") is None


def test_formulas_without_result_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    openpyxl_saved(path)
    grid = read_grid(path)
    assert (grid.uncalculated, grid.is_calculated) == (3, False)
    inline_strings(path)
    grid = read_grid(path)
    assert (grid.uncalculated, grid.is_calculated) == (0, True)


def test_the_first_day_of_the_book_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    dates_of_1904(path)
    grid = read_grid(path)
    cell = grid.sheets[0].cells[1, 1]
    assert grid.is_date1904
    assert grid.styles.is_date(cell.style)
    assert cell.value == 42495  # counted from 1904; 43957 in other books


def test_an_ordinary_book_has_nothing_odd(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    values_of_all_kinds(path)
    assert read_grid(path).oddities == ()


TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00￾￿"), max_size=20
) | st.sampled_from(["_x0041_", "]]>", "&lt;", " ", "\r", "_x000D_", "'", "=1"])
NUMBER = (
    st.floats(allow_nan=False, allow_infinity=False)
    .map(
        lambda number: float(f"{number:.16g}")  # as XlsxWriter writes it
    )
    .filter(lambda number: abs(number) < 1.7e308)
)
VALUE = st.none() | TEXT | NUMBER | st.booleans()
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 40), st.integers(0, 30)),
    st.tuples(VALUE, st.none() | st.sampled_from(["A1+1", "\"<&>\"&'S 1'!$B$2"])),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=3))
def test_random_cells_come_back(grids: list[dict]) -> None:  # type: ignore[type-arg]
    import io

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        free = book.add_format({"locked": False})
        for grid in grids:
            sheet = book.add_worksheet()
            for (row, column), (value, formula) in grid.items():
                _write(sheet, row, column, value, formula, free)
    package = open_bytes(file.getvalue())
    quick, parsed = read_grid(package), read_grid(package, is_quick=False)
    assert quick == parsed
    for sheet, grid in zip(quick.sheets, grids, strict=True):
        assert {
            (row - 1, column - 1): (cell.value, cell.formula)
            for (row, column), cell in sheet.cells.items()
        } == {place: _expected(*content) for place, content in grid.items()}


def _write(sheet, row, column, value, formula, style) -> None:  # type: ignore[no-untyped-def]
    if formula is not None:
        is_number = isinstance(value, float | bool)
        sheet.write_formula(
            row, column, f"={formula}", style, value if is_number else 7
        )
    elif value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, value, style)


def _expected(value: object, formula: str | None) -> tuple[object, str | None]:
    if formula is not None:
        return value if isinstance(value, float | bool) else 7, formula
    return value, None
