"""What stands once in a book: its id, reference number, period and structure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from jcm_xl.foreign.found import Reason, Spot
from jcm_xl.foreign.rows import Findings, printed
from jcm_xl.foreign.tables import Tables
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import heading_role, of_part, plain, symbol_key
from jcm_xl.formula.rounding import rounded_down
from jcm_xl.model.key import PERIOD, PERIOD_END, PERIOD_START, REFERENCE_NUMBER, Key
from jcm_xl.plan.identity import PRINTED_ANYWHERE
from jcm_xl.text.day_readings import Calendar, days_meant
from jcm_xl.xlsx.grid import Cell

_TOP = 12
"""So many rows from the top the header of a sheet may reach."""
_REFERENCE = re.compile(r"reference\s*(?:number|no)\s*\.?\s*[:;]?\s*(\S.*)?$", re.I)
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
                out.refuse(spot, Reason.NO_PERIOD, key=PERIOD_START)
            told.add(text)
        elif days != period:
            out.refuse(spot, Reason.PERIODS_DIFFER, key=PERIOD_START)
        else:
            out.put(PERIOD_START, spot)
            out.put(PERIOD_END, spot)
    _where_it_belongs(view, tables, out)
    return period


def days_of(text: object) -> tuple[date, ...]:
    """Return the two days that a text names; nothing where it names more or fewer."""
    read = days_meant(text) if isinstance(text, str) else ()
    if len(read) != 2 or any(day.calendar is Calendar.BUDDHIST for day in read):
        return ()
    return tuple(day.days[0] for day in read)


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


def find_results(
    stage: str, view: View, names: Mapping[str, str], out: Findings
) -> None:
    """Place the figures of the calculation sheet beside these symbols.

    A symbol that stands beside two different figures is not taken.
    """
    columns: dict[str, int] = {}
    seen: dict[str, list[Spot]] = {}
    headings = out.layout.table("calc").headings
    wanted = {role: headings[role] for role in ("value", "symbol")}
    for row, spots in view.rows.items():
        found = {
            of_part(out.layout, "calc", s.cell.value, wanted): s.column for s in spots
        }
        if wanted.keys() <= found.keys():
            columns = found
            continue
        at = view.at(row, columns["symbol"]) if columns else None
        name = names.get(symbol_key(at.cell.value)) if at else None
        figure = view.at(row, columns["value"]) if name else None
        if name and figure:
            seen.setdefault(name, []).append(figure)
    for name, figures in seen.items():
        figure = figures[0]
        if name == out.matcher.m.results.reduction and rounded_down(
            figure.cell.formula or ""
        ):
            continue  # the tonnes, rounded where others only calculate them
        if len({figure.value for figure in figures}) == 1:
            out.put(Key(stage, "quantity", name), figure)
