"""Inputs that the ranges allow cannot be calculated.

Why it matters
    A divisor that may be nought gives #DIV/0!, a number beside all classes of a table
    #N/A. The participant types what the sheet allows and sees an error he cannot mend.

How to fix it
    Raise the range (`above = 0`), end it where the table ends, or catch the case in the
    formula with `when`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from jcm_xl.definition.examples import example_inputs
from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.engine.calculate import evaluate
from jcm_xl.engine.program import program
from jcm_xl.expr.evaluate import NotCalculable
from jcm_xl.expr.functions import OF_TABLES
from jcm_xl.expr.nodes import Call, Name
from jcm_xl.model.methodology import Methodology, Parameter, Table

_TOGETHER = 2
"""Inputs that are moved to an end of their range at a time."""
_MOST = 400
"""Calculations that one definition may cost."""


@lint(
    severity=Severity.WARNING,
    message="With {inputs}, as the ranges allow, {name} gives {error}: {reason}",
)
def not_calculable_within_ranges(draft: Draft) -> Iterator[Fault]:
    """Move one input and two to the ends of their ranges, in every example."""
    m, told = draft.methodology, set()
    budget = _MOST
    for _, example, result in draft.results:
        if result.missing:
            continue
        ends = [
            (p, end)
            for p in m.inputs
            if p.name in example.given
            for end in _ends(draft, p)
        ]
        for count in range(1, _TOGETHER + 1):
            for moved in combinations(ends, count):
                budget -= 1
                if budget < 0:
                    return
                found = _first_error(m, example.given, moved)
                if found is None or found[0] in told:
                    continue
                name, fault = found
                told.add(name)
                words = " and ".join(f"{p.name} = {end:.6g}" for p, end in moved)
                facts = {"inputs": words, "name": name, "error": fault.error}
                path = draft.formula_path(name)
                yield Fault(path, {**facts, "reason": fault.reason})


def _ends(draft: Draft, p: Parameter) -> Iterator[float]:
    """Yield the ends of a range, a step within the open ones, and beyond a table."""
    if p.is_choice:
        return
    at_least, at_most = p.bounds.at_least, p.bounds.at_most
    if at_least is not None:
        yield float(at_least)
    elif p.bounds.above is not None:
        yield float(p.bounds.above + Decimal("0.001"))
    if at_most is not None:
        yield float(at_most)
    for table in _looked_up_by(draft, p.name):
        last = table.rows[-1]
        beyond = (last.start if last.end is None else last.end) or Decimal(0)
        beyond += 1
        if p.bounds.admit(beyond):
            yield float(beyond)


def _looked_up_by(draft: Draft, name: str) -> Iterator[Table]:
    """Yield the tables of classes in which an input itself is looked up."""
    found = set()
    for visit in draft.visits:
        match visit.node:
            case Call(function, (Name(table), Name(key))) if (
                function in OF_TABLES and key == name
            ):
                found.add(table)
    tables = draft.methodology.tables
    yield from (tables[table] for table in found if tables[table].match != "exact")


def _first_error(
    m: Methodology,
    given: Mapping[str, object],
    moved: tuple[tuple[Parameter, float], ...],
) -> tuple[str, NotCalculable] | None:
    """Return the first quantity that is an error of its own, and why it is one."""
    changed = {**given, **{p.name: _like(given[p.name], end) for p, end in moved}}
    scope = evaluate(m, example_inputs(m, changed), program(m))
    failed: dict[str, NotCalculable] = {}
    for (name, _), fault in scope.faults.items():
        failed.setdefault(name, fault)
    return next(((name, failed[name]) for name in m.order if name in failed), None)


def _like(value: object, end: float) -> object:
    """Return an end in the shape of a value; a unit that has none stays without."""
    number = Decimal(repr(end))
    if isinstance(value, list):
        return [each if each == "" else number for each in value]
    return value if value == "" else number
