"""The work list of unconfirmed numbers as a workbook that a person fills."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from jcm_xl.definition.gaps import Gap, GapKind

SHEET = "Gaps"
BY = "Confirmed by"
ON = "Confirmed on"
DOCUMENT = "Official document"
HEAD = (BY, ON, DOCUMENT)
SAME = "As it stands?"
VALUE = "Official value or text"
OWN_DOCUMENT = "Another document"
SECTION = "Section or page"
REMARK = "Remark"
KEYS = ("Methodology", "Kind", "Name", "Row")
PRESENT = "Present value"
HEADINGS = (*KEYS, "What it is", "Unit", PRESENT, "Evidence", "Where it stands",
            "Official page", SAME, VALUE, OWN_DOCUMENT, SECTION, REMARK)  # fmt: skip
YES = "yes"

_CREATED = datetime(2013, 1, 1)
_WIDTHS = (16, 11, 34, 24, 44, 12, 26, 13, 44, 40, 12, 26, 30, 16, 30)
_HELP = (
    "Open the official page of a row and compare. Choose 'yes' if the present value is "
    "that of the document, or type the official one. Leave the row blank if you could "
    "not compare it. Then: jcm-xl overlay THIS_FILE.xlsx -o FOLDER"
)
_EACH = "One value for each unit: it stays an input of the participant."
_HEAD_ROW = 3
_FIRST = _HEAD_ROW + len(HEAD) + 2


def write_gap_sheet(gaps: Sequence[Gap]) -> bytes:
    """Return the bytes of the workbook; the same list gives the same bytes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False,
               "strings_to_formulas": False, "strings_to_urls": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "jcm-xl gaps", "created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    _head(book, sheet)
    _rows(book, sheet, gaps)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_FIRST, len(KEYS))
    sheet.protect("", {"format_columns": True, "format_rows": True,
                       "autofilter": True, "sort": False})  # fmt: skip
    book.close()
    return buffer.getvalue()


def _head(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    typed = book.add_format({"locked": False, "bg_color": "#FFF2CC", "border": 1})
    day = book.add_format({"locked": False, "bg_color": "#FFF2CC", "border": 1,
                           "num_format": "yyyy-mm-dd", "align": "left"})  # fmt: skip
    sheet.write_string(0, 0, "Numbers that no official document has confirmed", bold)
    sheet.write_string(1, 0, _HELP)
    for number, label in enumerate(HEAD):
        sheet.write_string(_HEAD_ROW + number, 0, label, bold)
        sheet.write_blank(_HEAD_ROW + number, 1, None, day if label == ON else typed)


def _rows(book: Any, sheet: Any, gaps: Sequence[Gap]) -> None:
    title = book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1,
                             "text_wrap": True})  # fmt: skip
    told = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    typed = book.add_format({"border": 1, "text_wrap": True, "valign": "top",
                             "locked": False, "bg_color": "#FFF2CC"})  # fmt: skip
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(_FIRST - 1, column, heading, title)
    first_typed = HEADINGS.index(SAME)
    for row, gap in enumerate(gaps, _FIRST):
        cells = (gap.methodology, str(gap.kind), gap.name, gap.row, gap.label,
                 gap.unit, gap.value, gap.evidence, gap.place, gap.address)  # fmt: skip
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, told)
        for column in range(first_typed, len(HEADINGS)):
            sheet.write_blank(row, column, None, told if gap.is_each else typed)
        if gap.is_each:
            sheet.write_string(row, HEADINGS.index(REMARK), _EACH, told)
        elif gap.kind is not GapKind.OPEN:
            choice = {"validate": "list", "source": [YES]}
            sheet.data_validation(row, first_typed, row, first_typed, choice)
    last = _FIRST - 1 + len(gaps)
    sheet.autofilter(_FIRST - 1, 0, last, len(HEADINGS) - 1)
