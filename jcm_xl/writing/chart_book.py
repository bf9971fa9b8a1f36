"""The beginning that our workbooks of one table and its charts share."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter

NOTE = "tCO2, as jcm_xl calculates them; no official sheet"
_CREATED = datetime(2013, 1, 1)
_A4 = 9


class ChartBook(NamedTuple):
    """A workbook of one sheet, on one page in width; its title stands in A1."""

    buffer: io.BytesIO
    book: Any
    sheet: Any
    bold: Any

    def closed(self) -> bytes:
        """Close the book; return its bytes."""
        self.book.close()
        return self.buffer.getvalue()


def chart_book(
    title: str, name: str, widths: Mapping[tuple[int, int], float]
) -> ChartBook:
    """Begin a workbook; widths: of columns from one to another, from 0."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": title, "created": _CREATED})
    sheet = book.add_worksheet(name)
    for (first, last), width in widths.items():
        sheet.set_column(first, last, width)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, title, bold)
    return ChartBook(buffer, book, sheet, bold)
