"""What a participant or a program may do to a book is no error and no warning."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Severity
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.checks.surgery import operate
from tests.support import DEFINITIONS, example_book

SHEET = "MRS(input_separate)"
Change = Callable[[Any], None]


def _own_sheets(wb: Any) -> None:
    own = wb.create_sheet("Notes")
    own["A1"] = "Meter read by hand"
    own["B2"] = "='MPS(input)'!E17*2"
    own.sheet_state = "hidden"


def _lost_formats(wb: Any) -> None:
    for row in wb[SHEET].iter_rows():
        for cell in row:
            cell.number_format = "General"
            cell.fill = PatternFill()
            cell.font = Font()


def _comments(wb: Any) -> None:
    wb[SHEET]["C10"].comment = Comment("See invoice of March", "Plant manager")


def _sizes(wb: Any) -> None:
    wb[SHEET].column_dimensions["C"].width = 40
    wb[SHEET].row_dimensions[10].height = 60


def _view(wb: Any) -> None:
    sheet = wb[SHEET]
    sheet.freeze_panes = "D11"
    sheet.sheet_view.zoomScale = 60
    sheet.sheet_view.showGridLines = True
    sheet.sheet_view.selection[0].activeCell = "C10"
    wb.active = 2


def _printing(wb: Any) -> None:
    sheet = wb[SHEET]
    sheet.print_area = "A1:C20"
    sheet.page_setup.orientation = "portrait"
    sheet.oddHeader.center.text = "Confidential"


def _lists_lost(wb: Any) -> None:
    for sheet in wb:
        sheet.data_validations.dataValidation = []


def _own_names(wb: Any) -> None:
    wb.defined_names["price"] = DefinedName("price", attr_text="MSS!$B$5")


def _hidden_spare_row(wb: Any) -> None:
    wb[SHEET].row_dimensions[12].hidden = True


def _hyperlink(wb: Any) -> None:
    wb.create_sheet("Own")["A1"].hyperlink = "https://www.jcm.go.jp/"


CHANGES: Mapping[str, Change] = {
    "nothing": lambda wb: None,
    "own sheets, hidden ones too": _own_sheets,
    "formats lost": _lost_formats,
    "comments": _comments,
    "column widths and row heights": _sizes,
    "freeze panes, zoom, gridlines, selection": _view,
    "print area, direction, header": _printing,
    "drop-downs and limits lost by pasting": _lists_lost,
    "own names": _own_names,
    "the row of an unused unit hidden": _hidden_spare_row,
    "a link to a web page": _hyperlink,
}


def findings(data: bytes, folder: Path) -> list[str]:
    path = folder / "report.xlsx"
    path.write_bytes(data)
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    return [
        f"{d.code} {d.place} {d.message}"
        for d in report.diagnostics
        if d.severity is not Severity.NOTE
    ]


@pytest.mark.parametrize("name", CHANGES)
def test_a_legitimate_change_is_at_most_a_note(name: str, tmp_path: Path) -> None:
    wb = openpyxl.load_workbook(io.BytesIO(book(*example_book("EX_AM901"))))
    CHANGES[name](wb)
    saved = io.BytesIO()
    wb.save(saved)
    assert findings(saved.getvalue(), tmp_path) == []


def test_another_theme_and_no_protection_are_at_most_notes(tmp_path: Path) -> None:
    theme = {"do": "replace", "part": "xl/theme/theme1.xml", "old": "1F497D",
             "new": "112233"}  # fmt: skip
    open_sheet = {"do": "unprotect", "sheet": SHEET}
    data = operate(book(*example_book("EX_AM901")), [theme, open_sheet])
    assert findings(data, tmp_path) == []


def test_an_input_may_be_the_sum_of_an_own_sheet(tmp_path: Path) -> None:
    formula = ("=SUM(Meter!B1:B2)/1000", 1200)
    made = book(*example_book("EX_AM901"), {"mrs.value:EG_i_p[1]": formula})
    cells = "".join(f"<row r='{n}'><c r='B{n}'><v>600000</v></c></row>" for n in (1, 2))
    own = {"do": "add_sheet", "sheet": "Meter", "rows": cells}
    assert findings(operate(made, [own]), tmp_path) == []
