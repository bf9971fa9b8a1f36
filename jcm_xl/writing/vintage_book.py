"""A workbook with the reductions by calendar year and a native chart of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import floor
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from jcm_xl.engine.vintages import Vintage, Vintages
from jcm_xl.writing.chart_book import NOTE, chart_book

_HEAD = ("Year", "From", "To", "Reference emissions", "Project emissions",
         "Emission reductions", "Whole tonnes")  # fmt: skip
_FIRST = 3


def write_vintage_book(
    title: str, vintages: Vintages, sentences: Sequence[str]
) -> bytes:
    """Return the bytes of a workbook with the table, its sums and a chart.

    The whole tonnes and the sums are formulas over the figures of the years.
    """
    begun = chart_book(title, "By calendar year", {(0, 2): 12, (3, 6): 21})
    book, sheet, bold = begun.book, begun.sheet, begun.bold
    bold_right = book.add_format({"bold": True, "align": "right"})
    year = book.add_format({"align": "left"})
    whole = book.add_format({"num_format": "#,##0"})
    sheet.write_string(1, 3, NOTE)
    for column, words in enumerate(_HEAD):
        sheet.write_string(2, column, words, bold if column < 3 else bold_right)
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    number = book.add_format({"num_format": "#,##0.00"})
    for row, v in enumerate(vintages.years, _FIRST):
        _year(sheet, row, v, (year, day, number, whole))
    below = _sums(sheet, vintages, (bold, number, whole))
    for row, text in enumerate(sentences, below + 1):
        sheet.write_string(row, 0, text)
    sheet.insert_chart(below + len(sentences) + 2, 0, _chart(book, sheet, vintages))
    return begun.closed()


def _year(sheet: Any, row: int, v: Vintage, formats: tuple[Any, ...]) -> None:
    year, day, number, whole = formats
    sheet.write_number(row, 0, v.year, year)
    for column, moment in ((1, v.first), (2, v.last)):
        sheet.write_datetime(
            row, column, datetime(moment.year, moment.month, moment.day), day
        )
    for column, value in ((3, v.reference), (4, v.project), (5, v.reduction)):
        sheet.write_number(row, column, float(value), number)
    if v.tonnes == floor(float(v.reduction)):
        reduction = xl_rowcol_to_cell(row, 5)
        sheet.write_formula(row, 6, f"=INT({reduction})", whole, v.tonnes)
    else:  # the last digit of a double would round it to another tonne
        sheet.write_number(row, 6, v.tonnes, whole)


def _sums(sheet: Any, vintages: Vintages, formats: tuple[Any, ...]) -> int:
    """Write the sums; return the row below."""
    bold, number, whole = formats
    row = _FIRST + len(vintages.years)
    sheet.write_string(row, 0, "Sum", bold)
    sums: tuple[float, ...] = (
        float(sum(v.reference for v in vintages.years)),
        float(sum(v.project for v in vintages.years)),
        float(sum(v.reduction for v in vintages.years)),
        vintages.total,
    )
    for column, value in enumerate(sums, 3):
        formula = f"=SUM({xl_range(_FIRST, column, row - 1, column)})"
        sheet.write_formula(
            row, column, formula, number if column < 6 else whole, value
        )
    return row + 1


def _chart(book: Any, sheet: Any, vintages: Vintages) -> Any:
    last = _FIRST + len(vintages.years) - 1
    chart = book.add_chart({"type": "column"})
    for column in (3, 4, 6):
        chart.add_series({
            "name": [sheet.name, 2, column],
            "categories": [sheet.name, _FIRST, 0, last, 0],
            "values": [sheet.name, _FIRST, column, last, column],
        })  # fmt: skip
    chart.set_title({"name": "By calendar year", "name_font": {"size": 12}})
    chart.set_y_axis({"name": "tCO2", "num_format": "#,##0"})
    chart.set_size({"width": 760, "height": 320})
    return chart
