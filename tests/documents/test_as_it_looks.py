"""A sheet drawn in its own looks: what a spreadsheet program shows of it."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from jcm_xl.documents.as_it_looks import AsItLooks, general
from jcm_xl.documents.drawing import Drawn, DrawnSheet, drawings
from jcm_xl.submission.open import read_file


@pytest.mark.parametrize(
    ("value", "room", "shown"),
    [
        (25.8075, 9, "25.8075"), (25.8075, 4, "25.8"), (25.8075, 2, "26"),
        (1 / 3, 9, "0.3333333"), (123456.0, 9, "123456"), (0.0, 2, "0"),
        (274_750_000.0, 8, "2.75E+08"), (-12.5, 9, "-12.5"), (1e-7, 9, "1e-07"),
    ],
)  # fmt: skip
def test_the_format_general_in_a_narrow_column(
    value: float, room: float, shown: str
) -> None:
    assert general(value, room) == shown


def drawn(fill: Any) -> tuple[DrawnSheet, str]:
    """Draw the sheet that a function fills, with the rules for its cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("S")
    fill(book, sheet)
    book.close()
    grid = read_file(buffer.getvalue()).grid
    dress = AsItLooks(grid)
    (found,) = drawings(Drawn(grid, sheets=("S",)), {}, only_marked=False, dress=dress)
    return found, dress.css()


def texts(found: DrawnSheet) -> dict[str, str]:
    return {c.address: " ".join(c.lines) for row in found.rows for c in row.cells}


def test_numbers_and_days_are_shown_as_their_formats_have_them() -> None:
    formats = {
        "A1": ("#,##0.00", 1234.5, "1,234.50"), "A2": ("0%", 0.25, "25%"),
        "A3": ("yyyy-mm-dd", 45000, "2023-03-15"),
        "A4": ("d-mmm-yy", 45000, "15-Mar-23"),
        "A5": ('0.0" t"', 3.14, "3.1 t"), "A6": ("[$-411]ggge", 45000, "2023-03-15"),
        "A7": ("# ?/?", 0.5, "0.5"),
    }  # fmt: skip

    def fill(book: Any, sheet: Any) -> None:
        for cell, (code, value, _) in formats.items():
            sheet.write_number(cell, value, book.add_format({"num_format": code}))

    found, _ = drawn(fill)
    shown = texts(found)
    assert {cell: shown[cell] for cell in formats} == {
        cell: text for cell, (_, _, text) in formats.items()
    }


def test_looks_widths_and_heights_are_those_of_the_file() -> None:
    def fill(book: Any, sheet: Any) -> None:
        look = {"bold": True, "italic": True, "align": "center", "font_size": 16}
        look |= {"bg_color": "#1F3864", "font_color": "#FFFFFF"}
        sheet.write("A1", "head", book.add_format(look))
        sheet.set_column("A:A", 20)
        sheet.set_column("B:B", None, None, {"hidden": True})
        sheet.set_row(0, 30)
        sheet.write("C2", 1)

    found, css = drawn(fill)
    assert css == (
        ".g .s-k1 { color: #FFFFFF; background: #1F3864; font-size: 17.1px; "
        "font-weight: 600; font-style: italic; text-align: center }"
    )
    assert [width for _, width in found.columns] == [116, 12, 51]
    assert [row.height for row in found.rows] == [32, 16]
    assert found.rows[0].cells[0].style == "k1"


def test_a_long_text_runs_on_and_a_wrapped_one_stays() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", "a text that is longer than its column")
        wrapped = book.add_format({"text_wrap": True})
        sheet.write("A2", "a text that is longer than its column", wrapped)
        sheet.write("F3", "end")

    found, _ = drawn(fill)
    spans = {c.address: c.span for row in found.rows for c in row.cells}
    assert spans["A1"][0] > 2
    assert spans["A2"] == (1, 1)
