"""Three readers, one book: what is clean is read alike by openpyxl and by calamine.

`changed_book` makes a sound book in which one thing is changed. `read_by_all` judges
it; where the exit code is 0, it reads every cell of the sheets that we know with both
readers, too: value, kind and formula. What they are known to read otherwise stands in
`EXPLAINED`, each with its reason; any other difference has to be a finding or a
refusal. So has a book that one of them does not open, but for what `REFUSED` explains.
calamine gives no formulas, and keeps a whole rectangle: it is not asked of a sheet with
a cell far away.
"""

from __future__ import annotations

import datetime
import random
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import openpyxl
import python_calamine
from openpyxl.cell.cell import ERROR_CODES, MergedCell
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula

from jcm_xl.checks.run import check_file
from jcm_xl.copies.opened import open_to_copy
from jcm_xl.xlsx.grid import CellError, address
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid
from tests.fuzz import cells, divide, markup, package
from tests.fuzz.agree import Divided
from tests.fuzz.books import bases, unpacked
from tests.fuzz.judge import SETTINGS
from tests.fuzz.nasty import Change
from tests.xlsx.handmade import zipped

_BASES = ("a report", "months and a table", "saved by a library")
_CHANGES: Mapping[str, Change] = {
    f"{module.__name__.rpartition('.')[2]}.{change.__name__}": change
    for module in (divide, cells, markup, package)
    for change in module.CHANGES
}
_DATES = (datetime.date, datetime.time, datetime.timedelta)
_LAST_DAY = 2_958_465.0
_RECTANGLE = 4_000_000
"""Cells of a sheet, empty ones included, that calamine is asked for at most."""
ASIDE = 10
Place = tuple[str, int, int]


class Held(NamedTuple):
    """What a reader finds in a cell: a value of Python, and a formula if it tells."""

    value: object = None
    formula: str | None = None


class Unlike(NamedTuple):
    """A cell that another reader reads otherwise."""

    reader: str
    place: str
    ours: Held
    theirs: Held

    def __str__(self) -> str:
        """Say it in one line."""
        what = int(self.ours.value == self.theirs.value)
        ours, theirs = (repr(held[what])[:150] for held in (self.ours, self.theirs))
        return f"{self.place}: {ours} here, {theirs} in {self.reader}"


class Read(NamedTuple):
    """What came of a book: its exit code, and what others make of it if that is 0.

    unlike:    the cells that a reader reads otherwise, and nobody knows why.
    refused:   what a reader said that did not open it. explained: why that is no fault.
    """

    exit_code: int
    unlike: tuple[Unlike, ...] = ()
    refused: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()


def changed_book(seed: int, number: int) -> Divided:
    """Return a sound book after one change; each kind of change takes its turn."""
    chance = random.Random(f"differ {seed}/{number}")
    base = chance.choice(_BASES)
    parts = dict(bases()[base])
    names = sorted(_CHANGES)
    name = names[number % len(names)]
    done = name if _CHANGES[name](parts, chance) else f"({name})"
    return Divided(seed, number, base, (done,), zipped(parts))


def read_by_all(path: Path) -> Read:
    """Judge a book and, if it is clean, compare each cell that is judged."""
    report = check_file(path, SETTINGS)
    if report.exit_code:
        return Read(report.exit_code)
    sheets = {*open_to_copy(path, SETTINGS).plan.sheets.values()}
    own = _own(path, sheets)
    unlike, refused, explained = [], [], []
    for reader, read in _READERS.items():
        if reader == "calamine" and _has_wide_letters(path):
            continue
        try:
            theirs = read(path, sheets)
        except Exception as error:  # whatever it raises: it does not open the book
            said = f"{reader}: {type(error).__name__}: {error}"[:300]
            reason = next((r for text, r in REFUSED.items() if text in said), "")
            (explained if reason else refused).append(reason or said)
            continue
        skipped = _far(path) if reader == "calamine" else set()
        for place in own.keys() | theirs.keys():
            if place[0] in skipped:
                continue
            pair = own.get(place, Held()), theirs.get(place, Held())
            if not _are_alike(reader, *pair) and not explanation(reader, *pair):
                sheet, *at = place
                unlike.append(Unlike(reader, f"{sheet}!{address(*at)}", *pair))
    return Read(0, tuple(unlike), tuple(refused), tuple(explained))


def judge(data: bytes, folder: Path) -> int:
    """Read a book by all three; raise where one of them reads a clean one otherwise.

    Returns the exit code, or `ASIDE` for a clean book that a reader does not open, and
    it is known why.
    """
    path = folder / "book.xlsx"
    path.write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = read_by_all(path)
    path.unlink()
    assert not read.unlike, f"{len(read.unlike)} cells: {read.unlike[0]}"
    assert not read.refused, f"clean, but refused: {read.refused[0]}"
    return ASIDE if read.explained else read.exit_code


def _has_wide_letters(path: Path) -> bool:
    """Tell whether a part is in UTF-16, which is allowed; calamine reads none."""
    parts = unpacked(path.read_bytes()).values()
    return any(part.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0")) for part in parts)


def _are_alike(reader: str, ours: Held, theirs: Held) -> bool:
    if reader == "calamine":
        ours = ours._replace(formula=None)
    return ours.formula == theirs.formula and _same(ours.value, theirs.value)


def _same(first: object, second: object) -> bool:
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, int | float) and isinstance(second, int | float):
        return float(first) == float(second)
    return first == second


# -- what each reader finds ------------------------------------------------------------


def _own(path: Path, sheets: set[str]) -> dict[Place, Held]:
    grid = read_grid(open_package(path))
    return {
        (sheet.name, *at): Held(cell.value, cell.formula)
        for sheet in grid.sheets
        for at, cell in sheet.cells.items()
        if sheet.name in sheets and (cell.value, cell.formula) != (None, None)
    }


def _by_openpyxl(path: Path, sheets: set[str]) -> dict[Place, Held]:
    stated = openpyxl.load_workbook(path)
    cached = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in stated.worksheets:
        for (row, column), cell in sheet._cells.items():
            if sheet.title not in sheets or isinstance(cell, MergedCell):
                continue
            value = _plain(cached[sheet.title]._cells[row, column])
            formula = None
            if cell.data_type == "f":
                text = cell.value
                text = text.text if isinstance(text, ArrayFormula) else text
                formula = str(text).removeprefix("=")
            if (value, formula) != (None, None):
                found[sheet.title, row, column] = Held(value, formula)
    return found


def _plain(cell: openpyxl.cell.cell.Cell) -> object:
    if cell.data_type == "e":
        return CellError(cell.value)
    if isinstance(cell.value, _DATES):
        return to_excel(cell.value, cell.parent.parent.epoch)
    return cell.value


def _by_calamine(path: Path, sheets: set[str]) -> dict[Place, Held]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    found = {}
    for name in sheets & {*book.sheet_names} - _far(path):
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if isinstance(value, _DATES):
                    value = to_excel(value)
                if value in ERROR_CODES:
                    value = CellError(str(value))
                if value != "":
                    found[name, row, column] = Held(value)
    return found


def _far(path: Path) -> set[str]:
    """Return the sheets on which calamine would keep too many empty cells."""
    ends = {
        sheet.name: [max(numbers) for numbers in zip(*sheet.cells, strict=True)]
        for sheet in read_grid(open_package(path)).sheets
        if sheet.cells
    }
    return {name for name, (row, column) in ends.items() if row * column > _RECTANGLE}


_READERS: Mapping[str, Callable[[Path, set[str]], dict[Place, Held]]] = {
    "openpyxl": _by_openpyxl,
    "calamine": _by_calamine,
}


# -- what they are known to read otherwise ---------------------------------------------


class Explained(NamedTuple):
    """A difference that is nobody's fault, and why."""

    reader: str
    reason: str
    is_it: Callable[[Held, Held], bool]


def _is_empty_text(ours: Held, theirs: Held) -> bool:
    return ours.value == "" and theirs.value is None


def _is_no_error(ours: Held, theirs: Held) -> bool:
    return ours.value is None and theirs.value == CellError(None)  # type: ignore[arg-type]


def _is_late(ours: Held, theirs: Held) -> bool:
    is_late = isinstance(ours.value, float) and ours.value > _LAST_DAY
    return is_late and theirs.value == CellError("#VALUE!")


def _is_link(ours: Held, theirs: Held) -> bool:
    return ours.value is None and "!" in str(theirs.value)


EXPLAINED: tuple[Explained, ...] = (
    Explained(
        "openpyxl", "it keeps no empty text of a formula, but nothing", _is_empty_text
    ),
    Explained("openpyxl", "it keeps an error without a name", _is_no_error),
    Explained("openpyxl", "it calls a date behind the year 9999 an error", _is_late),
    Explained("calamine", "it gives an empty text for nothing", _is_empty_text),
    Explained(
        "openpyxl", "it writes the place of a link into a cell without value", _is_link
    ),
)


REFUSED: Mapping[str, str] = {
    "MultiCellRange": "openpyxl takes no whole columns and rows for a rule",
    "WorksheetNotFound": "calamine reads no character reference in the name of a part",
    "Extension'>.uri should be": "openpyxl wants an address in each extension, which "
    "the schema does not ask for",
    "MemoryError": "openpyxl keeps every cell of a merged range",
    "could not assign names": "openpyxl takes no formula for the area or the titles of "
    "a printed page",
}
"""What a reader says of a book that is sound, and why that is no fault of the book."""


def explanation(reader: str, ours: Held, theirs: Held) -> str:
    """Return why two readers differ there; nothing if nobody knows."""
    for known in EXPLAINED:
        if known.reader == reader and known.is_it(ours, theirs):
            return known.reason
    return ""
