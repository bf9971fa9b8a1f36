"""Workbooks with a native chart: a waterfall from figure to figure, bars of effects.

A waterfall is stacked columns, of which the lowest is not drawn: every version of every
spreadsheet program has those.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from jcm_xl.writing.chart_book import NOTE, ChartBook, chart_book

_HEAD, _FIRST = 2, 3
_UP, _DOWN, _END, _BAR = "#70AD47", "#C00000", "#44546A", "#2E75B6"


def write_bridge_book(title: str, bars: Sequence[tuple[str, float, bool]]) -> bytes:
    """Return a workbook of steps: words, tCO2, and whether it is an end, not a step.

    The running sums are formulas; the last of them is the second figure.
    """
    begun, right = _begun(title, "Bridge")
    book, sheet, bold = begun.book, begun.sheet, begun.bold
    for column, words in enumerate(
        ("Change", "tCO2", "Sum", "Base", "Figure", "More", "Less")
    ):
        sheet.write_string(_HEAD, column, words, right if column else bold)
    number = book.add_format({"num_format": "#,##0.00000"})
    total = 0.0
    for row, (words, amount, is_end) in enumerate(bars, _FIRST):
        before, total = total, amount if is_end else total + amount
        above = "" if row == _FIRST else xl_rowcol_to_cell(row - 1, 2)
        adds = xl_rowcol_to_cell(row, 1) if not is_end or not above else ""
        sums = "+".join(part for part in (above, adds) if part)
        base = 0.0 if is_end else min(before, total)
        more, less = (0.0, 0.0) if is_end else (max(amount, 0.0), max(-amount, 0.0))
        sheet.write_string(row, 0, words)
        sheet.write_number(row, 1, amount, number)
        sheet.write_formula(row, 2, f"={sums}", number, total)
        drawn = (base, amount if is_end else 0.0, more, less)
        for column, value in enumerate(drawn, 3):
            sheet.write_number(row, column, value, number)
    last = _FIRST + len(bars) - 1
    sheet.insert_chart(last + 2, 0, _waterfall(book, sheet, last))
    return begun.closed()


def write_sensitivity_book(
    title: str, bars: Sequence[tuple[str, float, float | None]]
) -> bytes:
    """Return a workbook of inputs: words, tCO2 for one per cent, error to reach."""
    begun, right = _begun(title, "Sensitivity")
    book, sheet, bold = begun.book, begun.sheet, begun.bold
    for column, words in enumerate(("Input", "tCO2 for +1 %", "Error, %")):
        sheet.write_string(_HEAD, column, words, right if column else bold)
    number = book.add_format({"num_format": "#,##0.0000"})
    for row, (words, per_cent, reach) in enumerate(bars, _FIRST):
        sheet.write_string(row, 0, words)
        sheet.write_number(row, 1, per_cent, number)
        if reach is not None:
            sheet.write_number(row, 2, reach, number)
    last = _FIRST + len(bars) - 1
    chart = book.add_chart({"type": "bar"})
    chart.add_series({
        "categories": [sheet.name, _FIRST, 0, last, 0],
        "values": [sheet.name, _FIRST, 1, last, 1],
        "fill": {"color": _BAR}, "gap": 40,
    })  # fmt: skip
    chart.set_title({"name": "tCO2 for one per cent more", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_legend({"none": True})
    chart.set_size({"width": 760, "height": 120 + 24 * len(bars)})
    sheet.insert_chart(last + 2, 0, chart)
    return begun.closed()


def _begun(title: str, name: str) -> tuple[ChartBook, Any]:
    """Begin a book; return it with the format of headings over numbers."""
    begun = chart_book(title, name, {(0, 0): 44, (1, 6): 15})
    begun.sheet.write_string(1, 0, NOTE)
    return begun, begun.book.add_format({"bold": True, "align": "right"})


def _waterfall(book: Any, sheet: Any, last: int) -> Any:
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, colour in ((3, None), (4, _END), (5, _UP), (6, _DOWN)):
        fill = {"color": colour} if colour else {"none": True}
        chart.add_series({
            "name": [sheet.name, _HEAD, column],
            "categories": [sheet.name, _FIRST, 0, last, 0],
            "values": [sheet.name, _FIRST, column, last, column],
            "fill": fill, "border": {"none": True}, "gap": 30,
        })  # fmt: skip
    chart.set_title({"name": "From figure to figure", "name_font": {"size": 12}})
    chart.set_y_axis({"name": "tCO2", "num_format": "#,##0"})
    chart.set_legend({"position": "bottom", "delete_series": [0]})
    chart.set_size({"width": 900, "height": 420})
    return chart
