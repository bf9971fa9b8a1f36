"""Texts in number cells, with the number they probably mean."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.context import Context
from jcm_xl.workbook.readings import number_meant
from jcm_xl.workbook.slot import Slot


def number_texts(context: Context) -> Iterator[tuple[Slot, str, float | None]]:
    """Yield (slot, text, probable number) of every number cell that holds a text."""
    for slot, value in context.typed:
        if slot.rule == "number" and isinstance(value, str):
            p = context.methodology.parameters.get(slot.name)
            unit = str(p.unit) if p else "days"
            yield slot, value, number_meant(value, unit)
