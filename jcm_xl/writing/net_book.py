"""A workbook with the two figures of net reduction, as native charts.

The figures are those of 'Basic Concept for Crediting under the JCM' (Recent Development
of the JCM/BOCM, Government of Japan, February 2013): reference emissions below business
as usual, and project emissions above what they likely are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jcm_xl.engine.net import Net
from jcm_xl.writing.chart_book import chart_book

_GAP = "not known"
_COLOURS = {"Business as usual": "#7F7F7F", "Reference emissions": "#2E75B6"}
_PROJECT_COLOUR = "#A9D18E"
_NUMBER = "#,##0.0#########"


def write_net_book(title: str, net: Net) -> bytes:
    """Return the bytes of a workbook with both figures and their numbers."""
    begun = chart_book(title, "Net reduction", {(0, 0): 54, (1, 1): 16})
    book, sheet = begun.book, begun.sheet
    first = (("Business as usual", net.usual), ("Reference emissions", net.reference),
             ("Project emissions", net.project))  # fmt: skip
    second = (("Reference emissions", net.reference),
              ("Project emissions, as calculated", net.project),
              ("Project emissions, as they likely are", net.likely))  # fmt: skip
    row = _figure(
        book, sheet, 2, "Figure 1: reference emissions below business as usual", first
    )
    row = _figure(book, sheet, row, "Figure 2: conservative project emissions", second)
    _credited(book, sheet, row, net)
    return begun.closed()


def _figure(
    book: Any, sheet: Any, row: int, title: str,
    values: Sequence[tuple[str, float | None]],
) -> int:  # fmt: skip
    """Write numbers and chart; return the first row below."""
    sheet.write_string(row, 0, title, book.add_format({"bold": True}))
    _write(book, sheet, row, values)
    last = row + len(values)
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "categories": [sheet.name, row + 1, 0, last, 0],
        "values": [sheet.name, row + 1, 1, last, 1],
        "points": [
            {"fill": {"color": _COLOURS.get(what, _PROJECT_COLOUR)}}
            for what, _ in values
        ],
        "data_labels": {
            "value": True, "num_format": "#,##0.0",
            "custom": [{"delete": value is None} for _, value in values],
        },
        "gap": 60,
    })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis(
        {"name": "tCO2", "num_format": "#,##0", "major_gridlines": {"visible": False}}
    )  # a line would strike out the number above a bar
    chart.set_legend({"none": True})
    chart.set_size({"width": 640, "height": 300})
    sheet.insert_chart(row, 3, chart)
    return row + 17


def _write(
    book: Any, sheet: Any, row: int, values: Sequence[tuple[str, float | None]]
) -> None:
    """Write names and numbers; the axis of a chart says of a gap that it is one."""
    number = book.add_format({"num_format": _NUMBER})
    whole = book.add_format({"num_format": "#,##0"})
    sheet.write_string(row, 1, "tCO2/p")
    for at, (what, value) in enumerate(values, row + 1):
        if value is None:
            sheet.write_string(at, 0, f"{what} ({_GAP})")
            sheet.write_string(at, 1, _GAP)
        else:
            sheet.write_string(at, 0, what)
            form = whole if isinstance(value, int) else number
            sheet.write_number(at, 1, value, form)


def _credited(book: Any, sheet: Any, row: int, net: Net) -> None:
    """Write what is credited beside what is reduced."""
    sheet.write_string(row, 0, "Credited and net", book.add_format({"bold": True}))
    values = (("Credited (Table 3)", net.credited), ("Reduced", net.reduced),
              ("Net: reduced and not credited", net.net))  # fmt: skip
    _write(book, sheet, row, values)
