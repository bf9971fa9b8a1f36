"""The table of many books as CSV and as a workbook; no text becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from jcm_xl.bulk.row import BookRow
from jcm_xl.text.languages import Messages
from jcm_xl.text.visible import csv_text, visible
from jcm_xl.writing.additions import row_height

_UNSEEN = ("fingerprint", "exit_code", "judged")
COLUMNS = tuple(f.name for f in fields(BookRow) if f.name not in _UNSEEN)
_WIDTHS = (11, 12, 8, 9, 11, 11, 7, 13, 13, 12, 8, 9, 13, 12, 40, 56, 32, 40, 16)
_FORMATS = {"reference": "#,##0.###", "project": "#,##0.###", "tonnes": "#,##0"}
_CREATED = datetime(2013, 1, 1)
_LONGEST = 32_767
_WRAPPED = ("verdict", "first_finding", "alike")


def csv_table(rows: Sequence[BookRow], texts: Messages) -> bytes:
    """Return the table as CSV in UTF-8 with its mark, so that Excel sees the signs."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(texts("bulk.headings"))
    for row in rows:
        writer.writerow([_plain(getattr(row, name)) for name in COLUMNS])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "backslashreplace")


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return csv_text(value) if isinstance(value, str) else value


def xlsx_table(rows: Sequence[BookRow], texts: Messages) -> bytes:
    """Return the table as a workbook; the same rows give the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False,
               "strings_to_formulas": False, "strings_to_urls": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": texts("bulk.title"), "created": _CREATED})
    sheet = book.add_worksheet(texts("bulk.sheet"))
    head = book.add_format({"bold": True, "bg_color": "#BDD7EE", "border": 1,
                            "text_wrap": True, "valign": "vcenter"})  # fmt: skip
    sheet.write_row(0, 0, texts("bulk.headings"), head)
    _Sheet(book, sheet).fill(rows)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()


def _wrapped(row: BookRow) -> Iterator[tuple[str, float]]:
    for name in _WRAPPED:
        yield visible(getattr(row, name)), _WIDTHS[COLUMNS.index(name)]


class _Sheet:
    """Writes rows; a clean book is green, one with findings amber, none red."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._sheet = sheet
        common = {"valign": "top"}
        self._text = book.add_format({**common, "text_wrap": True})
        self._day = book.add_format({**common, "num_format": "yyyy-mm-dd"})
        self._numbers = {
            name: book.add_format({**common, "num_format": code})
            for name, code in _FORMATS.items()
        }
        self._number = book.add_format(common)
        self._verdicts = [
            book.add_format({**common, "text_wrap": True, "bg_color": colour})
            for colour in ("#C6EFCE", "#FFEB9C", "#F8CBAD")
        ]

    def fill(self, rows: Sequence[BookRow]) -> None:
        for number, row in enumerate(rows, 1):
            self._sheet.set_row(number, row_height(_wrapped(row)))
            for column, name in enumerate(COLUMNS):
                self._write(number, column, name, row)

    def _write(self, number: int, column: int, name: str, row: BookRow) -> None:
        value = getattr(row, name)
        if isinstance(value, date):
            # A day before 1900, or beyond 9999, is no date of a spreadsheet.
            moment = datetime(value.year, value.month, value.day)
            self._sheet.write_datetime(number, column, moment, self._day)
        elif isinstance(value, float | int):
            form = self._numbers.get(name, self._number)
            self._sheet.write_number(number, column, value, form)
        elif value:
            is_verdict = name == "verdict"
            form = self._text if name in _WRAPPED else self._number
            form = self._verdicts[row.exit_code] if is_verdict else form
            text = visible(value)[:_LONGEST]
            self._sheet.write_string(number, column, text, form)
