"""Books in the place of official ones: our own without what marks them as ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from jcm_xl import api
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.xlsx.grid import Cell, CellValue, Grid, parse_address
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid
from tests.named import named
from tests.support import methodology


def as_official(m: Methodology, folder: Path) -> Grid:
    """Return a blank of a definition without stamp, names and properties."""
    path = folder / "blank.xlsx"
    path.write_bytes(api.new(m))
    return replace(read_grid(open_package(path)), properties={}, names={})


@lru_cache
def official(key: str) -> tuple[Methodology, Grid]:
    """Return a definition and its blank in the place of the official one."""
    m = methodology(key)
    with TemporaryDirectory() as folder:
        return m, as_official(m, Path(folder))


@lru_cache
def plan_of(key: str) -> Plan:
    """Return the plan of such a blank."""
    return make_plan(methodology(key))


def place(key: str, slot: str) -> str:
    """Return `Sheet!B5` of a slot."""
    found = plan_of(key)[Key.parse(slot)]
    return f"{found.sheet}!{found.address}"


def altered(key: str, grid: Grid, contents: Mapping[str, object]) -> Grid:
    """Return a book with other contents by slot key; a text with `=` is a formula."""
    for slot, content in contents.items():
        text = named(plan_of(key), content)
        if isinstance(text, str) and text.startswith("="):
            grid = changed(grid, place(key, slot), 0.0, text[1:])
        else:
            grid = changed(grid, place(key, slot), text)
    return grid


def changed(
    grid: Grid, where: str, value: CellValue = None, formula: str | None = None
) -> Grid:
    """Return a book with another value or formula at `Sheet!B5`."""
    name, _, text = where.rpartition("!")
    at = parse_address(text)
    sheets = []
    for sheet in grid.sheets:
        if sheet.name == name:
            cell = Cell(value, formula, sheet.cells.get(at, Cell(None)).style)
            sheet = replace(sheet, cells={**sheet.cells, at: cell})
        sheets.append(sheet)
    return replace(grid, sheets=tuple(sheets))


def edit(path: Path, cells: Mapping[str, object], plan: Plan | None = None) -> None:
    """Change cells of a workbook by slot key, and take away what marks it as ours."""
    book = openpyxl.load_workbook(path)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    for name in list(book.defined_names):
        del book.defined_names[name]
    ours = layout()("calc.complete")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = cell.value
                if isinstance(text, str) and (
                    text == ours or text.startswith("DRAFT.")
                ):
                    cell.value = None
    for key, value in cells.items():
        assert plan is not None
        slot = plan[Key.parse(key)]
        book[slot.sheet][slot.address] = named(plan, value)
    book.save(path)
