"""Books of every kind that the libraries can write, made on the spot."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.styles import Protection
from openpyxl.worksheet.formula import ArrayFormula

Maker = Callable[[Path], None]


def values_of_all_kinds(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("MPS(input)")
        other = book.add_worksheet("L'été & <Bericht>")
        free = book.add_format({"locked": False, "num_format": "#,##0.00"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "locked": False})
        for n, number in enumerate((0, -1, 1.5, 1e-300, 1.7976e308, 0.1 + 0.2, 1e15)):
            sheet.write_number(n, 0, number, free if n % 2 else None)
        for n, text in enumerate(
            (
                "CO₂", " leading and trailing ", "line\nbreak", "tab\there",
                "a&b<c>d\"e'", "_x0041_", "\x07bell", "日本語（テスト）", "𝒳 astral",
                "'quoted", "x" * 32767, "&amp;", "]]>", "<v>1</v>",
                "=not a formula", "TRUE", "1e5", "\r\n",
            )
        ):  # fmt: skip
            sheet.write_string(n, 1, text)
        for n, truth in enumerate((True, False)):
            sheet.write_boolean(n, 2, truth)
        sheet.write_datetime(0, 3, datetime.datetime(2021, 6, 1, 12), day)
        for n, (formula, value) in enumerate(
            (
                ("=SUM(A1:A3)", 0.5), ('="a"&"<b>"', "a<b>"), ("=1/0", "#DIV/0!"),
                ("=NA()", "#N/A"), ("=1=1", True), ("='L''été & <Bericht>'!A1", -3),
                ('=IF(A1>0,"x & y","")', ""), ("=ROUNDDOWN(4.35*100,0)", 435),
            )
        ):  # fmt: skip
            sheet.write_formula(n, 4, formula, free, value)
        sheet.write_array_formula("F1:F3", "{=A1:A3*2}", None, 7)
        sheet.write_rich_string(
            "G1", "CO", book.add_format({"font_script": 2}), "2", " a"
        )
        sheet.write_blank("H1", None, free)
        sheet.merge_range("J1:L2", "merged")  # openpyxl forgets styles inside
        other.write_number("XFD1048576", 1)
        other.write_string("AA10", "far")


def sheets_of_all_states(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.set_custom_property("methodology", "EX_AM001")
        book.set_custom_property("units", 12, "number")
        book.set_custom_property("draft", True, "bool")
        shown = book.add_worksheet("Shown")
        hidden = book.add_worksheet("Hidden one")
        very = book.add_worksheet("Very")
        chart = book.add_chartsheet("Chart")
        line = book.add_chart({"type": "line"})
        line.add_series({"values": "=Shown!$A$1:$A$3"})
        chart.set_chart(line)
        book.define_name("total", "=Shown!$A$1")
        book.define_name("'Hidden one'!local", "='Hidden one'!$B$2")
        hidden.hide()
        very.very_hidden()
        shown.protect("secret")
        shown.set_row(4, None, None, {"hidden": True})
        shown.set_column("C:E", 12, None, {"hidden": True})
        shown.write("A1", 1)
        shown.write_comment("A1", "a note")
        shown.insert_textbox("D4", "text")
        shown.write_url("A2", "https://example.org/", string="link")
        shown.data_validation("B1:B9", {"validate": "list", "source": ["a", "b"]})
        shown.data_validation(
            "C1", {"validate": "decimal", "criteria": "between",
                   "minimum": 0, "maximum": 9}
        )  # fmt: skip
        shown.merge_range("A10:B11", "m")


def inline_strings(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(30):
            sheet.write_string(row, 0, f" text {row} & more ")
            sheet.write_number(row, 1, row / 7)


def openpyxl_saved(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, "two", True
    sheet["A4"] = datetime.datetime(2022, 2, 3, 6)
    sheet["B1"] = "=A1*2"
    sheet["B2"] = '=Data!A1&"<\'>"'
    sheet["B3"].protection = Protection(locked=False)
    sheet["C1"] = ArrayFormula("C1:C2", "=A1:A2*3")
    sheet["D1"] = "#N/A"
    sheet["E1"] = None
    sheet.merge_cells("F1:G2")
    sheet["F1"] = "merged"
    book.save(path)


def dates_of_1904(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime("A1", datetime.datetime(2020, 5, 6), day)


def nothing_at_all(path: Path) -> None:
    openpyxl.Workbook().save(path)


def a_large_sheet(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(3000):
            sheet.write_number(row, 0, row)
            sheet.write_string(row, 1, f"EC_PJ_{row % 50}_p")
            sheet.write_formula(row, 2, f"=A{row + 1}*2", None, row * 2)


MAKERS: tuple[Maker, ...] = (
    values_of_all_kinds, sheets_of_all_states, inline_strings, openpyxl_saved,
    dates_of_1904, nothing_at_all, a_large_sheet,
)  # fmt: skip
