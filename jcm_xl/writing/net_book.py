"""A workbook with the two figures of net reduction, as native charts.

The figures are those of 'Basic Concept for Crediting under the JCM' (Recent Development
of the JCM/BOCM, Government of Japan, February 2013): reference emissions below business
as usual, and project emissions above what they likely are.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from jcm_xl.engine.net import Net

_CREATED = datetime(2013, 1, 1)
_GAP = "not known"
_COLOURS = ("#7F7F7F", "#2E75B6", "#A9D18E")


def write_net_book(title: str, net: Net) -> bytes:
    """Return the bytes of a workbook with both figures and their numbers."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": title, "created": _CREATED})
    sheet = book.add_worksheet("Net reduction")
    sheet.set_column(0, 0, 54)
    sheet.set_column(1, 1, 16)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, title, bold)
    first = (("Business as usual", net.usual), ("Reference emissions", net.reference),
             ("Project emissions", net.project))  # fmt: skip
    second = (("Reference emissions", net.reference),
              ("Project emissions, as calculated", net.project),
              ("Project emissions, as they likely are", net.likely))  # fmt: skip
    row = _figure(
        book, sheet, 2, "Figure 1: reference emissions below business as usual", first
    )
    _figure(book, sheet, row, "Figure 2: conservative project emissions", second)
    book.close()
    return buffer.getvalue()


def _figure(
    book: Any, sheet: Any, row: int, title: str,
    values: Sequence[tuple[str, float | None]],
) -> int:  # fmt: skip
    """Write numbers and chart; return the first row below."""
    number = book.add_format({"num_format": "#,##0.0#########"})
    sheet.write_string(row, 0, title, book.add_format({"bold": True}))
    sheet.write_string(row, 1, "tCO2/p")
    for at, (what, value) in enumerate(values, row + 1):
        sheet.write_string(at, 0, what)
        if value is None:
            sheet.write_string(at, 1, _GAP)
        else:
            sheet.write_number(at, 1, value, number)
    last = row + len(values)
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "categories": [sheet.name, row + 1, 0, last, 0],
        "values": [sheet.name, row + 1, 1, last, 1],
        "points": [{"fill": {"color": colour}} for colour in _COLOURS],
        "data_labels": {"value": True, "num_format": "#,##0"},
        "gap": 60,
    })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"name": "tCO2", "num_format": "#,##0"})
    chart.set_legend({"none": True})
    chart.set_size({"width": 640, "height": 300})
    sheet.insert_chart(row, 3, chart)
    return row + 17
