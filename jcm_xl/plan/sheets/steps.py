"""The row below the title band: what to do first, and the way to the other sheets.

The row is empty on official sheets; on MRS(input) there is room beside the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.plan.builder import Builder, Cursor
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.text.room import lines
from jcm_xl.xlsx.grid import address

STEP = "step"
"""The role of a cell that leads somewhere."""
_STEPS = ("number", "fill", "check", "guide")
_WAYS = ("guide", "check", "mps_input")


def put_steps(b: Builder) -> None:
    """Put the three steps and the key of colours, and on every sheet the links."""
    for key in b.layout.official:
        if key not in b.sheets:
            continue
        sheet = b.sheets[key]
        at, last = b.row(sheet, b.layout.header_rows + 1), b.last_columns[sheet]
        taken = [s for s in b.cells.values() if (s.sheet, s.row) == (sheet, at.row)]
        used = {s.column + i for s in taken for i in range(s.span)}
        free = [c for c in range(FIRST_COLUMN, last + 1) if c not in used]
        if key == "mps_input":
            _first_sheet(b, at, free)
            continue
        ways = [way for way in _WAYS if way != key][: 2 if used else len(_WAYS)]
        for column, way in zip(free[-2:] if used else free, ways, strict=False):
            at.put(column, Key(key, f"steps.{way}"), STEP, style="step",
                   content=b.layout.sheet(way))  # fmt: skip

    for step, place in _targets(b.cells, b.sheets).items():
        b.cells[step] = b.cells[step]._replace(link=place)


def _first_sheet(b: Builder, at: Cursor, free: Sequence[int]) -> None:
    """Put each step into as many columns as it needs, the colours into what is left."""
    widths, columns = b.layout.widths("mps_input"), list(free)
    for name in _STEPS:
        text = b.messages(f"steps.{name}")
        here = _room(text, columns, widths)
        if name == _STEPS[-1]:  # the way to the Guide stands at the right end
            here = _room(text, columns[::-1], widths)[::-1]
        if not here:
            return
        at.put(here[0], Key("mps", f"steps.{name}"), STEP, style="step",
               span=len(here), content=text)  # fmt: skip
        columns = [column for column in columns if column not in here]
    if columns:
        at.put(columns[0], Key("mps", "steps.colours"), "note", style="colours",
               span=len(columns), content=b.messages("steps.colours"))  # fmt: skip


def _room(text: str, columns: Sequence[int], widths: Sequence[float]) -> list[int]:
    """Return as many of the columns, in their order, as a text needs."""
    many = 1
    while many < len(columns) and not _fits(text, columns[:many], widths):
        many += 1
    return list(columns[:many])


def _fits(text: str, columns: Iterable[int], widths: Sequence[float]) -> bool:
    room = sum(widths[c - 1] for c in columns if c <= len(widths))
    return lines(text, room) == 1


def _targets(cells: Mapping[Key, Slot], sheets: Mapping[str, str]) -> dict[Key, str]:
    """Return where each step leads: the key of its cell and an absolute address."""
    number = cells[REFERENCE_NUMBER]
    below = (s for s in cells.values() if s.is_input and s.sheet == number.sheet)
    first = min((s for s in below if s.row > number.row + 2), default=number,
                key=lambda slot: (slot.row, slot.column))  # fmt: skip
    fixed = {
        "number": f"'{number.sheet}'!{number.address}",
        "fill": f"'{first.sheet}'!{first.address}",
    }
    return {
        slot.key: fixed.get(way) or f"'{sheets[way]}'!{address(1, 1)}"
        for slot in cells.values()
        if slot.role == STEP
        for way in [slot.key.notion.removeprefix("steps.")]
    }
