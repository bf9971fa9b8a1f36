"""A locked cell of the Guide, Check or Monthly sheet was changed.

Why it matters
    A verdict of the Check sheet that was typed over, or a month's sum with another
    formula, misleads whoever trusts the sheet.

How to fix it
    Restore the cell, or carry the inputs over to a fresh book. Notes of your own
    belong on a sheet of your own.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.checks.structure.jx215_aid_changed import MANY
from jcm_xl.model.shown import shown
from jcm_xl.submission.topics import Topic


@Check(
    severity=Severity.NOTE,
    mended_by=MendedBy.REPAIR,
    basis="Sheets of ours beside the official ones: what they say must be true",
    message="{cell} on {sheet} holds '{actual}'; the template has '{expected}' there.",
    remedy="Restore {cell}, or put notes of your own on a sheet of your own.",
)
def aid_cell_changed(context: OpenedBook) -> Iterator[Finding]:
    """Name each changed cell; a changed formula is a warning, a text a note."""
    changes = list(context.changes(Topic.AID))
    counts = Counter(d.slot.sheet for d in changes)
    for slot, _, actual, expected, _ in changes:
        if slot.sheet in context.alterations.missing or counts[slot.sheet] > MANY:
            continue
        severity = Severity.WARNING if slot.formula else Severity.NOTE
        found = changed(context, slot, actual, expected)
        yield dataclasses.replace(found, severity=severity)
    for name in context.aids:
        if name in context.sheets:
            yield from _added(context, name)


def _added(context: OpenedBook, name: str) -> Iterator[Finding]:
    cells, slots = context.sheets[name].cells, context.plan.by_place[name]
    arrays = {
        cell.formula
        for place, slot in slots.items()
        if slot.role == "live_array" and (cell := cells.get(place)) and cell.formula
    }
    for place in sorted(cells.keys() - slots.keys()):
        cell = cells[place]
        if cell.formula in arrays:
            continue  # one formula fills a range, as the trace of Live
        if cell.formula is not None or cell.value not in (None, ""):
            sheet, address = context.alterations.place(name, *place)
            actual = f"={cell.formula}" if cell.formula else shown(cell.value)
            yield Finding(actual=actual, sheet=sheet, cell=address)
