"""What sheets print besides figures: scope, monitoring points, fuels; compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.adopt.found import Labelled, OfficialSheets, Region
from jcm_xl.adopt.items import ComparedItem, Verdict, compared
from jcm_xl.adopt.places import HEADER
from jcm_xl.adopt.rows import key_of
from jcm_xl.foreign.rows import printed
from jcm_xl.foreign.words import folded, plain, point_of
from jcm_xl.model.methodology import Constant, Methodology

SCOPE = re.compile(r"sectoral\s*scopes?\s*:?\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)", re.I)
_NO_FUEL = frozenset(("", "n a", "na", "none", "nil"))
_NOWHERE = "no sheet of this workbook prints it"


def compare_beside(m: Methodology, sheets: OfficialSheets) -> Iterator[ComparedItem]:
    """Yield verdicts on scope, points and fuels; one line on each that is nowhere."""
    for name, items in (
        ("methodology.sectoral_scope", list(_scopes(m, sheets))),
        ("parameters: monitoring point", list(_points(m, sheets))),
        ("parameters and formulas: fuel", list(_fuels(sheets))),
    ):
        is_said = name != "parameters and formulas: fuel" or _has_fuel(m)
        if not items and is_said:
            yield ComparedItem(name, Verdict.NOT_PRINTED, reason=_NOWHERE)
        yield from items


def scopes_of(sheets: OfficialSheets) -> Iterator[tuple[Labelled | tuple[str, int, int],
                                                        tuple[str, ...]]]:  # fmt: skip
    """Yield the sectoral scopes in the heads of the sheets: place, two digits each."""
    for view in sheets.views.values():
        for row, spots in view.rows.items():
            for spot in spots if row <= HEADER else ():
                if match := SCOPE.search(plain(spot.cell.value)):
                    numbers = tuple(f"{int(n):02}" for n in match[1].split(","))
                    yield (spot.sheet, spot.row, spot.column), numbers


def _scopes(m: Methodology, sheets: OfficialSheets) -> Iterator[ComparedItem]:
    for place, numbers in scopes_of(sheets):
        ours, same = ", ".join(m.scopes), set(numbers) == set(m.scopes)
        official = ", ".join(numbers)
        yield compared("methodology.sectoral_scope", place, ours, official, same=same)


def _points(m: Methodology, sheets: OfficialSheets) -> Iterator[ComparedItem]:
    order = [p.name for p in m.inputs if p.is_monitored]
    for found in sheets.labelled:
        point = found.line.get("point") if found.line else None
        if point is None or found.part is not Region.TABLE1 or found.unit > 1:
            continue
        number, _ = point_of(point.cell.value)
        if number and found.item.name in order:
            ours = order.index(found.item.name) + 1
            yield compared(f"{key_of(found.item)}.point", point, f"({ours})",
                           printed(point.cell.value), same=ours == number)  # fmt: skip


def _has_fuel(m: Methodology) -> bool:
    return any(getattr(item, "fuel", "") for item in m.items)


def _fuels(sheets: OfficialSheets) -> Iterator[ComparedItem]:
    for found in sheets.labelled:
        item = found.item
        if found.fuel is None or isinstance(item, Constant):
            continue
        text = folded(found.fuel.cell.value)
        name, official = f"{key_of(item)}.fuel", printed(found.fuel.cell.value)
        if item.fuel and text not in _NO_FUEL:
            same = folded(item.fuel) == text
            yield compared(name, found.fuel, item.fuel, official, same=same)
