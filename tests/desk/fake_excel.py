"""Excel as xlwings sees it, in memory: a stand-in, as there is no Excel here.

It is an engine below xlwings' own App, Book, Sheet and Range, which run unchanged.
What is not written down here raises NotImplementedError as xlwings' base classes do:
nothing is accepted that this file does not know. Cells are those of a real file, kept
by openpyxl. It behaves as Excel where our code depends on it: an apostrophe makes a
text, a text that begins with `=` a formula; a locked cell of a protected sheet refuses
values, a sheet protected with its objects refuses notes; SaveCopyAs writes the book.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import xlwings
from openpyxl.comments import Comment
from openpyxl.styles import Font as CellFont
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from xlwings import base_classes as base


class ComError(Exception):
    """What Excel answers when it refuses something."""


def open_in_excel(path: Path, answers: tuple[str, ...] = ()) -> xlwings.Book:
    """Open a file; questions are answered by `answers` in turn."""
    return xlwings.Book(impl=FakeBook(path, answers))


def said(book: xlwings.Book) -> list[tuple[str, str]]:
    """Return the messages shown so far, with their kind."""
    messages: list[tuple[str, str]] = book.impl.app.messages
    return messages


def select(book: xlwings.Book, sheet: str, cell: str) -> None:
    """Select a cell, as the user does."""
    book.impl.app.chosen = book.sheets[sheet].range(cell).impl


class FakeEngine:
    name, type = "fake", "desktop"

    @staticmethod
    def prepare_xl_data_element(value: Any, _: Any) -> Any:
        return value

    @staticmethod
    def clean_value_data(data: Any, *_: Any) -> Any:
        return data


class FakeApp(base.App):
    engine = FakeEngine()

    def __init__(self, answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.messages: list[tuple[str, str]] = []
        self.chosen: FakeRange | None = None
        self.is_updating = True

    @property
    def api(self) -> Any:
        return self

    def GetOpenFilename(self, *_: Any) -> Any:
        return self.answers.pop(0) or False

    def InputBox(self, *_: Any) -> Any:
        return self.answers.pop(0) or False

    @property
    def pid(self) -> int:
        return 1

    @property
    def selection(self) -> Any:
        return self.chosen

    @property
    def screen_updating(self) -> bool:
        return self.is_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self.is_updating = value

    def alert(
        self, prompt: Any, title: Any, buttons: Any, mode: Any, callback: Any
    ) -> str:
        self.messages.append((mode or "question", prompt))
        return self.answers.pop(0) if buttons == "yes_no" else "ok"


class FakeBook(base.Book):
    def __init__(self, path: Path, answers: tuple[str, ...]) -> None:
        self.path, self.is_changed, self.is_in_cloud = path, False, False
        self.file = openpyxl.load_workbook(path)
        self.own_sheets = tuple(self.file.sheetnames)
        self._app, self._sheets = FakeApp(answers), FakeSheets(self)

    @cached_property
    def shown(self) -> Any:
        return openpyxl.load_workbook(self.path, data_only=True)

    @property
    def api(self) -> Any:
        return SimpleNamespace(SaveCopyAs=self.save_copy_as)

    def save_copy_as(self, target: str) -> None:
        # Inputs typed into the book are in the copy; as long as none are, the copy is
        # the file itself with its calculated values, which openpyxl cannot write.
        if self.is_changed:
            self.file.save(target)
        else:
            shutil.copyfile(self.path, target)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        if self.is_in_cloud:
            raise xlwings.XlwingsError("URL https://x.sharepoint.com not recognized.")
        return str(self.path)

    @property
    def app(self) -> Any:
        return self._app

    @property
    def sheets(self) -> Any:
        return self._sheets


class FakeSheets(base.Sheets):
    def __init__(self, book: FakeBook) -> None:
        self.book = book

    def __call__(self, key: Any) -> FakeSheet:
        sheets = self.book.file.worksheets
        found = (
            sheets[key - 1] if isinstance(key, int)
            else next((s for s in sheets if s.title.lower() == key.lower()), None)
        )  # fmt: skip
        if found is None:
            raise KeyError(key)
        return FakeSheet(self.book, found)

    def __len__(self) -> int:
        return len(self.book.file.worksheets)

    def __iter__(self) -> Iterator[FakeSheet]:
        return (FakeSheet(self.book, s) for s in self.book.file.worksheets)

    def add(self, before: Any = None, after: Any = None, name: Any = None) -> FakeSheet:
        assert before is None
        assert len(name) <= 31
        index = self.book.file.index(after.sheet) + 1 if after else None
        return FakeSheet(self.book, self.book.file.create_sheet(name, index))


class FakeSheet(base.Sheet):
    def __init__(self, owner: FakeBook, sheet: Worksheet) -> None:
        self.owner, self.sheet = owner, sheet

    @property
    def api(self) -> Any:
        return SimpleNamespace(Activate=self.show)

    @property
    def name(self) -> str:
        return str(self.sheet.title)

    @property
    def book(self) -> Any:
        return self.owner

    def range(self, arg1: Any, arg2: Any = None) -> FakeRange:
        if isinstance(arg1, str):
            left, top, right, bottom = range_boundaries(arg1)
            return FakeRange(self, (top, left), (bottom, right))
        first = arg1 if isinstance(arg1, tuple) else arg1.first
        if len(first) == 4:
            row, column, height, width = first
            last = (row + height - 1, column + width - 1)
            return FakeRange(self, (row, column), last)
        last = first if arg2 is None else getattr(arg2, "last", arg2)
        return FakeRange(self, first, last)

    def show(self) -> None:
        self.owner.file.active = self.sheet

    def delete(self) -> None:
        self.owner.file.remove(self.sheet)

    @property
    def notes(self) -> Any:
        cells = (cell for row in self.sheet.iter_rows() for cell in row)
        return [FakeNote(cell) for cell in cells if cell.comment]


class FakeRange(base.Range):
    def __init__(
        self, sheet: FakeSheet, first: tuple[int, int], last: tuple[int, int]
    ) -> None:
        self._sheet, self.first, self.last = sheet, first, last

    @property
    def api(self) -> Any:
        return self

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self._sheet.name, *self.first, *self.last)

    @property
    def sheet(self) -> Any:
        return self._sheet

    @property
    def row(self) -> int:
        return self.first[0]

    @property
    def column(self) -> int:
        return self.first[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.last[0] - self.row + 1, self.last[1] - self.column + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, arg1: Any, arg2: Any = None) -> FakeRange:
        place = (self.row + arg1 - 1, self.column + arg2 - 1)
        return FakeRange(self._sheet, place, place)

    def get_address(self, row_absolute: Any, col_absolute: Any, external: Any) -> str:
        assert (row_absolute, col_absolute, external) == (False, False, False)
        return f"{get_column_letter(self.column)}{self.row}"

    def cells(self) -> Iterator[Any]:
        for row in range(self.row, self.last[0] + 1):
            for column in range(self.column, self.last[1] + 1):
                yield self._sheet.sheet.cell(row, column)

    # -- values ----------------------------------------------------------------------

    @property
    def raw_value(self) -> Any:
        assert len(self) == 1
        name, owner = self._sheet.name, self._sheet.owner
        cell = next(self.cells())
        if isinstance(cell.value, str) and cell.value.startswith("="):
            return owner.shown[name].cell(self.row, self.column).value
        return cell.value

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = value if isinstance(value, list) else [[value] * self.shape[1]]
        values = [item for row in rows for item in row]
        cells = list(self.cells())
        assert len(values) == len(cells)
        for cell, item in zip(cells, values, strict=True):
            self._put(cell, item)

    @property
    def formula(self) -> Any:
        return str(next(self.cells()).value or "")

    @formula.setter
    def formula(self, value: Any) -> None:
        assert len(self) == 1
        assert value.startswith("=")
        assert len(value) < 8192
        self._put(next(self.cells()), value)

    def _put(self, cell: Any, value: Any) -> None:
        if cell.parent.protection.sheet and cell.protection.locked:
            raise ComError(f"{cell.coordinate} is protected")
        if isinstance(value, str):
            assert len(value) < 32768
            if value.startswith("'"):
                cell.value, cell.data_type, cell.quotePrefix = value[1:], "s", True
                return
        owner = self._sheet.owner
        is_of_file = cell.parent.title in owner.own_sheets
        owner.is_changed = owner.is_changed or is_of_file
        cell.value = value

    # -- looks -----------------------------------------------------------------------

    @property
    def max_cells_per_write(self) -> Any:
        return None

    @property
    def max_cells_per_read(self) -> Any:
        return None

    @property
    def font(self) -> Any:
        return FakeFont(self)

    def look(self, change: Callable[[Any], None]) -> None:
        for cell in self.cells():
            if cell.parent.protection.sheet:
                raise ComError("a protected sheet takes no format")
            change(cell)

    def _set_color(self, color: tuple[int, int, int]) -> None:
        code = "{:02X}{:02X}{:02X}".format(*color)
        fill = openpyxl.styles.PatternFill("solid", fgColor=code)
        self.look(lambda cell: setattr(cell, "fill", fill))

    color = property(lambda self: None, _set_color)

    def _set_width(self, width: float) -> None:
        letter = get_column_letter(self.column)
        self._sheet.sheet.column_dimensions[letter].width = width

    column_width = property(lambda self: None, _set_width)

    def _set_height(self, height: float) -> None:
        assert 0 < height <= 409
        self._sheet.sheet.row_dimensions[self.row].height = height

    row_height = property(lambda self: None, _set_height)

    def _align(self, **facts: Any) -> None:
        def change(cell: Any) -> None:
            old = cell.alignment
            known = {"wrap_text": old.wrap_text, "vertical": old.vertical}
            cell.alignment = openpyxl.styles.Alignment(**{**known, **facts})

        self.look(change)

    wrap_text = property(
        lambda self: None, lambda self, value: self._align(wrap_text=value)
    )
    vertical_alignment = property(
        lambda self: None, lambda self, value: self._align(vertical=value)
    )

    # -- notes -----------------------------------------------------------------------

    @property
    def note(self) -> Any:
        cell = next(self.cells())
        return FakeNote(cell) if cell.comment else None

    def add_note(self, text: str) -> Any:
        cell = next(self.cells())
        protection = cell.parent.protection
        if protection.sheet and protection.objects:
            raise ComError("the objects of this sheet are protected")
        if cell.comment:
            raise ComError("the cell has a note")
        cell.comment = Comment(text, "")
        return FakeNote(cell)


class FakeFont(base.Font):
    def __init__(self, range_: FakeRange) -> None:
        self._range = range_

    def _set(self, **facts: Any) -> None:
        def change(cell: Any) -> None:
            known = {"bold": cell.font.bold, "color": cell.font.color}
            cell.font = CellFont(**{**known, **facts})

        self._range.look(change)

    bold = property(lambda self: None, lambda self, value: self._set(bold=value))
    color = property(
        lambda self: None,
        lambda self, rgb: self._set(color="{:02X}{:02X}{:02X}".format(*rgb)),
    )


class FakeNote(base.Note):
    def __init__(self, cell: Any) -> None:
        self.cell = cell

    @property
    def api(self) -> Any:
        return self.cell.comment

    def _text(self) -> str:
        return str(self.cell.comment.text)

    text = property(_text)

    def delete(self) -> None:
        self.cell.comment = None
