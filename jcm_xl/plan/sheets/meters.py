"""Meters: which meter measures what, and until when its certificate is valid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jcm_xl.model.methodology import Methodology, Parameter, fold_symbol
from jcm_xl.plan.builder import Builder
from jcm_xl.text.symbols import typed_symbol

METERS = 20
"""So many rows; a row is a meter with one certificate."""
FIELDS = ("meter", "serial", "accuracy", "certificate", "from", "until", "point",
          "row", "remark")  # fmt: skip
_RULES = {"from": "date", "until": "date", "point": "point", "row": "row"}
_STYLES = {"from": "date", "until": "date", "row": "row"}
_HEAD, _FIRST = 5, 6
_POINT = re.compile(r"\((?P<number>\d+)\)")


def meters_sheet(b: Builder) -> None:
    """Lay out the rows, and below them the texts of the drop-down list of points."""
    sheet, text = b.layout.sheet("meters"), b.messages
    b.sheets["meters"] = sheet
    last = 2 + len(FIELDS)
    b.last_columns[sheet] = last
    b.put("meters.title", sheet, 2, 2, "heading", style="title", span=last - 1,
          content=text("meters.title"))  # fmt: skip
    b.put("meters.hint", sheet, 3, 2, "note", style="prose", span=last - 1,
          content=text("meters.hint"))  # fmt: skip
    b.heights[sheet, 3] = 34
    heads = [b.layout("separate.number"), *text("meters.headings")]
    b.line("meters.head", sheet, _HEAD, 2, heads)
    b.heights[sheet, _HEAD] = 34
    for n in range(1, METERS + 1):
        _row(b, sheet, n)
    _points(b, sheet)
    b.freeze[sheet] = (_HEAD, 0)


def _row(b: Builder, sheet: str, n: int) -> None:
    row = _FIRST + n - 1
    b.put(f"meters.number:{n}", sheet, row, 2, "label", content=str(n), style="unit")
    for i, field in enumerate(FIELDS):
        b.put(f"meters.{field}:{n}", sheet, row, 3 + i, "meter", unit=n,
              is_input=True, rule=_RULES.get(field, "text"),
              style=_STYLES.get(field, "input"))  # fmt: skip


def _points(b: Builder, sheet: str) -> None:
    top = _FIRST + METERS + 1
    b.put("meters.points", sheet, top, 2, "heading", style="section",
          content=b.messages("meters.points"))  # fmt: skip
    for i, point in enumerate(points(b.m), 1):
        p = b.monitored[i - 1]
        b.put(f"meters.point_text:{i}", sheet, top + i, 3, "label", content=point,
              name=p.name)  # fmt: skip
        b.put(f"meters.point_label:{i}", sheet, top + i, 4, "label", content=p.label,
              name=p.name, trust=b.trust(p), span=5)  # fmt: skip


def monitored(m: Methodology) -> Sequence[Parameter]:
    """Return the parameters of Table 1; the n-th is monitoring point (n)."""
    return [p for p in m.inputs if p.is_monitored]


def points(m: Methodology) -> list[str]:
    """Return the monitoring points as the drop-down list has them: `(1) EG_i,p`."""
    return [f"({n}) {typed_symbol(p.symbol)}" for n, p in enumerate(monitored(m), 1)]


def point_of(m: Methodology, text: str) -> Parameter | None:
    """Return the parameter of a monitoring point: `(1) EG_i,p`, `(1)`, `EG_i,p`."""
    match = _POINT.match(text.strip())
    rest = text.strip()[match.end() :] if match else text
    by_symbol = {fold_symbol(p.symbol): p for p in monitored(m)}
    named = by_symbol.get(fold_symbol(rest)) or m.parameters.get(rest.strip())
    if match is None or named is not None:
        return named if named and named.is_monitored else None
    number = int(match["number"])
    known = monitored(m)
    is_alone = not rest.strip() and 1 <= number <= len(known)
    return known[number - 1] if is_alone else None
