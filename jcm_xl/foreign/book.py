"""A book that jcm_xl did not make, read by what stands on its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.foreign.found import Remark, Spot, Stated, Unplaced, Unread
from jcm_xl.foreign.heads import (
    find_header,
    find_period,
    find_results,
    find_structure,
    reference_of,
)
from jcm_xl.foreign.inferred import infer_choices
from jcm_xl.foreign.match import Matcher
from jcm_xl.foreign.periods import FirstAndLast, keep_first_period
from jcm_xl.foreign.rows import Findings
from jcm_xl.foreign.sheets import find_sheets
from jcm_xl.foreign.tables import Tables, find_tables
from jcm_xl.foreign.units import UnitCell, headed_parameters, unit_cells
from jcm_xl.foreign.unread import unread_numbers, unread_sheets, unread_tables
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import option_letter
from jcm_xl.model.key import PERIOD, REFERENCE_NUMBER, Key, option_key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.builder import STAGES
from jcm_xl.plan.cells import expected_text, judged
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import Cell, CellValue, Grid, address

_PLAIN_ROLES = ("value", "total", "result", "quantity", "copy")


@dataclass(frozen=True, slots=True)
class ForeignBook:
    """What was found in a book, by the slots of our plan.

    sheets:   key of a sheet -> its name in the file, of the sheets that are there.
    found:    slot key -> the cell it was read from.
    blank:    slot key -> (sheet, address) where it belongs, of what was not found.
    unplaced: what stands in the book and was not taken, and why.
    remarks:  what was taken with reserve, and why.
    stated:   numbers that are compared with the methodology's, not taken.
    unread:   parts that were not understood.
    results:  stage -> every figure of Table 3, the claim first.
    periods:  the monitoring periods of the report with the cell of each, where there
              are several; the first one was read.
    tops:     name of a sheet -> where its first table begins.
    """

    plan: Plan
    submission: Submission
    sheets: Mapping[str, str]
    found: Mapping[Key, Spot]
    blank: Mapping[Key, tuple[str, str]]
    unplaced: tuple[Unplaced, ...]
    remarks: tuple[Remark, ...]
    stated: tuple[Stated, ...] = ()
    unread: tuple[Unread, ...] = ()
    results: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)
    periods: tuple[tuple[FirstAndLast, str], ...] = ()
    tops: Mapping[str, str] = field(default_factory=dict)

    @property
    def methodology(self) -> Methodology:
        """Return the methodology by which the book was read."""
        return self.plan.methodology

    def place(self, slot: Slot) -> tuple[str, str]:
        """Return sheet and address, in the file, of a slot or of where it belongs."""
        spot = self.found.get(slot.key)
        if spot is not None:
            return spot.sheet, spot.address
        for key in (slot.key, slot.key.with_unit(None)):
            if key in self.blank:
                return self.blank[key]
        keys = {name: key for key, name in self.plan.sheets.items()}
        there = self.sheets.get(keys.get(slot.sheet, ""), slot.sheet)
        return there, self.tops.get(there, "A1")

    def where(self, slot: Slot) -> tuple[str, str]:
        """Return where a slot stands or belongs, nothing where that is not known."""
        is_known = slot.key in self.found or slot.key in self.blank
        if is_known or slot.key.with_unit(None) in self.blank:
            return self.place(slot)
        return "", ""

    def drawn_at(self, slot: Slot) -> tuple[str, str]:
        """Return sheet and address of what was found, nothing of what was not."""
        spot = self.found.get(slot.key)
        return (spot.sheet, spot.address) if spot else ("", "")

    def cell(self, slot: Slot) -> Cell | None:
        """Return the cell that holds a slot; options in the plan's own spelling."""
        spot = self.found.get(slot.key)
        if spot is None:
            return None
        return spot.cell._replace(value=_spelt(slot, spot.cell.value))


def read(grid: Grid, m: Methodology, layout: Layout | None = None) -> ForeignBook:
    """Find the inputs of a methodology in a book that somebody made by hand.

    Words and columns are those of `layout`, the official one where none is given.

    Nothing is guessed: what is not named by symbol, or by number and description, is
    in `unplaced` with its reason.
    """
    out = Findings(Matcher(m), layout or official_layout())
    views, aside = find_sheets(grid, out.layout)
    out.unplaced.extend(aside)
    reading = _Reading(out, views)
    for key, sheet in views.items():
        find_header(key, sheet, out)
    for stage in STAGES:
        reading.read(stage)
    if "mss" in views:
        find_structure(views["mss"], out)
    if not {f"{stage}_input" for stage in STAGES} <= views.keys():
        out.unread.extend(unread_sheets(grid, views))
    infer_choices(out)
    return _book(grid, m, reading)


@dataclass
class _Reading:
    """What is read stage by stage, besides the findings."""

    out: Findings
    views: Mapping[str, View]
    days: FirstAndLast = ()
    periods: tuple[tuple[FirstAndLast, str], ...] = ()
    rest: dict[Key, tuple[str, str]] = field(default_factory=dict)
    results: dict[str, tuple[Spot, ...]] = field(default_factory=dict)

    def read(self, stage: str) -> None:
        """Read the sheets of one stage."""
        out, views = self.out, self.views
        view = views.get(f"{stage}_input")
        separate = views.get(f"{stage}_separate")
        tables, extra = self._tables(view, stage), self._tables(separate, stage)
        understood = set(tables.rows)
        if stage == "mrs":
            self.periods = keep_first_period(tables)
        claims = out.claims(stage, [*tables.lines, *extra.lines])
        cells = self._units(separate)
        headed = set(self._headed(separate))
        if view:
            cells += self._units(view, tables.unit_rows)
            headed |= set(self._headed(view, tables.unit_rows))
        out.take(stage, claims, cells, frozenset(headed))
        out.put(Key(stage, "result"), tables.result)
        out.put(Key(stage, "result").beside("unit"), tables.measure)
        self.results[stage] = tuple(tables.results)
        if view:
            self._rest(stage, view, tables, understood)
        if calc := views.get(f"{stage}_calc"):
            find_results(stage, calc, out)

    def _rest(
        self, stage: str, view: View, tables: Tables, understood: set[int]
    ) -> None:
        """Note the period, the free rows and what was not understood."""
        out = self.out
        if stage == "mrs":
            self.days = find_period(view, tables, out)
        self.rest |= dict(_free(stage, view, tables, out.matcher.m))
        untitled = list(unread_tables(stage, view, tables, out.matcher.m))
        out.unread += untitled
        if tables.heads or tables.unit_rows or not untitled:
            out.unread += unread_numbers(stage, view, understood, out.layout)

    def _tables(self, view: View | None, stage: str) -> Tables:
        out = self.out
        return find_tables(view, stage, out.layout, out.matcher) if view else Tables()

    def _units(
        self, view: View | None, rows: list[int] | None = None
    ) -> list[UnitCell]:
        out = self.out
        return list(unit_cells(view, out.matcher, out.layout, rows)) if view else []

    def _headed(
        self, view: View | None, rows: list[int] | None = None
    ) -> Iterator[str]:
        out = self.out
        if view:
            yield from headed_parameters(view, out.matcher, out.layout, rows)


def _free(
    stage: str, view: View, tables: Tables, m: Methodology
) -> Iterator[tuple[Key, tuple[str, str]]]:
    """Yield the row below each table as the place of what has no row there."""
    for number, head in tables.heads.items():
        last = max((n.row for n in tables.lines if n.head.table == number),
                   default=head.row)  # fmt: skip
        for p in m.inputs:
            if p.is_monitored != (number == 1):
                continue
            for role in ("value", "option"):
                if columns := head.columns.get(role):
                    place = view.name, address(last + 1, columns.start)
                    yield Key(stage, role, p.name), place


def _book(grid: Grid, m: Methodology, reading: _Reading) -> ForeignBook:
    out, period = reading.out, reading.days
    rows = {
        name: min(max(s.default_rows, out.units.get(name, 0)), s.max_rows)
        for name, s in m.sets.items()
    }
    plan = make_plan(m, rows, Edition(layout=out.layout))
    found = {key: spot for key, spot in out.found.items() if key in plan.slots}
    blank = {key: (spot.sheet, spot.address) for key, spot in out.blank.items()}
    values = dict(_values(grid, plan, found))
    if period:
        values |= zip(PERIOD, period, strict=True)
    return ForeignBook(
        plan=plan,
        submission=Submission(m.id, m.version, plan.rows, values),
        sheets={key: view.name for key, view in reading.views.items()},
        found=found,
        blank={**reading.rest, **blank},
        unplaced=tuple(out.unplaced),
        remarks=tuple(out.remarks),
        stated=tuple(out.stated),
        unread=tuple(out.unread),
        results=reading.results,
        periods=reading.periods,
        tops={view.name: view.top for view in reading.views.values()},
    )


# -- values ------------------------------------------------------------------------


def _values(
    grid: Grid, plan: Plan, found: Mapping[Key, Spot]
) -> Iterator[tuple[Key, Value]]:
    """Yield what was typed, in the spelling of our own books."""
    for key, spot in found.items():
        slot = plan[key]
        if not slot.is_input or key in PERIOD:
            continue
        value = _spelt(slot, spot.cell.value)
        if value is None or value == "" or _is_as_made(plan, slot, value, found):
            continue
        yield key, judged(grid, slot.rule, spot.cell._replace(value=value)).value


def _spelt(slot: Slot, value: CellValue) -> CellValue:
    if isinstance(value, str) and not value.strip():
        return None
    if slot.role in ("option", "option_fixed"):
        sign = option_letter(value) if isinstance(value, str) else ""
        return f"Option {sign}" if sign else value
    if slot.key == REFERENCE_NUMBER and isinstance(value, str):
        return reference_of(value)
    return value


def _is_as_made(
    plan: Plan, slot: Slot, value: Value, found: Mapping[Key, Spot]
) -> bool:
    """Tell whether a text is the methodology's own, so that nothing was typed."""
    if slot.rule != "text" or not isinstance(value, str):
        return False
    texts = [expected_text(slot)] if slot.content is not None else []
    p = plan.methodology.parameters.get(slot.name)
    if slot.formula and p is not None:
        option = option_key(slot.key.stage, p.name)
        chosen = {
            option_letter(spot.cell.value)
            for key, spot in found.items()
            if key.with_unit(None) == option
        }
        blocks = [b for b in p.monitoring if b.option in chosen]
        texts = [getattr(b, slot.role) for b in blocks or p.monitoring]
        texts.append("".join(texts))
    return value.split() in [text.split() for text in texts]
