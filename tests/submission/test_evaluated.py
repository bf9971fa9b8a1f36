"""Whoever reads an input reads what its formula gives, not what is stored beside it."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_grid
from jcm_xl.model.finding import Report
from jcm_xl.submission.open import CannotUse, Unusable, open_book, open_file
from jcm_xl.submission.opened import BookFile, OpenedBook
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Cell, Grid, Sheet
from jcm_xl.xlsx.read import read_grid
from tests.checks.cases import TODAY
from tests.foreign.official import Hand, by_hand
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book, with_cell

PLAN, TYPED = example_book("EX_AM901")
INPUT = PLAN[slot_key("mrs.value:EG_i_p[1]")]
COMMENT = PLAN[slot_key("mrs.comment:EG_i_p")]
SPARE = PLAN[slot_key("mrs.value:EG_i_p[3]")]
SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Grid:
    path = tmp_path_factory.mktemp("made") / "book.xlsx"
    path.write_bytes(api.book(PLAN, TYPED))
    return read_grid(path)


def raw(*formulas: str) -> Sheet:
    """Return an own sheet: 400, 500 and 300 kWh in column A, formulas in B."""
    cells = {(n, 1): Cell(float(v)) for n, v in enumerate((4e5, 5e5, 3e5), 1)}
    cells |= {(n, 2): Cell(None, text) for n, text in enumerate(formulas, 1)}
    return Sheet("Raw", cells=cells)


def with_input(
    made: Grid,
    formula: str,
    stored: object = 1200.0,
    *sheets: Sheet,
    at: object = INPUT,
) -> Grid:
    grid = with_cell(made, at, Cell(stored, formula))  # type: ignore[arg-type]
    return dataclasses.replace(grid, sheets=(*grid.sheets, *sheets))


def opened(grid: Grid) -> OpenedBook:
    return open_file(BookFile("book.xlsx", grid), SETTINGS)


def loud(report: Report) -> set[str]:
    return {d.code for d in report.diagnostics if d.severity > 0}


def told(grid: Grid) -> set[str]:
    return loud(check_grid(grid, "book.xlsx", SETTINGS))


def test_the_sum_of_raw_data_is_taken(made: Grid) -> None:
    grid = with_input(made, "SUM(Raw!A1:A3)/1000", 1200.0, raw())
    assert opened(grid).submission.values[INPUT.key] == 1200.0
    assert told(grid) == set()


def test_what_is_stored_is_not_believed(made: Grid) -> None:
    grid = with_input(made, "SUM(Raw!A1:A3)/1000", 1300.0, raw())
    book = opened(grid)
    assert book.submission.values[INPUT.key] == 1200.0
    assert book.file.grid is grid
    report = check_grid(grid, "book.xlsx", SETTINGS)
    assert loud(report) == {"JX336"}
    assert report.exit_code == 1
    (told,) = (d for d in report.diagnostics if d.code == "JX336")
    assert (told.sheet, told.cell) == (INPUT.sheet, INPUT.address)
    assert told.tonnes


def test_nor_what_is_stored_on_the_way(made: Grid) -> None:
    sheet = raw("SUM(A1:A3)/1000")
    sheet.cells[1, 2] = Cell(690.5, "SUM(A1:A3)/1000")  # type: ignore[index]
    assert told(with_input(made, "Raw!B1", 690.5, sheet)) >= {"JX336"}
    assert told(with_input(made, "Raw!B1", 1200.0, sheet)) == set()


@pytest.mark.parametrize(
    "formula",
    [
        "INDIRECT(\"Raw!A1\")/1000*3", "TODAY()*0+1200", "NOW()-NOW()+1200",
        "RAND()*0+1200", 'VALUE(TEXT(1200,"#,##0"))', 'IF(INFO("system")="x",1,1200)',
        "OFFSET(Raw!A1,0,0)/1000*3", "Raw!B1", "Volatile",
    ],
)  # fmt: skip
def test_a_value_that_changes_is_an_error_at_the_input(
    made: Grid, formula: str
) -> None:
    grid = with_input(made, formula, 1200.0, raw("RANDBETWEEN(1200,1200)"))
    grid = dataclasses.replace(grid, names={**grid.names, "Volatile": "NOW()"})
    assert told(grid) == {"JX337"}
    with pytest.raises(CannotUse, match="Type the value into"):
        _computed(grid)


def _computed(grid: Grid) -> None:
    from jcm_xl.submission.open import _refuse_unsure

    _refuse_unsure(opened(grid))


@pytest.mark.parametrize(
    "formula", ["LET(x,1200,x)", "LAMBDA(x,x)(1200)", "SORT(1200)"]
)
def test_what_is_not_evaluated_is_a_warning_that_nobody_may_accept(
    made: Grid, formula: str
) -> None:
    report = check_grid(with_input(made, formula), "book.xlsx", SETTINGS)
    assert loud(report) == {"JX338"}
    assert all(d.tonnes for d in report.diagnostics if d.code == "JX338")
    assert report.exit_code == 1


def test_a_defined_name_is_followed(made: Grid) -> None:
    grid = with_input(made, "WholeYear/1000", 1200.0, raw())
    grid = dataclasses.replace(
        grid, names={**grid.names, "WholeYear": "SUM(Raw!$A$1:$A$3)"}
    )
    assert told(grid) == set()
    assert told(with_cell(grid, INPUT, Cell(1300.0, "WholeYear/1000"))) >= {"JX336"}


def test_what_no_input_reads_is_not_judged(made: Grid) -> None:
    sheet = raw("TODAY()", "LET(x,1,x)", "RAND()", "A1*999")
    sheet.cells[4, 2] = Cell(1.0, "A1*999")  # type: ignore[index]
    assert told(with_input(made, "SUM(Raw!A1:A3)/1000", 1200.0, sheet)) == set()


def test_an_empty_text_in_a_spare_row_is_a_blank(made: Grid) -> None:
    grid = with_input(made, 'IF(Raw!C1="","",Raw!C1)', "", raw(), at=SPARE)
    assert SPARE.key not in opened(grid).submission.values
    assert told(grid) == set()
    assert told(with_input(made, 'IF(1,"",1)', None, at=SPARE)) == set()


def test_a_formula_without_result_is_evaluated(made: Grid) -> None:
    grid = with_input(made, "SUM(Raw!A1:A3)/1000", None, raw())
    book = opened(grid)
    assert book.submission.values[INPUT.key] == 1200.0
    # Others are stored, this one is not: somebody wrote it after the last calculation.
    assert told(grid) == {"JX119"}


def test_a_text_may_be_put_together(made: Grid) -> None:
    formula = '"read on "&TEXT(45000,"yyyy-mm-dd")'
    grid = with_input(made, formula, "read on 2023-03-15", at=COMMENT)
    assert told(grid) == set()


def test_another_book_on_the_way_is_told_once(made: Grid) -> None:
    sheet = raw("[1]Other!A1")
    sheet.cells[1, 2] = Cell(1200.0, "[1]Other!A1")  # type: ignore[index]
    assert told(with_input(made, "Raw!B1", 1200.0, sheet)) == {"JX116"}
    name = with_input(made, "Elsewhere", 1200.0)
    name = dataclasses.replace(name, names={**name.names, "Elsewhere": "[1]Other!$A$1"})
    assert told(name) == {"JX218"}


def test_a_year_of_quarter_hours(made: Grid) -> None:
    rows = 35_040
    cells = {(n, 1): Cell(44927 + n / 96) for n in range(1, rows + 1)}
    cells |= {(n, 2): Cell(1200_000 / rows) for n in range(1, rows + 1)}
    year = Sheet("Raw", cells=cells)
    for formula in (
        "SUM(Raw!B:B)/1000",
        "SUMPRODUCT(Raw!B1:B35040*1)/1000",
        'SUMIFS(Raw!B1:B35040,Raw!A1:A35040,">=44927")/1000',
    ):
        grid = with_input(made, formula, 1200.0, year)
        assert told(grid) == set(), formula


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a book whose input reads TODAY, as openpyxl saves it."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(api.book(PLAN, TYPED)))
    book[INPUT.sheet][INPUT.address] = "=TODAY()*0+1200"
    path = tmp_path_factory.mktemp("today") / "today.xlsx"
    book.save(path)
    return path


def test_nobody_computes_with_a_value_that_changes(file: Path) -> None:
    with pytest.raises(CannotUse) as refused:
        open_book(file, definitions=DEFINITIONS)
    assert refused.value.code is Unusable.UNSURE
    assert INPUT.address in str(refused.value)
    assert "TODAY" in str(refused.value)


def test_a_repaired_book_leaves_it_empty_and_says_so(file: Path) -> None:
    done = api.repair(file, SETTINGS)
    assert any("=TODAY()*0+1200" in sentence for sentence in done.lost)


@pytest.mark.parametrize("stored", [1200.0, 1300.0, None])
def test_a_book_made_by_hand_is_read_in_the_same_way(
    tmp_path: Path, stored: float | None
) -> None:
    path = tmp_path / "hand.xlsx"
    path.write_bytes(by_hand(PLAN.methodology, TYPED, Hand()))
    grid = read_grid(path)
    book = open_file(BookFile("hand.xlsx", grid), SETTINGS)
    assert book.foreign is not None
    spot = book.foreign.found[INPUT.key]
    sheets = tuple(
        dataclasses.replace(
            sheet,
            cells={
                **sheet.cells,
                (spot.row, spot.column): Cell(stored, "SUM(Raw!A1:A3)/1000"),
            },
        )
        if sheet.name == spot.sheet
        else sheet
        for sheet in grid.sheets
    )
    grid = dataclasses.replace(grid, sheets=(*sheets, raw()))
    book = open_file(BookFile("hand.xlsx", grid), SETTINGS)
    assert book.submission.values[INPUT.key] == 1200.0
    report = check_grid(grid, "hand.xlsx", SETTINGS)
    found = {(d.code, d.sheet, d.cell) for d in report.diagnostics}
    is_old = ("JX336", spot.sheet, spot.address) in found
    assert is_old is (stored == 1300.0)
