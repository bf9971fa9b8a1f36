"""From one figure of Table 3 to another: what each change of the inputs did.

The lines sum exactly to the difference of the two whole figures. First the estimate is
brought to the length of the later period. What is left is divided among the inputs
that differ, free of their order: the mean over all orders for up to eight of them
(Shapley, A Value for n-Person Games, 1953), else the mean of one order and its
reverse, which is the same wherever no more than two changes act on each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import factorial
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.changed import InputValue, exact_reduction, reduction, value_at
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs

_ALL_ORDERS = 8
LENGTH, ROUNDING, TOGETHER = "length", "rounding", "together"

_Place: TypeAlias = tuple[str, int | None]
_Column: TypeAlias = InputValue | tuple[InputValue, ...]
_Worth: TypeAlias = Callable[[frozenset[int]], Fraction]


class _NoFigureBetweenError(Exception):
    """A mixture of both inputs has no figure, as with a choice and no factor for it."""


@dataclass(frozen=True, slots=True)
class BridgeEnd:
    """One end of a bridge; days: what its figure covers."""

    inputs: StageInputs
    result: Result
    days: float


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """What one change did, in tCO2.

    what:  name of an input, of a set whose unit came or went, or one of the words
           `LENGTH`, `ROUNDING`, `TOGETHER` (several at once).
    row:   the unit row, `None` for one value.
    """

    what: str
    row: int | None
    amount: Fraction
    before: InputValue = None
    after: InputValue = None
    is_unit: bool = False


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one whole figure to another; the steps sum exactly to the difference.

    is_exact: whether every order of the changes was counted.
    """

    first: int
    last: int
    steps: tuple[BridgeStep, ...]
    is_exact: bool

    @property
    def open(self) -> Fraction:
        """Return what the steps leave unexplained; 0 by construction."""
        return self.last - self.first - sum((s.amount for s in self.steps), Fraction())


@dataclass(frozen=True, slots=True)
class _Change:
    """Places of inputs that change at once; a unit that comes or goes has its set."""

    what: str
    row: int | None
    places: tuple[_Place, ...]
    index: str | None = None
    is_unit: bool = False


def bridge(m: Methodology, first: BridgeEnd, last: BridgeEnd) -> Bridge | None:
    """Return the bridge between two figures of one methodology.

    `None` where one of them has no figure.
    """
    before, after = exact_reduction(first.result), exact_reduction(last.result)
    if before is None or after is None:
        return None
    assert first.result.sheet_credited is not None
    assert last.result.sheet_credited is not None
    begin = _as_long(m, first.inputs, last.days / first.days)
    length = reduction(m, begin)
    if length is None:
        begin, length = first.inputs, before
    steps = [BridgeStep(LENGTH, None, length - before, first.days, last.days)]
    own, is_exact = _divided(m, begin, last.inputs, after - length)
    steps += own
    rounded = (last.result.sheet_credited - after) - (
        first.result.sheet_credited - before
    )
    steps.append(BridgeStep(ROUNDING, None, rounded))
    return Bridge(
        first.result.sheet_credited,
        last.result.sheet_credited,
        tuple(s for s in steps if s.amount),
        is_exact,
    )


def _as_long(m: Methodology, inputs: StageInputs, ratio: float) -> StageInputs:
    """Return the inputs with each amount of a period in proportion to its length."""
    values = dict(inputs.values)
    for p in m.inputs:
        if p.is_monitored and p.is_additive:
            values[p.name] = _scaled(values[p.name], ratio)
    return replace(inputs, values=values)


def _scaled(
    value: InputValue | tuple[InputValue, ...], ratio: float
) -> InputValue | tuple[InputValue, ...]:
    if isinstance(value, tuple):
        return tuple(x * ratio if isinstance(x, float) else x for x in value)
    return value * ratio if isinstance(value, float) else value


def _divided(
    m: Methodology, begin: StageInputs, end: StageInputs, whole: Fraction
) -> tuple[list[BridgeStep], bool]:
    """Divide the difference among the changes, in ever larger groups if need be."""
    begin, end = _same_rows(begin, end)
    changes = tuple(_changes(m, begin, end))
    for grouped in (changes, _by_unit(changes)):
        worth = _worth(m, begin, end, grouped)
        is_exact = len(grouped) <= _ALL_ORDERS
        try:
            shares = (_mean_of_all if is_exact else _mean_of_two)(len(grouped), worth)
        except _NoFigureBetweenError:
            continue
        steps = [
            _step(change, share, begin, end)
            for change, share in zip(grouped, shares, strict=True)
        ]
        return steps, is_exact
    return [BridgeStep(TOGETHER, None, whole)], True


def _same_rows(begin: StageInputs, end: StageInputs) -> tuple[StageInputs, StageInputs]:
    """Return both with columns of the same length."""
    rows = {
        name: max(len(column), len(other))
        for name, column in begin.values.items()
        if isinstance(column, tuple) and isinstance(other := end.values[name], tuple)
    }

    def longer(inputs: StageInputs) -> StageInputs:
        values = dict(inputs.values)
        for name, count in rows.items():
            column = values[name]
            assert isinstance(column, tuple)
            values[name] = (*column, *(None,) * (count - len(column)))
        return replace(inputs, values=values)

    return longer(begin), longer(end)


def _changes(m: Methodology, begin: StageInputs, end: StageInputs) -> Iterator[_Change]:
    """Yield the units that come or go, then each input that differs elsewhere."""
    unlike = {
        (name, row)
        for name in m.sets
        for row in {*begin.used.get(name, ())} ^ {*end.used.get(name, ())}
    }
    for name, unit in sorted(unlike):
        of_unit = tuple((p.name, unit) for p in m.inputs if p.index == name)
        yield _Change(name, unit, of_unit, name, True)
    for p in m.inputs:
        rows: Iterable[int | None] = (None,)
        if p.index is not None:
            used = {*begin.used.get(p.index, ())} | {*end.used.get(p.index, ())}
            rows = sorted(row for row in used if (p.index, row) not in unlike)
        for row in rows:
            place = p.name, row
            if value_at(begin, *place) != value_at(end, *place):
                yield _Change(p.name, row, (place,), p.index)


def _by_unit(changes: Sequence[_Change]) -> tuple[_Change, ...]:
    """Return the changes of one unit row as one."""
    grouped: dict[object, list[_Change]] = {}
    for change in changes:
        of = (change.index, change.row) if change.index else change.what
        grouped.setdefault(of, []).append(change)
    return tuple(of[0] if len(of) == 1 else _as_one(of) for of in grouped.values())


def _as_one(changes: Sequence[_Change]) -> _Change:
    places = tuple(place for change in changes for place in change.places)
    return _Change(TOGETHER, changes[0].row, places, changes[0].index)


def _worth(
    m: Methodology, begin: StageInputs, end: StageInputs, changes: Sequence[_Change]
) -> _Worth:
    """Return what gives the reductions once some of the changes are made."""
    known: dict[frozenset[int], Fraction] = {}

    def worth(made: frozenset[int]) -> Fraction:
        if made not in known:
            found = reduction(m, _mixed(begin, end, [changes[i] for i in sorted(made)]))
            if found is None:
                raise _NoFigureBetweenError
            known[made] = found
        return known[made]

    return worth


def _mixed(
    begin: StageInputs, end: StageInputs, made: Sequence[_Change]
) -> StageInputs:
    columns = {n: [*v] for n, v in begin.values.items() if isinstance(v, tuple)}
    values = dict(begin.values)
    used = {name: {*rows} for name, rows in begin.used.items()}
    for change in made:
        for name, row in change.places:
            if row is None:
                values[name] = end.values[name]
            else:
                columns[name][row - 1] = value_at(end, name, row)
        if change.is_unit and change.row is not None:
            is_there = change.row in end.used.get(change.what, ())
            rows = used[change.what]
            (rows.add if is_there else rows.discard)(change.row)
    values |= {name: tuple(column) for name, column in columns.items()}
    return StageInputs(values, {n: tuple(sorted(rows)) for n, rows in used.items()})


def _mean_of_all(count: int, worth: _Worth) -> list[Fraction]:
    """Return each change's share: the mean over all orders."""
    shares = [Fraction()] * count
    for bits in range(2**count):
        made = frozenset(i for i in range(count) if bits >> i & 1)
        size = len(made)
        for i in made:
            weight = Fraction(
                factorial(size - 1) * factorial(count - size), factorial(count)
            )
            shares[i] += weight * (worth(made) - worth(made - {i}))
    return shares


def _mean_of_two(count: int, worth: _Worth) -> list[Fraction]:
    """Return each change's share: the mean of one order and its reverse."""
    shares = [Fraction()] * count
    for order in (range(count), range(count - 1, -1, -1)):
        made: frozenset[int] = frozenset()
        for i in order:
            shares[i] += (worth(made | {i}) - worth(made)) / 2
            made |= {i}
    return shares


def _step(
    change: _Change, amount: Fraction, begin: StageInputs, end: StageInputs
) -> BridgeStep:
    if change.is_unit:
        there = ("in use", "not in use")
        is_new = change.row not in begin.used.get(change.what, ())
        before, after = there[is_new], there[not is_new]
        return BridgeStep(change.what, change.row, amount, before, after, True)
    if len(change.places) > 1:
        return BridgeStep(change.what, change.row, amount)
    place = change.places[0]
    before_, after_ = value_at(begin, *place), value_at(end, *place)
    return BridgeStep(change.what, change.row, amount, before_, after_)
