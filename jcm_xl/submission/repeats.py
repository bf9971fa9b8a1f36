"""Monitored figures of whole units: what two of them have in common by no chance.

A value counts that was measured or invoiced (option B or C) and has four significant
digits or more. A unit repeats another one where all its monitored numbers are the same
and at least one of them counts; what is chosen from a list may differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jcm_xl.model.key import Key, option_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage, Submission, Value
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.stage import effective

DIGITS = 4
_MEASURED = ("B", "C")


class UnitFigures(NamedTuple):
    """The monitored values of a unit, or of what has no units.

    key:    the first value that counts. group: the set of units, if any.
    values: name -> value, of all numbers that are monitored, in order.
    """

    key: Key
    group: str
    values: tuple[tuple[str, Value], ...]

    def repeats(self, other: UnitFigures) -> bool:
        """Tell whether two units have the very same figures."""
        return (self.group, self.values) == (other.group, other.values)


def report_figures(plan: Plan, submission: Submission) -> Iterator[UnitFigures]:
    """Yield the units of a report whose figures cannot be like others by chance."""
    groups: dict[str, list[Parameter]] = {}
    for p in plan.methodology.inputs:
        if p.is_monitored and not p.is_choice:
            groups.setdefault(p.index or "", []).append(p)
    for index, monitored in groups.items():
        for unit in plan.units(monitored[0]):
            keys = [(p, Key(Stage.REPORT, "value", p.name, unit)) for p in monitored]
            values = [(p, key, effective(plan, submission, key)) for p, key in keys]
            counted = [k for p, k, v in values if _counts(p, submission, k, v)]
            if counted:
                told = tuple((p.name, value) for p, _, value in values)
                yield UnitFigures(counted[0], index, told)


def prints(plan: Plan, submission: Submission) -> tuple[str, ...]:
    """Return a hash of each unit's figures, to find them in other books."""
    code = plan.methodology.id
    return tuple(
        hashlib.sha256(repr((code, f.group, f.values)).encode()).hexdigest()[:16]
        for f in report_figures(plan, submission)
    )


def _counts(p: Parameter, submission: Submission, key: Key, value: Value) -> bool:
    if type(value) is not float or value - value != 0:
        return False
    if len(Decimal(repr(value)).normalize().as_tuple().digits) < DIGITS:
        return False
    return _option(p, submission, key) in _MEASURED


def _option(p: Parameter, submission: Submission, key: Key) -> str:
    """Return the letter of the monitoring option: chosen, or the only one."""
    if len(p.options) == 1:
        return p.options[0]
    typed = submission.get(option_key(Stage.REPORT, p.name, key.unit))
    return shown(typed).strip()[-1:].upper()
