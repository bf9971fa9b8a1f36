"""Equality proved by calculation: the workbook is filled, and so is our engine.

At least `FILLS` fills are typed into the workbook's own input cells: each choice, each
limit of a class and the numbers beside it, lowest and highest values, one unit and
several. IronCalc calculates the workbook; emissions and Table 3 are compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from jcm_xl.adopt.found import Labelled, OfficialSheets
from jcm_xl.adopt.lift import Lifter
from jcm_xl.adopt.names import index_of
from jcm_xl.adopt.points import Domain, domain, lookups
from jcm_xl.adopt.rows import shown_value, with_values
from jcm_xl.engine.calculate import calculate
from jcm_xl.expr.nodes import Comparison, Expr, Name, Number, children
from jcm_xl.formula.evaluation.book import evaluate_cells
from jcm_xl.formula.rounding import rounded_down
from jcm_xl.formula.scan import CellPlace
from jcm_xl.formula.second_engine import FilledBook, engine_name
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.builder import STAGES
from jcm_xl.xlsx.grid import CellValue, Grid, address

FILLS = 200
_MOST_UNITS = 4
Fill: TypeAlias = dict[tuple[str, int], float | str]
"""(Name, unit) -> what is typed; unit 0 for one value."""


class Proof(NamedTuple):
    """How many fills gave the same figures.

    reason: why there is no proof, or what was noted. counterexample: the smallest fill
    found with another figure, in words; cell: where the workbook shows it.
    """

    fills: int = 0
    equal: int = 0
    engine: str = ""
    reason: str = ""
    counterexample: str = ""
    cell: str = ""

    @property
    def is_equal(self) -> bool:
        """Tell whether every fill gave the same figures."""
        return 0 < self.fills == self.equal

    def __str__(self) -> str:
        if not self.fills:
            return f"no proof: {self.reason}"
        return f"equal on {self.equal} of {self.fills}"


NOT_TRIED = Proof(reason="it was not asked for")


class _Figure(NamedTuple):
    """A figure of the workbook that is compared; no name for that of Table 3."""

    name: str
    place: CellPlace

    @property
    def words(self) -> str:
        return self.name or "Table 3"


def prove(m: Methodology, grid: Grid, lifter: Lifter, fills: int = FILLS) -> Proof:
    """Fill the workbook and our engine alike, and compare what they give."""
    if not engine_name():
        return Proof(reason="IronCalc, the second engine, is not installed")
    sheets = lifter.sheets
    inputs = _inputs(sheets)
    asked = {p.name for p in m.inputs} - sheets.given().keys()
    if missing := sorted(asked - {found.item.name for found in inputs}):
        return Proof(reason=f"the workbook has no cell for {', '.join(missing)}")
    figures = list(_figures(m, lifter))
    if not figures:
        return Proof(reason="neither emissions nor Table 3 were found in it")
    return _Prover(m, grid, lifter, inputs, figures).prove(fills)


class CalculatedFill(NamedTuple):
    """A fill with the emissions that the workbook shows for it.

    given: name -> values of its unit rows, or one value. figures: name -> number.
    """

    given: Mapping[str, Sequence[float | str] | float | str]
    figures: Mapping[str, float]
    credited: int
    engine: str


def calculated_fill(
    m: Methodology, grid: Grid, lifter: Lifter
) -> CalculatedFill | None:
    """Return a fill on which workbook and engine agree, `None` where none was found."""
    figures = list(_figures(m, lifter))
    prover = _Prover(m, grid, lifter, _inputs(lifter.sheets), figures)
    engine = prover.engine(next(prover.fills(1)))
    for least in (1, 0, None):  # best one with reductions, for want of it a loss
        for fill in prover.fills(FILLS):
            found = prover.agreed(fill, least)
            if found is not None:
                return found._replace(engine=engine)
    return None


def _inputs(sheets: OfficialSheets) -> list[Labelled]:
    return [
        found
        for found in sheets.labelled
        if found.part.is_typed
        and isinstance(found.item, Parameter)
        and found.item.is_input
        and found.cell.formula is None
        and (found.unit or not index_of(found.item))
    ]


def _figures(m: Methodology, lifter: Lifter) -> Iterator[_Figure]:
    """Yield what is compared; one that is rounded down is compared as Table 3 alone."""
    sheets = lifter.sheets
    for stage in STAGES:
        for name in (m.results.reference, m.results.project, m.results.reduction):
            for found in sheets.of(stage, name):
                if not found.part.is_typed:
                    if not rounded_down(found.cell.formula or ""):
                        yield _Figure(name, found.place)
                    break
        if spot := sheets.results.get(stage):
            yield _Figure("", (spot.sheet, spot.row, spot.column))


class _Prover:
    def __init__(
        self, m: Methodology, grid: Grid, lifter: Lifter, inputs: Sequence[Labelled],
        figures: Sequence[_Figure],
    ) -> None:  # fmt: skip
        self.m, self.lifter, self.inputs = m, lifter, inputs
        self.figures = figures
        self.grid = grid
        self.given = {n: f.cell.value for n, f in lifter.sheets.given().items()}
        self.places = [figure.place for figure in figures]
        self.book = FilledBook(grid, self.places, [f.place for f in inputs])
        self.own = ""
        self.units = {
            index: min(len(units), _MOST_UNITS)
            for index in m.sets
            if (units := lifter.sheets.units(index))
        }
        self.whole = {index: len(lifter.sheets.units(index)) for index in self.units}
        self.is_whole = False

    def prove(self, fills: int) -> Proof:
        """Compare fill by fill; make the first that differs as small as it may be."""
        engine = self.engine(next(self.fills(1)))
        count = equal = 0
        first: Fill = {}
        reason = ""
        for fill in self.fills(fills):
            wrong = self._wrong(fill)
            if wrong and not self.is_whole and self._needs_every_unit(fill):
                self.is_whole, count, equal = True, 0, 0
                reason = "with unused unit rows the workbook shows an error"
                return self._again(fills, reason)
            count, equal = count + 1, equal + (not wrong)
            first = first or (fill if wrong else {})
        if not first:
            return Proof(count, equal, engine, reason)
        return self._with_example(first, Proof(count, equal, engine, reason))

    def engine(self, fill: Fill) -> str:
        """Return who calculates the workbook: ourselves where IronCalc cannot."""
        answers = self.book.answers(self._values(fill)).values()
        reason = next((a.reason for a in answers if a.reason), self.book.reason)
        if not reason:
            return engine_name()
        self.own = f"our own evaluation of its formulas, as IronCalc has none: {reason}"
        return self.own

    def _shown(self, fill: Fill) -> Mapping[CellPlace, CellValue]:
        """Return what the workbook shows with a fill typed into it."""
        values = self._values(fill)
        if not self.own:
            answers = self.book.answers(values)
            return {place: answers[place].value for place in self.places}
        empty: dict[CellPlace, CellValue] = {found.place: None for found in self.inputs}
        found = evaluate_cells(with_values(self.grid, {**empty, **values}), self.places)
        return {place: found[place].value for place in self.places}

    def _values(self, fill: Fill) -> dict[CellPlace, CellValue]:
        return {
            found.place: fill[found.item.name, found.unit]
            for found in self.inputs
            if (found.item.name, found.unit) in fill
        }

    def _again(self, fills: int, reason: str) -> Proof:
        self.units = dict(self.whole)
        return self.prove(fills)._replace(reason=reason)

    def _needs_every_unit(self, fill: Fill) -> bool:
        """Tell whether it goes wrong only because some unit rows are left empty."""
        used = self._used(fill)
        if all(len(used[index]) == self.whole[index] for index in used):
            return False
        full = dict(fill)
        for found in self.inputs:
            if found.unit and (found.item.name, found.unit) not in full:
                full[found.item.name, found.unit] = fill[found.item.name, 1]
        return not self._wrong(full)

    def _with_example(self, fill: Fill, proof: Proof) -> Proof:
        small = self._shrunk(fill)
        wrong = self._wrong(small)
        given = ", ".join(
            f"{name}{f'[{unit}]' if unit else ''} = {_plain(value)}"
            for (name, unit), value in small.items()
        )
        figure, ours, official = wrong[0]
        sheet, row, column = figure.place
        words = f"{given}: {figure.words} ours {ours}, official {official}"
        return proof._replace(
            counterexample=words, cell=f"{sheet}!{address(row, column)}"
        )

    def agreed(self, fill: Fill, least: int | None = 1) -> CalculatedFill | None:
        """Return a fill with what both give, `None` where they differ.

        Also where they give less than `least` tonnes.
        """
        result = calculate(self.m, self._stage_inputs(fill))
        credited, shown = result.sheet_credited, self._shown(fill)
        is_less = least is not None and (credited or 0) < least
        if credited is None or is_less or self._wrong(fill):
            return None
        numbers = {
            figure.name: value
            for figure in self.figures
            if figure.name and isinstance(value := shown[figure.place], float)
        }
        given: dict[str, list[float | str] | float | str] = {}
        for (name, unit), typed in fill.items():
            if unit:
                column = given.setdefault(name, [])
                assert isinstance(column, list)
                column.append(typed)
            else:
                given[name] = typed
        return CalculatedFill(given, numbers, credited, "")

    # -- one fill --------------------------------------------------------------------

    def _wrong(self, fill: Fill) -> list[tuple[_Figure, str, str]]:
        """Return the figures that differ, as ours and as the workbook has them."""
        result = calculate(self.m, self._stage_inputs(fill))
        shown = self._shown(fill)
        wrong = []
        for figure in self.figures:
            ours, official = _ours(figure, result), shown[figure.place]
            number = official if isinstance(official, float) else None
            is_loss = (result.unrounded or 0) < 0  # INT rounds it away from zero
            if not figure.name and (result.is_knife_edge or is_loss):
                continue
            if not _agree(ours, number):
                wrong.append((figure, _plain(ours), shown_value(official) or "nothing"))
        return wrong

    def _used(self, fill: Fill) -> dict[str, tuple[int, ...]]:
        used: dict[str, set[int]] = {index: set() for index in self.m.sets}
        for name, unit in fill:
            index = self.m.parameters[name].index
            if index and unit:
                used[index].add(unit)
        return {index: tuple(sorted(units)) for index, units in used.items()}

    def _stage_inputs(self, fill: Fill) -> StageInputs:
        used = self._used(fill)
        values: dict[str, float | str | tuple[float | str | None, ...] | None] = {}
        for p in self.m.inputs:
            if p.index:
                last = max(used[p.index], default=0)
                values[p.name] = tuple(
                    fill.get((p.name, u)) for u in range(1, last + 1)
                )
            else:
                values[p.name] = fill.get((p.name, 0))
        return StageInputs(values, used)

    def _shrunk(self, fill: Fill) -> Fill:
        """Leave out units and make numbers simple, as long as a figure differs."""
        found = dict(fill)
        if not self.is_whole:
            for index in self.m.sets:
                one = {
                    key: value for key, value in found.items()
                    if self.m.parameters[key[0]].index != index or key[1] == 1
                }  # fmt: skip
                found = one if self._wrong(one) else found
        for key, value in list(found.items()):
            if isinstance(value, str) or key[0] in self.given:
                continue
            for simple in (0.0, 1.0, 2.0, 10.0):
                tried = {**found, key: simple}
                if self._wrong(tried):
                    found = tried
                    break
        return found

    # -- many fills ------------------------------------------------------------------

    def fills(self, count: int) -> Iterator[Fill]:
        """Yield fills: each special value once, then random ones up to the count."""
        domains = self._domains()
        chance = random.Random(self.m.key)
        made = 0
        for name, known in domains.items():
            for special in _specials(known):
                fill = self._drawn(domains, chance, made)
                fill[name, 1 if known.is_indexed else 0] = special
                yield fill
                made += 1
        while made < count:
            yield self._drawn(domains, chance, made)
            made += 1

    def _drawn(
        self, domains: Mapping[str, Domain], chance: random.Random, number: int
    ) -> Fill:
        fill: Fill = {}
        count = {
            index: most if self.is_whole else 1 + (number + n) % most
            for n, (index, most) in enumerate(self.units.items())
        }
        for name, known in domains.items():
            index = self.m.parameters[name].index
            units = range(1, count.get(index, 1) + 1) if index else (0,)
            for unit in units:
                fill[name, unit] = _one(known, chance)
        return fill

    def _domains(self) -> dict[str, Domain]:
        special = self._special()
        domains = {
            p.name: domain(self.m, p.name, is_indexed=bool(p.index),
                           special=special.get(p.name, ()))
            for p in self.m.inputs
        }  # fmt: skip
        for name, number in self.given.items():
            if isinstance(number, float):
                domains[name] = Domain((), number, number)
        return domains

    def _special(self) -> dict[str, list[float]]:
        """Return the limits at which a formula may change, by the input it compares."""
        found: dict[str, list[float]] = {}
        for f in self.m.formulas.values():
            for table, key in lookups(f.tree):
                rows = self.m.tables[table].rows
                both = [
                    n for row in rows for n in (row.start, row.end) if n is not None
                ]
                for name in _names(key):
                    found.setdefault(name, []).extend(map(float, both))
            _compared(f.tree, found)
        for read in self.lifter.tables.values():
            limits = [n for r in read.rows for n in (r.start, r.end) if n is not None]
            for known in found.values():
                if set(limits) & set(known):
                    known.extend(limits)
        return {name: sorted(set(numbers)) for name, numbers in found.items()}


def _names(tree: Expr) -> Iterator[str]:
    match tree:
        case Name(name):
            yield name
    for child in children(tree):
        yield from _names(child)


def _compared(tree: Expr, found: dict[str, list[float]]) -> None:
    match tree:
        case Comparison(_, Name(name), Number(text)) | Comparison(
            _, Number(text), Name(name)
        ):
            found.setdefault(name, []).append(float(text))
    for child in children(tree):
        _compared(child, found)


def _specials(known: Domain) -> Iterator[float | str]:
    yield from known.texts
    for limit in known.special:
        step = max(abs(limit), 1.0) * 1e-6
        yield from (limit, limit - step, limit + step)
    if not known.texts:
        yield from (known.low, known.high)


def _one(known: Domain, chance: random.Random) -> float | str:
    if known.texts:
        return chance.choice(known.texts)
    low, high = known.low, known.high
    if known.special:
        low = max(low, min(known.special))
        high = max(min(high, max(known.special)), low)
    value = chance.uniform(low, high)
    return float(f"{value:.5g}") if low <= float(f"{value:.5g}") <= high else value


def _ours(figure: _Figure, result: Result) -> float | None:
    if not figure.name:
        credited = result.sheet_credited
        return None if credited is None else float(credited)
    quantity = result.get(figure.name)
    value = quantity.value if quantity else None
    return value if isinstance(value, float) else None


def _agree(ours: float | None, official: float | None) -> bool:
    if ours is None or official is None:
        return ours is official
    return same_number(ours, official)


def _plain(value: float | str | None) -> str:
    if value is None:
        return "no number"
    return value if isinstance(value, str) else f"{value:.10g}"
