"""A form as a workbook: what we know is filled and locked, the rest is yellow."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from jcm_xl.forms.model import EntryValue, FieldType, FieldValue, TableRows, table_rows
from jcm_xl.forms.place import (
    ASKING,
    DRAFT_ROW,
    ENTRY,
    HEAD_ROW,
    LABEL,
    NOTE,
    OPEN,
    SECTION,
    TITLE_ROW,
    FormCell,
    FormSheet,
)
from jcm_xl.forms.stamp import form_stamp
from jcm_xl.forms.typed import cell_value

_CREATED = datetime(2013, 1, 1)
_WIDTHS = {SECTION: 8, LABEL: 44, NOTE: 26, ENTRY: 48}
_TABLE_WIDTH = 22
_A4 = 9
_LINES = {FieldType.LONG: 8}
_LINE = 18
_PER_LINE = 46
_DAY = "yyyy-mm-dd"
_TYPED, _OURS, _HEAD = "#FFF2CC", "#EDEDED", "#D9E1F2"
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def write_form_book(
    placed: FormSheet,
    project: str,
    values: Mapping[str, FieldValue],
    is_public: bool = False,
) -> bytes:
    """Return the bytes of a form's book; the same facts give the same bytes.

    project: the reference number. values: what was typed before, by field.
    is_public: whether it is a copy that is published.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False,
               "strings_to_formulas": False, "strings_to_urls": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": f"JCM {placed.form.title}", "created": _CREATED})
    for name, text in form_stamp(placed.form, project, is_public).items():
        book.set_custom_property(name, text, "text")
    sheet = book.add_worksheet(placed.name)
    _Writer(book, sheet, placed, values).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes one sheet."""

    def __init__(
        self, book: Any, sheet: Any, placed: FormSheet,
        values: Mapping[str, FieldValue],
    ) -> None:  # fmt: skip
        self._sheet, self._placed, self._values = sheet, placed, values
        self._formats: dict[tuple[str, ...], Any] = {}
        self._book = book

    def write(self) -> None:
        self._page()
        for (row, column), text in self._placed.texts.items():
            self._sheet.write_string(row - 1, column - 1, text, self._text(row, column))
        for cell in self._placed.cells:
            self._cell(cell)
        self._locks()
        self._heights()
        options = {"format_columns": True, "format_rows": True}
        self._sheet.protect("", options)

    def _page(self) -> None:
        last_row, last_column = self._placed.last
        for column in range(1, last_column + 1):
            width = _WIDTHS.get(column, _TABLE_WIDTH)
            self._sheet.set_column(column - 1, column - 1, width)
        self._sheet.freeze_panes(HEAD_ROW, LABEL)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(HEAD_ROW - 1)
        self._sheet.print_area(0, 0, last_row - 1, last_column - 1)

    def _format(self, *names: str) -> Any:
        if names not in self._formats:
            facts: dict[str, Any] = {}
            for name in names:
                facts |= _FORMATS[name]
            self._formats[names] = self._book.add_format(facts)
        return self._formats[names]

    def _text(self, row: int, column: int) -> Any:
        if row == TITLE_ROW:
            return self._format("right" if column == ENTRY else "title")
        if row == DRAFT_ROW:
            return self._format("draft")
        if row == HEAD_ROW:
            return self._format("box", "head")
        if row < HEAD_ROW:
            return self._format("plain")
        is_beside = any(row == lock.cell.row for lock in self._placed.locks)
        if column < ENTRY:
            return self._format("box", "wrap")
        return self._format("small") if is_beside else self._format("box", "head")

    def _cell(self, cell: FormCell) -> None:
        value = cell_value(self._values, cell)
        names = ["box", "wrap", "typed" if cell.is_typed else "ours"]
        if cell.type is FieldType.DATE:
            names.append("day")
        if cell.type in (FieldType.TEXT, FieldType.LONG, FieldType.FILE):
            names.append("text")
        self._put(cell, value, self._format(*names))
        if cell.is_typed:
            self._validate(cell)

    def _put(self, cell: FormCell, value: EntryValue | None, form: Any) -> None:
        row, column = cell.row - 1, cell.column - 1
        if value is None:
            self._sheet.write_blank(row, column, None, form)
        elif isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)
            self._sheet.write_datetime(row, column, moment, form)
        elif isinstance(value, Decimal):
            self._sheet.write_number(row, column, float(value), form)
        else:
            self._sheet.write_string(row, column, value, form)

    def _validate(self, cell: FormCell) -> None:
        rule: dict[str, Any] | None = None
        if cell.choices:
            rule = {"validate": "list", "source": self._source(cell)}
        elif cell.type is FieldType.DATE:
            rule = {"validate": "date", "criteria": "between",
                    "minimum": _FIRST_DAY, "maximum": _LAST_DAY}  # fmt: skip
        elif cell.type is FieldType.NUMBER:
            rule = {"validate": "decimal", "criteria": "between",
                    "minimum": -1e12, "maximum": 1e12}  # fmt: skip
        if rule is not None:
            rule |= {"error_title": cell.label[:32], "error_message": _asked(cell)}
            self._sheet.data_validation(
                cell.row - 1, cell.column - 1, cell.row - 1, cell.column - 1, rule
            )

    def _source(self, cell: FormCell) -> Any:
        for lock in self._placed.locks:
            if lock.cell is cell:
                every, others = lock.choices
                return f"=IF({lock.formula}>0,{others},{every})"
        return list(cell.choices)

    def _locks(self) -> None:
        for lock in self._placed.locks:
            count = open_requests(table_rows(self._values, lock.cell.field.lock))
            row, column = lock.counted_at
            self._sheet.write_formula(
                row - 1, column - 1, f"={lock.formula}", self._format("small", "open"),
                count,
            )  # fmt: skip

    def _heights(self) -> None:
        tall: dict[int, int] = {}
        for cell in self._placed.cells:
            lines = _lines(cell, cell_value(self._values, cell))
            tall[cell.row] = max(tall.get(cell.row, 1), lines)
        for (row, column), text in self._placed.texts.items():
            if row > HEAD_ROW and column in (LABEL, NOTE):
                wide = _WIDTHS[column] - 2
                tall[row] = max(tall.get(row, 1), _wrapped(text, wide))
        for row, lines in tall.items():
            if lines > 1:
                self._sheet.set_row(row - 1, _LINE * min(lines, 20))


def open_requests(rows: TableRows) -> int:
    """Return how many CAR and CL of a table of requests are open."""
    return sum(row.get("kind") in ASKING and row.get("status") == OPEN for row in rows)


def _wrapped(text: str, wide: int) -> int:
    """Return how many lines a text takes where so many letters fit into one."""
    return sum(max(1, -(-len(part) // wide)) for part in text.split("\n"))


def _lines(cell: FormCell, value: EntryValue | None) -> int:
    """Return how many lines a cell needs; a long text has room from the beginning."""
    least = _LINES.get(cell.type, 1) if cell.is_typed else 1
    wide = _PER_LINE if cell.part is None else _TABLE_WIDTH - 2
    if cell.part is not None and cell.column == ENTRY:
        wide = _PER_LINE
    text = str(value) if value is not None else ""
    return max(least, _wrapped(text, wide))


def _asked(cell: FormCell) -> str:
    if cell.choices:
        return f"Choose one of: {', '.join(cell.choices)}."[:255]
    noun = "a day such as 2026-04-01" if cell.type is FieldType.DATE else "a number"
    return f"Type {noun}."


_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "draft": {"bold": True, "font_color": "#9C0006"},
    "plain": {},
    "right": {"align": "right"},
    "small": {"font_size": 8, "font_color": "#595959", "valign": "top"},
    "open": {"num_format": '"CAR and CL open: "0', "align": "left"},
    "box": {"border": 1, "valign": "top"},
    "wrap": {"text_wrap": True},
    "head": {"bold": True, "bg_color": _HEAD, "text_wrap": True},
    "typed": {"locked": False, "bg_color": _TYPED},
    "ours": {"bg_color": _OURS},
    "day": {"num_format": _DAY, "align": "left"},
    "text": {"num_format": "@"},
}
