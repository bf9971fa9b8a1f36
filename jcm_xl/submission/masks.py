"""Cells that hold nothing but XXX, as public copies do."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.late import late_pattern

_SIGNS = frozenset("Xx\uff38\uff58")
_BEGINNINGS = _SIGNS | {chr(n) for n in range(0x3001) if chr(n).isspace()}
_MASK = late_pattern(r"\s*[Xx\uff38\uff58]{3,}\s*")


def masked(context: OpenedBook) -> Iterator[tuple[Slot, str]]:
    """Yield the masked cells of the plan's sheets with what stands there."""
    for name, places in context.plan.by_place.items():
        sheet = context.sheets.get(name)
        cells = sheet.cells if sheet else {}
        for place, (value, _, _) in cells.items():
            # Every cell comes through here; the first sign tells nearly all apart.
            if isinstance(value, str) and value[:1] in _BEGINNINGS:
                slot = places.get(place)
                if slot and len(value) < 40 and _MASK.fullmatch(value):
                    yield slot, value.strip()
