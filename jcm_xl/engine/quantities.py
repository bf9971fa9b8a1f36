"""The quantity that a person names, and the unit rows that are meant."""

from __future__ import annotations

import re

from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology, fold_symbol
from jcm_xl.model.submission import StageInputs
from jcm_xl.text.nearest import nearest
from jcm_xl.text.runs import runs

_QUANTITY = re.compile(r"(?P<name>.+?)\s*(?:\[\s*(?P<row>\d{1,7})\s*\])?", re.ASCII)


def find_quantity(
    m: Methodology, wanted: str, inputs: StageInputs
) -> tuple[str, tuple[int | None, ...]]:
    """Return the name and the unit rows that are meant; all used ones without [n]."""
    match = _QUANTITY.fullmatch(wanted.strip())
    spelled, number = (match["name"], match["row"]) if match else (wanted, None)
    known = (*m.items, *m.constants.values())
    item = next((i for i in known if i.name == spelled), None) or next(
        (i for i in known if fold_symbol(i.symbol) == fold_symbol(spelled)), None
    )
    if item is None:
        hint = nearest(spelled, [i.name for i in known])
        raise JcmError(
            f"{m.key} has no quantity '{spelled}'{hint}. "
            f"`jcm-xl show {m.key}` lists them."
        )
    index = getattr(item, "index", None)
    if index is None:
        if number:
            raise JcmError(f"{item.name} has one value; leave [{number}] out.")
        return item.name, (None,)
    used = inputs.used.get(index, ())
    if number is None and used:
        return item.name, used
    if number is None or int(number) not in used:
        there = number_ranges(used) or "none"
        row = f" {number}" if number else ""
        raise JcmError(
            f"{item.name} has no row{row} of {m.sets[index].label} in use; "
            f"in use: {there}."
        )
    return item.name, (int(number),)


def number_ranges(rows: tuple[int, ...]) -> str:
    """Return `1 to 5, 8`."""
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in runs(rows))
