"""What stands once in a book: its id, reference number, period and structure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from jcm_xl.foreign.found import Reason, Spot
from jcm_xl.foreign.rows import Findings, printed
from jcm_xl.foreign.tables import Tables
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import heading_role, of_part, plain
from jcm_xl.formula.rounding import rounded_down
from jcm_xl.model.key import PERIOD, PERIOD_END, PERIOD_START, REFERENCE_NUMBER, Key
from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.identity import PRINTED_ANYWHERE
from jcm_xl.text.day_readings import Calendar, days_meant
from jcm_xl.xlsx.grid import Cell

_TOP = 12
"""So many rows from the top the header of a sheet may reach."""
_REFERENCE = re.compile(r"reference\s*(?:number|no)\s*\.?\s*[:;]?\s*(\S.*)?$", re.I)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)")
_MONTHS = 12
_NO_PERIOD = frozenset(("", "n/a", "na", "-"))


def find_header(key: str, view: View, out: Findings) -> None:
    """Place the spreadsheet's id and the reference number of one sheet."""
    for spot, text in view.texts():
        if spot.row > _TOP:
            continue
        if PRINTED_ANYWHERE.search(text):
            out.put(Key(key, "id"), spot)
        match = _REFERENCE.search(text)
        if match:
            number = spot if match[1] else _right_of(view, spot)
            if number is None:
                out.blank.setdefault(REFERENCE_NUMBER, spot)
            else:
                _reference(number, out)


def reference_of(value: object) -> str:
    """Return the number alone: `ID009` of `Reference Number: ID009`."""
    match = _REFERENCE.search(plain(value))
    return plain(match[1]) if match and match[1] else plain(value)


def _reference(spot: Spot, out: Findings) -> None:
    first = out.found.get(REFERENCE_NUMBER)
    if first is None:
        out.put(REFERENCE_NUMBER, spot)
    elif reference_of(first.value) != reference_of(spot.value):
        out.refuse(spot, Reason.REFERENCES_DIFFER, key=REFERENCE_NUMBER)


def _right_of(view: View, label: Spot) -> Spot | None:
    for spot in view.rows[label.row]:
        if spot.column > label.column:
            return spot
    return None


# -- the monitoring period ---------------------------------------------------------


def find_period(view: View, tables: Tables, out: Findings) -> tuple[date, ...]:
    """Return first and last day: of most rows of Table 1, else of Table 3 or a label.

    A row with another period is noted; so is a text that cannot be read.
    """
    spots = [
        spot
        for line in tables.lines
        if (spot := line.get("period")) and (line.own("symbol") or line.own("point"))
    ]
    if tables.period is not None:
        spots.append(tables.period)
    if not spots:
        spots = list(_labelled(view, out))
    spots = [s for s in dict.fromkeys(spots) if not _is_none(s)]
    read = {spot: days_of(spot.cell.value) for spot in spots}
    counts = Counter(days for days in read.values() if days)
    period = counts.most_common(1)[0][0] if counts else ()
    told = set()
    for spot, days in read.items():
        if not days:
            text = printed(spot.cell.value)
            if text not in told:
                out.refuse(spot, _why_not(spot.cell.value), key=PERIOD_START)
            told.add(text)
        elif days != period:
            out.refuse(spot, Reason.PERIODS_DIFFER, key=PERIOD_START)
        else:
            out.put(PERIOD_START, spot)
            out.put(PERIOD_END, spot)
    _where_it_belongs(view, tables, out)
    return period


def days_of(text: object) -> tuple[date, ...]:
    """Return the two days that a text names; nothing where it names more or fewer.

    Nothing, too, where a day reads in two orders and no other day of the text tells
    which one is meant, and where a year is of another calendar.
    """
    read = days_meant(text) if isinstance(text, str) else ()
    if len(read) != 2 or any(day.calendar is Calendar.BUDDHIST for day in read):
        return ()
    order = _order(str(text))
    if order < 0 and any(len(day.days) > 1 for day in read):
        return ()
    return tuple(day.days[min(max(order, 0), len(day.days) - 1)] for day in read)


def _order(text: str) -> int:
    """Return 0 where the day stands first, 1 where the month does, -1 where unclear."""
    pairs = [(int(a), int(b)) for a, b in _NUMBERS.findall(plain(text))]
    day_first = any(first > _MONTHS for first, _ in pairs)
    month_first = any(second > _MONTHS for _, second in pairs)
    if day_first == month_first:
        return -1
    return 0 if day_first else 1


def _why_not(text: object) -> Reason:
    read = days_meant(text) if isinstance(text, str) else ()
    return Reason.UNCLEAR_DAYS if len(read) == 2 else Reason.NO_PERIOD


def _is_none(spot: Spot) -> bool:
    return printed(spot.cell.value).casefold() in _NO_PERIOD


def _labelled(view: View, out: Findings) -> Iterator[Spot]:
    """Yield the texts with two dates beside, or in, a cell 'Monitoring period'."""
    for spot, text in view.texts():
        if heading_role(out.layout, text) != "period":
            continue
        beside = _right_of(view, spot)
        for found in (spot, beside):
            if found and days_of(found.cell.value):
                yield found


def _where_it_belongs(view: View, tables: Tables, out: Findings) -> None:
    for line in tables.lines:
        columns = line.head.columns.get("period")
        if columns:
            spot = Spot(view.name, line.row, columns.start, Cell(None))
            for key in PERIOD:
                out.blank.setdefault(key, spot)


# -- the structure sheet, the calculation sheets -----------------------------------


def find_structure(view: View, out: Findings) -> None:
    """Place the persons and roles below the two headings of the structure sheet."""
    columns: dict[str, range] = {}
    number = 0
    headings = out.layout.table("mss").headings
    for row, spots in view.rows.items():
        if not columns:
            found = {
                of_part(out.layout, "mss", s.cell.value, headings): s for s in spots
            }
            if headings.keys() <= found.keys():
                columns = {
                    key: range(at, at + view.width(row, at))
                    for key, spot in found.items()
                    if key and (at := spot.column)
                }
            continue
        cells = {key: view.first(row, across) for key, across in columns.items()}
        if not any(cell and cell.row == row for cell in cells.values()):
            continue
        number += 1
        for key, spot in cells.items():
            if spot is not None and number <= out.layout("mss.rows"):
                out.put(Key("mss", key, unit=number), spot)
            elif spot is not None:
                out.refuse(spot, Reason.NO_ROOM)
            else:
                at = columns[key].start
                place = Spot(view.name, row, at, Cell(None))
                out.blank[Key("mss", key, unit=number)] = place


def find_results(stage: str, view: View, out: Findings) -> None:
    """Place the main figures of the calculation sheet, and note what it prints besides.

    A symbol that stands beside two different figures is not taken.
    """
    columns: dict[str, int] = {}
    seen: dict[str, list[tuple[Spot, Spot | None]]] = {}
    headings = out.layout.table("calc").headings
    wanted = {role: headings[role] for role in ("value", "symbol", "unit")}
    for row, spots in view.rows.items():
        found = {
            of_part(out.layout, "calc", s.cell.value, wanted): s.column for s in spots
        }
        if {"value", "symbol"} <= found.keys():
            columns = found
            continue
        at = view.at(row, columns["symbol"]) if columns else None
        item = out.matcher.by_symbol(at.cell.value).item if at else None
        figure = view.at(row, columns["value"]) if item else None
        if item and figure:
            beside = view.at(row, columns["unit"]) if "unit" in columns else None
            seen.setdefault(item.name, []).append((figure, beside))
    for name, figures in seen.items():
        if len({figure.value for figure, _ in figures}) == 1:
            _place_figure(stage, name, *figures[0], out)


def _place_figure(
    stage: str, name: str, figure: Spot, beside: Spot | None, out: Findings
) -> None:
    m = out.matcher.m
    results = (m.results.reduction, m.results.reference, m.results.project)
    if name in results:
        is_rounded = rounded_down(figure.cell.formula or "")
        if not (name == m.results.reduction and is_rounded):
            out.put(Key(stage, "quantity", name), figure)
        return  # the tonnes, rounded where others only calculate them
    item = m.named(name)
    is_asked = isinstance(item, Parameter) and item.is_input
    is_single = getattr(item, "index", None) is None
    if not is_asked and is_single and isinstance(figure.cell.value, float):
        out.state(stage, item, 0, figure, beside)
