"""Meters: which meter measures what, and until when its certificate is valid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology, Parameter, fold_symbol
from jcm_xl.plan.builder import Builder
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.text.symbols import typed_symbol

METERS = 20
"""So many rows; a row is a meter with one certificate."""
FIELDS = ("meter", "serial", "accuracy", "certificate", "from", "until", "point",
          "row", "remark")  # fmt: skip
_RULES = {"from": "date", "until": "date", "point": "point", "row": "row"}
_STYLES = {"from": "date", "until": "date", "row": "row"}
IDENTIFIERS = ("serial", "certificate")
"""Numbers that are names: 00123 keeps its zeros, and 2024-05 is no day in May."""
_HEAD, _FIRST = 5, 6
_POINT = re.compile(r"\((?P<number>\d+)\)")


def meters_sheet(b: Builder) -> None:
    """Lay out the rows, and below them the texts of the drop-down list of points."""
    sheet, text = b.layout.sheet("meters"), b.messages
    b.sheets["meters"] = sheet
    last = FIRST_COLUMN + len(FIELDS)
    b.last_columns[sheet] = last
    at = b.row(sheet, 2)
    at.put(FIRST_COLUMN, Key("meters", "title"), "heading", style="title",
           span=last - 1, content=text("meters.title"))  # fmt: skip
    at.down().put(FIRST_COLUMN, Key("meters", "hint"), "note", style="prose",
                  span=last - 1, content=text("meters.hint"))  # fmt: skip
    at.down().height(34)
    heads = b.row(sheet, _HEAD)
    number = b.layout.table("separate")["number"].heading
    b.line(
        heads, Key("meters", "head"), FIRST_COLUMN, [number, *text("meters.headings")]
    )
    heads.height(34)
    for n in range(1, METERS + 1):
        _row(b, sheet, n)
    _points(b, sheet)
    b.freeze[sheet] = (_HEAD, 0)


def _row(b: Builder, sheet: str, n: int) -> None:
    at = b.row(sheet, _FIRST + n - 1)
    number = Key("meters", "number", unit=n)
    at.put(FIRST_COLUMN, number, "label", content=str(n), style="unit")
    for column, field in enumerate(FIELDS, FIRST_COLUMN + 1):
        b.input(at, column, number.of(field), "meter", _RULES.get(field, "text"),
                unit=n, style=_style(b, field))  # fmt: skip


def _style(b: Builder, field: str) -> str:
    return b.identifier if field in IDENTIFIERS else _STYLES.get(field, "input")


def _points(b: Builder, sheet: str) -> None:
    at = b.row(sheet, _FIRST + METERS + 1)
    at.put(FIRST_COLUMN, Key("meters", "points"), "heading", style="section",
           content=b.messages("meters.points"))  # fmt: skip
    for i, (p, point) in enumerate(zip(b.monitored, points(b.m), strict=True), 1):
        at = at.down()
        at.put(FIRST_COLUMN + 1, Key("meters", "point_text", unit=i), "label",
               content=point, name=p.name)  # fmt: skip
        at.put(FIRST_COLUMN + 2, Key("meters", "point_label", unit=i), "label",
               content=p.label, name=p.name, trust=b.trust(p), span=5)  # fmt: skip


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
