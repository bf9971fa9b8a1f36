"""What the sheets of a template hold, as one digest of places, texts and formulas."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import Plan, make_plan

_ROWS = 2


def sheets_digest(m: Methodology, version: int, shape: int) -> str:
    """Return the digest of a definition's sheets, in English with aids and Japanese."""
    rows = dict.fromkeys(m.sets, _ROWS)
    made = layout(version)
    editions = (
        Edition(monthly=True, meters=True, layout=made, shape=shape),
        Edition("ja", layout=made, shape=shape),
    )
    plans = (make_plan(m, rows, edition) for edition in editions)
    text = "\n".join(line for plan in plans for line in _lines(plan))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _lines(plan: Plan) -> Iterator[str]:
    """Yield a line a cell, in order: where it stands and what it holds."""
    for slot in sorted(plan.slots.values(), key=lambda s: (s.sheet, s.row, s.column)):
        place = f"'{slot.sheet}'!R{slot.row}C{slot.column}"
        made = f"={slot.formula}" if slot.formula else expected_text(slot)
        yield f"{place} {slot.key if slot.is_input else ''} {made}"
