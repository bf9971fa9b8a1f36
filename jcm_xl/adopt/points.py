"""Two formulas compared by value: at many points, limits and extremes among them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple, TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.arithmetic import NOT_AVAILABLE, NotCalculable
from jcm_xl.expr.evaluate import SHEET, compile_expression
from jcm_xl.expr.nodes import Call, Expr, Name, children
from jcm_xl.model.methodology import Bounds, Methodology, Parameter
from jcm_xl.model.tolerance import same_number

POINTS = 200
UNITS = 3
FormulaPoint: TypeAlias = Mapping[str, Sequence[float | str]]
"""Name -> its value in each unit row; one value where it has no units."""


class Side(NamedTuple):
    """How one of the two formulas is read.

    trees: the formulas of names that are not given, with whether they run over units.
    fixed: name -> number. tables: name -> table, by which keys are looked up.
    """

    tree: Expr
    trees: Mapping[str, tuple[Expr, bool]]
    fixed: Mapping[str, float]
    tables: Mapping[str, Callable[[Any], float | None]]


class Counterexample(NamedTuple):
    """Values at which two formulas give different numbers; `None` for no number."""

    given: Mapping[str, Sequence[float | str]]
    ours: float | None
    official: float | None

    def __str__(self) -> str:
        given = ", ".join(
            f"{name} = {', '.join(map(_plain, values))}"
            for name, values in self.given.items()
        )
        return f"{given}: ours {_plain(self.ours)}, official {_plain(self.official)}"


@dataclass
class _Scope:
    """What a formula sees at one point; `unit` is the row at hand, from 0."""

    side: Side
    values: FormulaPoint
    unit: int = 0
    compiled: dict[int, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """Return a given value, a fixed one, or that of a formula."""
        if name in self.values:
            values = self.values[name]
            return values[self.unit] if len(values) > 1 else values[0]
        if name in self.side.fixed:
            return self.side.fixed[name]
        return self._calculated(name)

    def _calculated(self, name: str) -> Any:
        if name not in self.side.trees:
            raise NotCalculable(NOT_AVAILABLE, f"{name} has no value")
        return self.run(self.side.trees[name][0])

    def run(self, tree: Expr) -> Any:
        """Evaluate a tree; it is compiled once."""
        if id(tree) not in self.compiled:
            self.compiled[id(tree)] = compile_expression(tree, SHEET)
        return self.compiled[id(tree)](self)

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of all unit rows."""
        kept, found = self.unit, []
        for unit in range(UNITS):
            self.unit = unit
            found.append(self.value(name))
        self.unit = kept
        return found

    def look_up(self, table: str, key: Any) -> float:
        """Return the value of a table's row."""
        found = self.side.tables[table](key) if table in self.side.tables else None
        if found is None:
            raise NotCalculable(NOT_AVAILABLE, "no row has this key")
        return found


def compare(
    ours: Side, official: Side, values: Iterator[FormulaPoint]
) -> Counterexample | None:
    """Return the simplest point found where two formulas differ, `None` for none."""
    known: tuple[dict[int, Any], dict[int, Any]] = {}, {}

    def both(at: FormulaPoint) -> tuple[float | None, float | None]:
        return _at(ours, at, known[0]), _at(official, at, known[1])

    for at in values:
        if not _agree(*both(at)):
            given = _shrunk(at, lambda tried: not _agree(*both(tried)))
            return Counterexample(given, *both(given))
    return None


def _at(side: Side, values: FormulaPoint, compiled: dict[int, Any]) -> float | None:
    try:
        found = _Scope(side, values, 0, compiled).run(side.tree)
    except NotCalculable:
        return None
    except RecursionError:
        return None
    return float(found) if not isinstance(found, str) else None


def _agree(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    size = max(abs(first), abs(second))
    return same_number(first, second) and abs(first - second) <= 1e-7 * size


def _shrunk(at: FormulaPoint, differs: Callable[[FormulaPoint], bool]) -> FormulaPoint:
    """Make as many values as possible simple, as long as the two still differ."""
    found = dict(at)
    for name, values in at.items():
        if any(isinstance(value, str) for value in values):
            continue
        for simple in (0.0, 1.0, 2.0, 10.0):
            tried = {**found, name: [simple] * len(values)}
            if differs(tried):
                found = tried
                break
    return found


# -- the points --------------------------------------------------------------------


class Domain(NamedTuple):
    """Which values a name may take: texts, or numbers within limits.

    special: numbers at which something may change, such as limits of classes.
    """

    texts: tuple[str, ...] = ()
    low: float = 0.1
    high: float = 1000.0
    special: tuple[float, ...] = ()
    is_indexed: bool = False


def domain(
    m: Methodology, name: str, *, is_indexed: bool, special: Sequence[float] = ()
) -> Domain:
    """Return the values of a name, as its definition limits them."""
    p = m.parameters.get(name)
    if p is not None and p.is_choice:
        return Domain(texts=m.choices(p), is_indexed=is_indexed)
    low, high = _limits(p)
    return Domain((), low, high, tuple(special), is_indexed)


def _limits(p: Parameter | None) -> tuple[float, float]:
    bounds = (p.plausible or p.bounds) if p else Bounds()
    strict = p.bounds if p else Bounds()
    lows = [
        b for b in (bounds.at_least, bounds.above, strict.at_least) if b is not None
    ]
    highs = [b for b in (bounds.at_most, bounds.below, strict.at_most) if b is not None]
    low = float(max(lows)) if lows else 0.1
    high = float(min(highs)) if highs else max(1000.0, low * 1000)
    return (low, high) if low < high else (high, high + 1)


def points(
    domains: Mapping[str, Domain], count: int = POINTS
) -> Iterator[FormulaPoint]:
    """Yield values for all names: limits and extremes often, else numbers at random."""
    chance = random.Random("".join(domains))
    for number in range(count):
        yield {
            name: [
                _drawn(known, chance, number)
                for _ in range(UNITS if known.is_indexed else 1)
            ]
            for name, known in domains.items()
        }


def _drawn(known: Domain, chance: random.Random, number: int) -> float | str:
    if known.texts:
        return chance.choice(known.texts)
    kind = chance.random()
    if known.special and kind < 0.6:
        limit = chance.choice(known.special)
        return limit + chance.choice((0.0, 0.0, 1.0, -1.0)) * max(abs(limit), 1) * 1e-6
    if kind > 0.97 and number > 20:
        return chance.choice((known.low, known.high))
    low, high = known.low, known.high
    if low > 0 and high / low > 100:
        return math.exp(chance.uniform(math.log(low), math.log(high)))
    return chance.uniform(low, high)


def lookups(tree: Expr) -> Iterator[tuple[str, Expr]]:
    """Yield (table, key) of every look-up, in the order of the formula."""
    match tree:
        case Call("lookup", (Name(table), key)):
            yield table, key
            yield from lookups(key)
        case _:
            for child in children(tree):
                yield from lookups(child)


def _plain(value: float | str | None) -> str:
    if value is None:
        return "no number"
    return value if isinstance(value, str) else f"{value:.10g}"
