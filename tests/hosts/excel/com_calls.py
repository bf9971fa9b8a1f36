"""Calls as Excel makes them, through xlwings' own COM side: one JSON job on stdin.

A job is `{"module": name, "calls": [[function, [argument, ...]], ...], "rounds": n}`.
An argument is `{"range": [[...]]}`, `{"error": code}` for an error value, `{"money":
number}` and `{"day": "2024-01-02"}` for cells of these formats, `{"area": [sheet, top,
left, bottom, right]}` for a range of the open book, "(missing)" for an omitted one,
else a value. `book` has the open book: its `properties`, and its `sheets` as lists of
[row, column, value, formula]. The answer has the result of each call, or
`{"raised": sentence}`; with `rounds` also seconds per call, of xlwings' path and of our
function alone.
"""

from __future__ import annotations

import json
import sys
import time
import types
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.hosts.excel import windows_modules

MISSING = -2147352572  # what an omitted Optional argument of VBA arrives as
RANGE_ID = "{00020846-0000-0000-C000-000000000046}"


class ComRange:
    """What xlwings looks at of a range of Excel."""

    CLSID = RANGE_ID

    def __init__(self, rows: list[list[Any]]) -> None:
        self.rows = tuple(tuple(map(_com_value, row)) for row in rows)
        self.Row = self.Column = 1
        self.Rows = types.SimpleNamespace(Count=len(rows))
        self.Columns = types.SimpleNamespace(Count=len(rows[0]))
        self.Count = len(rows) * len(rows[0])
        book = types.SimpleNamespace(Application=types.SimpleNamespace(Hwnd=1))
        self.Worksheet = types.SimpleNamespace(Parent=book)
        info = types.SimpleNamespace(iid=RANGE_ID)
        self._oleobj_ = types.SimpleNamespace(
            GetTypeInfo=lambda: types.SimpleNamespace(GetTypeAttr=lambda: info)
        )

    @property
    def Value(self) -> Any:
        """Excel gives one cell as a value, more as rows."""
        return self.rows[0][0] if self.Count == 1 else self.rows

    @property
    def Value2(self) -> Any:
        """The same, currency and dates as the numbers that are stored."""
        rows = tuple(tuple(map(_stored, row)) for row in self.rows)
        return rows[0][0] if self.Count == 1 else rows


class ComArea(ComRange):
    """A range of the open book, and the cells around it."""

    def __init__(self, sheet: ComSheet, top: int, left: int, bottom: int, right: int):
        lines, columns = range(top, bottom + 1), range(left, right + 1)
        super().__init__([[sheet.values.get((r, c)) for c in columns] for r in lines])
        found = [[sheet.formulas.get((r, c)) for c in columns] for r in lines]
        has = {one is not None for line in found for one in line}
        self.HasFormula = None if len(has) > 1 else has.pop()
        self.Formula = tuple(tuple(f or "" for f in line) for line in found)
        self.Worksheet, self.Row, self.Column = sheet, top, left


class ComSheet:
    """What xlwings looks at of a sheet of Excel."""

    def __init__(self, book: ComBook, name: str, cells: list[list[Any]]) -> None:
        self.Parent, self.Name = book, name
        self.values = {(r, c): _com_value(v) for r, c, v, _ in cells}
        self.formulas = {(r, c): f for r, c, _, f in cells if f}

    def Cells(self, row: int, column: int) -> ComArea:
        return ComArea(self, row, column, row, column)

    def Range(self, first: ComArea, last: ComArea) -> ComArea:
        return ComArea(self, first.Row, first.Column, last.Row, last.Column)

    @property
    def UsedRange(self) -> ComArea:
        rows, columns = ({*axis} for axis in zip(*self.values, strict=True))
        return ComArea(self, 1, 1, max(rows), max(columns))


class _ComSheets(list[ComSheet]):
    def __call__(self, name: str) -> ComSheet:
        return next(sheet for sheet in self if sheet.Name == name)


class ComBook:
    """The open book in which a cell calls."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.Name, self.FullName = "book.xlsx", "C:\\book.xlsx"
        self.Application = types.SimpleNamespace(Hwnd=1)
        self.Worksheets = self.Sheets = _ComSheets(
            ComSheet(self, name, cells) for name, cells in told["sheets"].items()
        )
        self.CustomDocumentProperties = [
            types.SimpleNamespace(Name=name, Value=value)
            for name, value in told["properties"].items()
        ]


class Money(Decimal):
    """A currency amount: four decimals of the number that is stored."""

    stored: float

    def __new__(cls, stored: float) -> Money:
        money = super().__new__(cls, f"{stored:.4f}")
        money.stored = stored
        return money


def _stored(value: Any) -> Any:
    return value.stored if isinstance(value, Money) else value


def _com_value(value: Any) -> Any:
    if isinstance(value, dict) and "money" in value:
        return Money(value["money"])
    if isinstance(value, dict) and "day" in value:
        return datetime.fromisoformat(value["day"])
    return value["error"] if isinstance(value, dict) else value


def _argument(value: Any, book: ComBook | None) -> Any:
    if value == "(missing)":
        return MISSING
    if isinstance(value, dict) and "area" in value:
        assert book is not None
        sheet, *area = value["area"]
        return ComArea(book.Worksheets(sheet), *area)
    if isinstance(value, dict) and "range" in value:
        return ComRange(value["range"])
    return _com_value(value)


def main() -> None:
    windows_modules.install(with_com=True)
    sys.modules["pywintypes"].IID = str  # type: ignore[attr-defined]
    import xlwings
    from xlwings import _xlwindows, utils

    xlwings.engines.add(xlwings.Engine(impl=_xlwindows.engine))
    xlwings.engines.active = xlwings.engines["excel"]
    windows_modules.real_decorators()
    from xlwings import com_server
    from xlwings.conversion import standard

    # What is ours is no COM object; these two are pywin32's own and unwrap one.
    com_server.FromVariant = lambda value: value
    pythoncom: Any = sys.modules["pythoncom"]
    pythoncom.CoMarshalInterThreadInterfaceInStream = lambda kind, thing: thing
    asked = _count(standard, utils)
    server, caller = com_server.XLPython(), ComRange([[None]])
    job, answers = json.load(sys.stdin), []
    book = ComBook(job["book"]) if job.get("book") else None
    if book is not None:
        caller = book.Worksheets[0].Cells(1, 1)
    takes_book = _functions_of_book(job["module"])
    for function, given in job["calls"]:
        arguments = [_argument(value, book) for value in given]
        if function in takes_book:
            wanted = takes_book[function] - 1
            arguments += [MISSING] * (wanted - len(arguments)) + [None]

        def call(function: str = function, arguments: list[Any] = arguments) -> Any:
            return server.CallUDF(job["module"], function, arguments, None, caller)

        try:
            answer = call()
        except Exception as error:
            answer = {"raised": f"{type(error).__name__}: {error}"}
        answers.append(answer)
    facts = {"answers": answers, "is_jsnull": asked["count"]}
    if job.get("rounds"):
        facts["seconds"] = _timed(call, arguments, function, job)
    print(json.dumps(facts))


def _functions_of_book(module: str) -> dict[str, int]:
    """Return how many arguments the macro sends of what takes the calling cell."""
    from importlib import import_module

    found = {}
    for name, function in vars(import_module(module)).items():
        names = [a["name"] for a in getattr(function, "__xlfunc__", {}).get("args", ())]
        if names and names[-1] == "caller":
            found[name] = len(names)
    return found


def _count(standard: Any, utils: Any) -> dict[str, int]:
    asked = {"count": 0}

    def counted(value: Any) -> bool:
        asked["count"] += 1
        return original(value)

    original = utils.is_jsnull
    standard.is_jsnull = utils.is_jsnull = counted
    return asked


def _timed(call: Any, arguments: list[Any], name: str, job: Any) -> list[float]:
    from importlib import import_module

    function, rounds = getattr(import_module(job["module"]), name), job["rounds"]
    plain = [a.rows if isinstance(a, ComRange) else None if a == MISSING else a
             for a in arguments]  # fmt: skip
    return [_best(call, rounds), _best(lambda: function(*plain), rounds)]


def _best(run: Any, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return sorted(times)[rounds // 2]


if __name__ == "__main__":
    main()
