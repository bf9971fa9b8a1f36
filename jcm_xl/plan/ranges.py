"""Where a stage's tables stand, as ranges: what the live functions take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import column_letters


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells on one sheet, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first = f"${column_letters(self.left)}${self.top}"
        last = f"${column_letters(self.right)}${self.bottom}"
        return f"'{self.sheet}'!{first}:{last}"


@dataclass(frozen=True, slots=True)
class StageAreas:
    """The ranges of one stage; `None` where the methodology has no such table."""

    names1: Area | None
    values1: Area | None
    names2: Area | None
    values2: Area | None
    unit_table: Area | None
    plan_units: Area | None

    def __iter__(self) -> Iterator[Area | None]:
        yield from (self.names1, self.values1, self.names2, self.values2)
        yield from (self.unit_table, self.plan_units)


def unit_row(
    m: Methodology, cells: Mapping[Key, Slot], layout: Layout, stage: Stage, index: str,
    u: int,
) -> list[Slot]:  # fmt: skip
    """Return the cells of a unit's row on input_separate."""
    names = [p.name for p in m.inputs if p.index == index]
    keys = [Key(stage, role, index, u) for role in layout.table("separate").roles]
    keys += [Key(stage, role, n, u) for n in names for role in ("value", "option")]
    return [cells[key] for key in keys if key in cells]


def stage_areas(
    m: Methodology, cells: Mapping[Key, Slot], layout: Layout, rows: Mapping[str, int],
    stage: Stage,
) -> StageAreas:  # fmt: skip
    """Return the ranges of Tables 1 and 2 and of the unit tables of a stage."""
    monitored = [p.name for p in m.inputs if p.is_monitored]
    fixed = [p.name for p in m.inputs if not p.is_monitored]
    return StageAreas(
        *_columns(cells, stage, monitored),
        *_columns(cells, stage, fixed),
        _units(m, cells, layout, rows, stage),
        _units(m, cells, layout, rows, Stage.PLAN) if stage is Stage.REPORT else None,
    )


def _columns(
    cells: Mapping[Key, Slot], stage: Stage, names: list[str]
) -> tuple[Area | None, Area | None]:
    if not names:
        return None, None
    symbols = [cells[Key(stage, "symbol", name)] for name in names]
    values = [
        cells.get(value_key(stage, name)) or cells[Key(stage, "total", name)]
        for name in names
    ]
    return _around(symbols), _around(values)


def _units(
    m: Methodology, cells: Mapping[Key, Slot], layout: Layout, rows: Mapping[str, int],
    stage: Stage,
) -> Area | None:  # fmt: skip
    if not m.sets:
        return None
    corners = [cells[Key(stage, "separate", index, part="number")] for index in m.sets]
    ends = [unit_row(m, cells, layout, stage, i, rows[i]) for i in m.sets]
    return _around([*corners, *chain.from_iterable(ends)])


def _around(slots: list[Slot]) -> Area:
    rows = [slot.row for slot in slots]
    columns = [slot.column for slot in slots]
    return Area(slots[0].sheet, min(rows), min(columns), max(rows), max(columns))
