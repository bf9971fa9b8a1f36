"""The sheet with a verifier's values: it calculates by itself, the book stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.copies.marks import MARK, WHAT_IF
from jcm_xl.copies.what_if_sheet import write_what_if
from jcm_xl.errors import JcmError
from jcm_xl.plan.plan import make_plan
from jcm_xl.xlsx.patch import changed_parts
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE
from tests.office.harness import Cells, Office
from tests.support import example_book

KEY = "ID_AM003@1.0"
CHANGE = "EC_PJ_i_p[1]=140"


def report(folder: Path, key: str) -> Path:
    path = folder / "report.xlsx"
    path.write_bytes(api.book(*example_book(key)))
    return path


def results(cells: Cells) -> list[list[object]]:
    return [[cells.get(f"{column}{row}") for column in "DEF"] for row in range(6, 10)]


def test_every_other_part_of_the_copy_is_the_reports(tmp_path: Path) -> None:
    path = report(tmp_path, KEY)
    copy = write_what_if(path, [CHANGE])
    changed = changed_parts(path.read_bytes(), copy)
    sheets = {name: how for name, how in changed.items() if "worksheets" in name}
    assert list(sheets.values()) == ["added"]
    assert not {n for n in changed if "styles" in n or "sharedStrings" in n}
    made = tmp_path / "copy.xlsx"
    made.write_bytes(copy)
    sheet = read_grid(made).sheet(WHAT_IF)
    assert sheet is not None
    assert sheet.cells[2, 1].value == MARK
    figures = [
        [sheet.cells[row, column].value for column in (4, 5)] for row in range(6, 10)
    ]
    asked = api.what_if(path, [CHANGE])
    assert figures == [[before, after] for _, before, after in asked.figures()]


def test_a_book_without_a_figure_is_refused_in_words(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    path = tmp_path / "blank.xlsx"
    path.write_bytes(api.new(make_plan(plan.methodology, plan.rows).methodology))
    assert submission.values
    with pytest.raises(JcmError, match="has no figure to begin with"):
        write_what_if(path, [CHANGE])


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("key", CORE)
def test_the_sheet_recalculates_with_what_a_verifier_types(
    key: str, office: Office, tmp_path: Path
) -> None:
    path, made = report(tmp_path, key), tmp_path / "copy.xlsx"
    found = api.sensitivity(path).effects[0]
    row = f"[{found.row}]" if found.row else ""
    change = f"{found.name}{row}={found.value * 1.5:.7f}"
    made.write_bytes(write_what_if(path, [change]))
    wanted = [[b, a] for _, b, a in api.what_if(path, [change]).figures()]
    shown = results(office.recalculate(made)[WHAT_IF])
    assert [r[:2] for r in shown] == [pytest.approx(r, rel=1e-9) for r in wanted]
    sheet = read_grid(made).sheet(WHAT_IF)
    assert sheet is not None
    (typed,) = [at for (at, column), cell in sheet.cells.items()
                if column == 5 and at > 11 and cell.value is not None]  # fmt: skip
    plain = office.recalculate(made, [(WHAT_IF, f"E{typed}", None)])[WHAT_IF]
    claimed = [[b, b] for b, _ in wanted]
    assert [r[:2] for r in results(plain)] == [
        pytest.approx(r, rel=1e-9) for r in claimed
    ]
