"""The Guide, Check or Monthly sheet is missing or was changed throughout.

Why it matters
    These sheets are ours and no part of the official spreadsheet. The Check sheet no
    longer says reliably whether the book is ready; the official sheets are judged
    here all the same.

How to fix it
    Nothing has to be done. A fresh book has the sheets again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.submission.topics import Topic

MANY = 20
"""With more changed cells than this a sheet was made over, not touched."""


@Check(
    severity=Severity.NOTE,
    mended_by=MendedBy.REPAIR,
    basis="Sheets of ours beside the official ones",
    message="{actual} cells of the sheet '{aid}' differ from the template, or all if "
    "the sheet is gone. It is no part of the official spreadsheet.",
    remedy="Nothing has to be done; a fresh book has the sheet again.",
)
def aid_changed(context: OpenedBook) -> Iterator[Finding]:
    """Count the changed cells of each sheet that is gone or was made over."""
    counts = Counter(d.slot.sheet for d in context.changes(Topic.AID))
    for name in context.aids:
        if name in context.alterations.missing:
            count = sum(not s.is_input for s in context.plan.by_place[name].values())
        else:
            count = counts[name] if counts[name] > MANY else 0
        if count:
            there = context.alterations.renamed.get(name, name)
            is_there = name not in context.alterations.missing
            yield Finding(
                actual=str(count), sheet=there if is_there else "", facts={"aid": there}
            )
