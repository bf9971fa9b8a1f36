"""What does not fit its cell, by the widths of Calibri that XlsxWriter knows.

The program has a table of its own (`jcm_xl/text/room.py`): the two would have to be
wrong alike. Carlito, with which LibreOffice draws, has these widths.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from xlsxwriter.utility import xl_pixel_width

from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.text.symbols import symbol_parts
from jcm_xl.writing.validations import shown_at

_LINE = 15.0
_ENDS = (".", "!", "?", "。", ")")
ROLES = (
    "unit", "symbol", "label", "heading", "source", "procedure", "frequency", "note",
    "draft",
)  # fmt: skip
"""What the template writes, and a participant has to read whole."""
_LIVE = "live"


def clipped(plan: Plan) -> Iterator[str]:
    """Yield each text of the template that its cell cuts."""
    for slot in plan.slots.values():
        if slot.role not in ROLES or slot.key.stage == _LIVE:
            continue
        style = _style(plan, slot)
        has_edges = style.get("border") or style.get("wrap")
        if slot.content and has_edges and _is_cut(plan, slot):
            yield f"{slot.role} {slot.key} at {slot.absolute}: {slot.content}"
    yield from _sums(plan)
    for slot in plan.inputs:
        p = plan.methodology.parameters.get(slot.name)
        if slot.rule == "choice" and p and (slot.sheet, slot.row) in plan.heights:
            for text in plan.methodology.choices(p):
                if _needed(plan, slot, text) > plan.heights[slot.sheet, slot.row] + 1:
                    yield f"choice {slot.key} at {slot.absolute}: {text}"


def _sums(plan: Plan) -> Iterator[str]:
    """Yield each sum over units whose words, before there is one, are cut."""
    for slot in plan.slots.values():
        if slot.role == "total":
            sheet = plan.layout.sheet(f"{slot.key.stage}_separate")
            words = slot._replace(content=plan.layout("separate.see", sheet=sheet))
            if _is_cut(plan, words):
                yield f"total {slot.key} at {slot.absolute}: {words.content}"


def unfinished(plan: Plan) -> Iterator[str]:
    """Yield each prompt that ends inside a sentence."""
    for place, text in shown_at(plan):
        if not text.endswith(_ENDS):
            yield f"{place}: {text}"


def _style(plan: Plan, slot: Slot) -> Mapping[str, object]:
    return plan.layout.styles[slot.style]


def _is_cut(plan: Plan, slot: Slot) -> bool:
    height = plan.heights.get((slot.sheet, slot.row))
    if not _style(plan, slot).get("wrap"):
        size = float(_style(plan, slot).get("size", 11))  # type: ignore[arg-type]
        return _wide(str(slot.content)) * size / 11 > _room(plan, slot)
    if height is None:
        return False  # the program makes the row as high as it has to be
    text = str(slot.content)
    if slot.role == "symbol":  # letters below the line are smaller
        parts = symbol_parts(text)
        wide = sum(_wide(part) * (0.65 if is_low else 1) for part, is_low in parts)
        return wide > _room(plan, slot) * max(1, int(height / _LINE))
    return _needed(plan, slot, text) > height + 1


def _needed(plan: Plan, slot: Slot, text: str) -> float:
    """Return the points that a text needs in its cell, words kept together."""
    size = float(_style(plan, slot).get("size", 11))  # type: ignore[arg-type]
    room = _room(plan, slot) * 11 / size
    bold = 1.06 if _style(plan, slot).get("bold") else 1.0
    count = 0
    for part in text.split("\n"):
        count, used = count + 1, 0.0
        for word in part.split(" "):
            wide = _wide(word) * bold
            if used and used + 3 + wide > room:
                count, used = count + 1, 0.0
            used += wide + (3 if used else 0)
    return count * _LINE * size / 11


def _wide(text: str) -> float:
    parts = unicodedata.normalize("NFD", text)  # a letter with a mark is as wide
    seen = "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")
    return float(xl_pixel_width(seen)) if seen else 0.0


def _room(plan: Plan, slot: Slot) -> float:
    key = next(key for key, name in plan.sheets.items() if name == slot.sheet)
    given, other = plan.layout.widths(key), plan.layout.width(key, 14)
    columns = range(slot.column - 1, slot.column - 1 + slot.span)
    widths = (given[i] if i < len(given) else other for i in columns)
    return sum(int(width * 7 + 5) for width in widths) - 4
