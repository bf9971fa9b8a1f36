"""An official workbook as the template of filled ones: what no participant may change.

Each cell of it that holds something and is not for input becomes a slot, so that a
filled workbook is compared with it as our own books are with our plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.adopt.find import find
from jcm_xl.adopt.found import Labelled, OfficialSheets
from jcm_xl.adopt.names import Names
from jcm_xl.adopt.official import OfficialFile, open_official
from jcm_xl.dataclass import dataclass
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import of_part, plain
from jcm_xl.model.key import OFFICIAL, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.identity import PRINTED_ANYWHERE
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.slot import Computed, Slot
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Position

NOBODY = "by nobody"
_HEADER = 12
"""Rows from the top that the header of a sheet may reach."""


@dataclass(frozen=True, eq=False)
class OfficialTemplate:
    """An official workbook with its guarded cells as a plan.

    name, sha256: of the file, as a report prints them. adopted: by whom, where an
    overlay of the definition cites this very file.
    """

    name: str
    sha256: str
    plan: Plan
    grid: Grid
    adopted: str = NOBODY

    @property
    def is_adopted(self) -> bool:
        """Tell whether somebody confirmed an overlay by this very file."""
        return self.adopted != NOBODY

    @property
    def count(self) -> int:
        """Return how many cells are guarded."""
        return sum(not slot.is_input for slot in self.plan.slots.values())

    def __str__(self) -> str:
        named = f"{visible(self.name)}, SHA-256 {self.sha256}"
        return f"{named}, adopted {visible(self.adopted)}"


def template_for(
    m: Methodology, path: Path | None, folder: Path | None
) -> OfficialTemplate | None:
    """Return the official workbook of a methodology, nothing where a folder has none.

    path: the one that was named. folder: where it is looked for by its id. Raises
    `CannotAdopt` where the named one is of another methodology, or two have one id.
    """
    if path is not None:
        official = _opened(path, path.stat().st_mtime_ns)
        if official.key not in ("", m.key):
            raise CannotAdopt(
                f"{visible(official.name)} is the template of {official.key}; the "
                f"workbook is one of {m.key}. Name the template of that methodology."
            )
        return template_of(official, m)
    if folder is None:
        return None
    found = _by_key(folder).get(m.key)
    return template_of(found, m) if found else None


@lru_cache(maxsize=4)
def _opened(path: Path, _: int) -> OfficialFile:
    return open_official(path)


@lru_cache(maxsize=4)
def _by_key(folder: Path) -> Mapping[str, OfficialFile]:
    """Return the official workbooks of a folder by the id that they print."""
    found: dict[str, OfficialFile] = {}
    for path in sorted(folder.glob("*.xlsx")):
        try:
            official = open_official(path)
        except CannotAdopt:
            continue  # a book of ours in the same folder
        if (other := found.get(official.key)) and official.key:
            raise CannotAdopt(
                f"{visible(other.name)} and {visible(official.name)} in "
                f"{visible(str(folder))} both print the id of {official.key}. Keep the "
                "official workbook of each methodology alone in that folder."
            )
        found[official.key] = official
    return found


@lru_cache(maxsize=8)
def template_of(official: OfficialFile, m: Methodology) -> OfficialTemplate:
    """Return an official workbook as a template; raise `CannotAdopt`."""
    plan = make_plan(m)
    layout = plan.layout
    sheets = find(official.grid, Names(m), layout)
    if not sheets.labelled:
        raise CannotAdopt(
            f"{visible(official.name)} has no table and no calculation of a monitoring "
            "spreadsheet. Name the methodology spreadsheet as it was published."
        )
    slots = {slot.key: slot for slot in _slots(official.grid, sheets, layout)}
    names = {key: view.name for key, view in sheets.views.items()}
    guarded = replace(plan, slots=slots, sheets=names, names={})
    return OfficialTemplate(
        official.name, official.sha256, guarded, official.grid,
        _adopted(m, official.sha256),
    )  # fmt: skip


def _adopted(m: Methodology, sha256: str) -> str:
    """Return who confirmed an overlay of the definition by this file, and when."""
    rows = [row for table in m.tables.values() for row in table.rows]
    cited = [m.source, *(i.source for i in (*m.items, *rows) if i.source)]
    blocks = [b for p in m.parameters.values() for b in p.monitoring if b.cited]
    cited += [block.cited for block in blocks if block.cited]
    if m.overlay is None or not any(sha256 in source.title for source in cited):
        return NOBODY
    return f"by {m.overlay.confirmed_by} on {m.overlay.confirmed_on}"


def _slots(grid: Grid, sheets: OfficialSheets, layout: Layout) -> Iterator[Slot]:
    beside = dict(_beside(sheets))
    for key, view in sheets.views.items():
        inputs = _inputs(key, view, sheets, layout)
        for place, cell in view.sheet.cells.items():
            if cell.formula is None and cell.value in (None, ""):
                continue
            about = beside.get((view.name, *place), ("heading", ""))
            if place[0] <= _HEADER and _is_header(cell):
                about = "header", ""
            is_input = place in inputs
            yield _slot(key, view.name, place, cell, about, is_input=is_input)


def _slot(
    key: str, sheet: str, place: Position, cell: Cell, about: tuple[str, str],
    *, is_input: bool,
) -> Slot:  # fmt: skip
    role, name = about
    content: str | Decimal | None = None
    if isinstance(cell.value, float):
        content = Decimal(repr(cell.value))
    elif not isinstance(cell.value, CellError) and cell.value is not None:
        content = str(cell.value)
    computed = Computed(cell.formula, _unknown) if cell.formula else None
    if computed is None and isinstance(content, Decimal):
        role = "default"
    return Slot(
        Key(OFFICIAL, key, name, place[0], place[1]), sheet, *place, role,
        content=None if computed else content, computed=computed, name=name,
        is_input=is_input, rule="text" if is_input else "", trust="document",
    )  # fmt: skip


def _unknown(_: CachedValues) -> str:
    return ""


def _is_header(cell: Cell) -> bool:
    return isinstance(cell.value, str) and bool(PRINTED_ANYWHERE.search(cell.value))


def _beside(
    sheets: OfficialSheets,
) -> Iterator[tuple[tuple[str, int, int], tuple[str, str]]]:
    """Yield (place, (role, name)) of the cells that say what a value is."""
    for found in sheets.labelled:
        name = found.item.name
        yield found.place, ("quantity", name)
        for role, spot in (
            ("symbol", found.symbol), ("label", found.label), ("unit", found.measure)
        ):  # fmt: skip
            if spot is not None:
                yield (spot.sheet, spot.row, spot.column), (role, name)
    for spot in sheets.results.values():
        yield (spot.sheet, spot.row, spot.column), ("result", "")
    for spot in sheets.measures.values():
        yield (spot.sheet, spot.row, spot.column), ("unit", "")


def _inputs(
    key: str, view: View, sheets: OfficialSheets, layout: Layout
) -> frozenset[Position]:
    """Return the cells of a sheet that hold something and are the participant's."""
    found = {
        position
        for label in sheets.labelled
        if label.place[0] == view.name
        for position in _of_row(label, layout)
    }
    for row, spots in view.rows.items():
        for spot in spots:
            text = spot.cell.value
            is_text = row <= _HEADER and isinstance(text, str)
            if is_text and plain(text).casefold().startswith("reference n"):
                found.add((row, spot.column))
    if key == "mss":
        found |= set(_below_heads(view, layout))
    return frozenset(found)


def _of_row(label: Labelled, layout: Layout) -> Iterator[Position]:
    """Yield the participant's cells in the row of a parameter."""
    if not label.part.is_typed:
        return
    if label.cell.formula is None:
        yield label.place[1:]
    line = label.line
    if line is None:
        return
    for role in ("period", "option", *layout.texts):
        for column in line.head.columns.get(role, ()):
            yield line.row, column


def _below_heads(view: View, layout: Layout) -> Iterator[Position]:
    headings = layout.table("mss").headings
    first = 0
    for row, spots in view.rows.items():
        if first:
            for spot in spots:
                yield row, spot.column
        elif any(of_part(layout, "mss", s.cell.value, headings) for s in spots):
            first = row
