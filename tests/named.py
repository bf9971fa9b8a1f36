"""Places of the template by key, so that tests stay true when the layout moves.

«mrs.result» is 'MRS(input)'!F17, «mrs.result|address» is F17 and so on, see `FORMS`;
«mss.role:4 →5» is five columns to its right, «mss.role:4 ↓5» five rows below;
«mps_calc» is the name of the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jcm_xl.model.key import Key
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import column_letters

FORMS: Mapping[str, Callable[[Slot], str]] = {
    "": lambda slot: f"'{slot.sheet}'!{slot.address}",
    "lower": lambda slot: f"'{slot.sheet.lower()}'!{slot.address}",
    "absolute": lambda slot: slot.absolute,
    "address": lambda slot: slot.address,
    "fixed": lambda slot: slot.fixed,
    "row": lambda slot: str(slot.row),
    "column": lambda slot: str(slot.column),
    "letter": lambda slot: column_letters(slot.column),
}
"""How a place is written: «key|absolute»."""
_NAMED = re.compile(r"«([^»|→↓]+?)(?: →(\d+))?(?: ↓(\d+))?(?:\|(\w+))?»")
_NUMBER = re.compile(r"«[^»]+\|(?:row|column)»")


def named(plan: Plan, value: Any) -> Any:
    """Return a text, list or table with the named places as the plan has them."""
    if isinstance(value, Mapping):
        return {named(plan, k): named(plan, v) for k, v in value.items()}
    if isinstance(value, list):
        return [named(plan, item) for item in value]
    if not isinstance(value, str):
        return value
    text = _NAMED.sub(lambda match: _place(plan, match), value)
    return int(text) if _NUMBER.fullmatch(value) else text


def _place(plan: Plan, match: re.Match[str]) -> str:
    key, right, down, form = match.groups()
    if key in plan.sheets:
        return plan.sheets[key]
    slot = plan[Key.parse(key)]
    moved = slot._replace(
        row=slot.row + int(down or 0), column=slot.column + int(right or 0)
    )
    return FORMS[form or ""](moved)
