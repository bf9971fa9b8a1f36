"""The skeleton of an official workbook: what it prints, without what anybody typed.

A skeleton can be mailed where the workbook cannot: it holds titles, headings, letters,
symbols, units, formulas, defaults, merged cells, drop-down lists and locks. It
holds no input, no text of a participant, no person, no property of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.adopt.official import OfficialFile
from jcm_xl.adopt.template import OfficialTemplate, template_of
from jcm_xl.foreign.words import heading_role, letter, plain, table_number
from jcm_xl.formula.scan import places
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.identity import PRINTED_ANYWHERE
from jcm_xl.plan.layout import Layout
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import (
    Cell,
    Grid,
    Position,
    Sheet,
    Validation,
    address,
    parse_address,
)

SCHEMA = 1
_LARGEST = 20_000_000
"""Bytes of a skeleton that are read at most."""
_LISTS = "list"
_UNNAMED = frozenset(("heading", "header", "default"))
"""Roles of cells that no known symbol or wording stands beside."""


def skeleton_of(official: OfficialFile, m: Methodology) -> dict[str, Any]:
    """Return the skeleton of an official workbook; raise `CannotAdopt`."""
    template = template_of(official, m)
    names = set(template.plan.sheets.values())
    return {
        "skeleton": SCHEMA,
        "methodology": m.key,
        "file": official.name,
        "sha256": official.sha256,
        "names": {k: v for k, v in official.grid.names.items() if "!" in v},
        "sheets": [
            _sheet(official.grid, sheet, template)
            for sheet in official.grid.sheets
            if sheet.name in names
        ],
    }


def _sheet(grid: Grid, sheet: Sheet, template: OfficialTemplate) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "state": sheet.state,
        "protected": sheet.is_protected,
        "merges": list(sheet.merges),
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "lists": [
            {"cells": rule.sqref, "source": rule.formula1}
            for rule in sheet.validations
            if rule.type == _LISTS
        ],
        "cells": dict(_cells(grid, sheet, template)),
    }


def _cells(
    grid: Grid, sheet: Sheet, template: OfficialTemplate
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the cells by address: what stands there if it is no input, and locks."""
    slots = template.plan.by_place[sheet.name]
    rows = {at[0] for at, slot in slots.items() if slot.role not in _UNNAMED}
    read = _read(grid, sheet.name)
    layout = template.plan.layout
    for place, cell in sorted(sheet.cells.items()):
        kept: dict[str, Any] = {}
        slot = slots.get(place)
        if slot is not None and not slot.is_input:
            is_said = place[0] in rows or place in read or _is_printed(cell, layout)
            kept = _content(cell) if is_said or cell.formula is not None else {}
        if not grid.styles.is_locked(cell.style):
            kept["unlocked"] = True
        if kept:
            yield address(*place), kept


def _read(grid: Grid, name: str) -> frozenset[Position]:
    """Return the cells of a sheet that a formula reads, such as the keys of a table."""
    return frozenset(
        place[1:]
        for sheet in grid.sheets
        for cell in sheet.cells.values()
        if cell.formula is not None
        for place in places(cell.formula, sheet.name.casefold())
        if place[0] == name.casefold()
    )


def _is_printed(cell: Cell, layout: Layout) -> bool:
    """Tell whether a cell is a figure, or a title or heading of the form.

    Any other text may be a note with somebody's name.
    """
    text = cell.value
    if not isinstance(text, str):
        return True
    titles = (plain(layout(f"sheets.{key}.title")) for key in layout.official)
    blocks = (plain(layout(f"calc.{name}")) for name in layout("calc.blocks"))
    parts = {**layout.table("calc").headings, **layout.table("mss").headings}
    known = {*titles, *blocks, *map(plain, parts.values())}
    return (
        plain(text) in known
        or bool(table_number(text) or letter(text) or heading_role(layout, text))
        or bool(PRINTED_ANYWHERE.search(text))
    )


def _content(cell: Cell) -> dict[str, Any]:
    if cell.formula is not None:
        return {"formula": cell.formula}
    return {"value": cell.value} if isinstance(cell.value, str | float) else {}


# -- reading -----------------------------------------------------------------------


def read_skeleton(path: Path) -> OfficialFile:
    """Return a skeleton as the workbook it was made of; raise `CannotAdopt`."""
    try:
        if path.stat().st_size > _LARGEST:
            raise CannotAdopt(f"{visible(path.name)} is larger than 20 MB.")
        data = json.loads(path.read_text(encoding="utf-8"))
        grid = _grid(data)
        return OfficialFile(str(data["file"]), grid, str(data["methodology"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotAdopt(
            f"{visible(path.name)} is no skeleton of a workbook "
            f"({type(error).__name__}). Make it anew with: jcm-xl skeleton "
            "OFFICIAL.xlsx -o skeleton.json"
        ) from None


def _grid(data: Mapping[str, Any]) -> Grid:
    if data["skeleton"] != SCHEMA:
        raise ValueError("another schema")
    names = {str(key): str(value) for key, value in data["names"].items()}
    sheets = tuple(_read_sheet(sheet) for sheet in data["sheets"])
    return Grid(sheets, names=names, sha256=str(data["sha256"]))


def _read_sheet(data: Mapping[str, Any]) -> Sheet:
    cells: dict[Position, Cell] = {}
    for text, kept in data["cells"].items():
        value = kept.get("value")
        if isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if "value" in kept or "formula" in kept:
            cells[parse_address(text)] = Cell(value, kept.get("formula"))
    return Sheet(
        name=str(data["name"]),
        state=str(data["state"]),
        cells=cells,
        merges=tuple(map(str, data["merges"])),
        hidden_rows=frozenset(data["hidden_rows"]),
        hidden_columns=frozenset(data["hidden_columns"]),
        is_protected=bool(data["protected"]),
        validations=tuple(
            Validation(str(rule["cells"]), _LISTS, str(rule["source"]))
            for rule in data["lists"]
        ),
    )
