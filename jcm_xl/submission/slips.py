"""Values of the report that look wrong by a power of thousand: kWh typed as MWh."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jcm_xl.model.key import PERIOD, Key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import DateNumber, Stage, Submission, Value
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.stage import covered_days, effective, period_days
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.day_readings import dates_meant
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.readings import amount, smaller_unit

_NEAR_POWERS = 2.5
"""Report against plan per day from which a slip of a unit is likelier than a change."""
_FURTHEST = 9
"""So many powers of ten lie between units of one kind, as from Wh to GWh."""
_TEMPERATURES = ("degC", "K")
"""No thermometer has a unit a thousand times as large, and 0 degC is not nothing."""
_SIBLINGS, _ALIKE = 3, 10
"""So many other units must be there, and of one size within this factor."""


class Slip(NamedTuple):
    """A value, what the plan lets expect, and what was probably meant.

    powers: the powers of ten between the two. meant: `None` where no unit is so much
    larger or smaller.
    """

    key: Key
    name: str
    value: float
    estimate: float
    powers: float
    meant: float | None = None
    unit: str = ""
    meant_unit: str = ""

    @property
    def expected(self) -> str:
        """Return the number that was probably meant, nothing where nobody can tell."""
        return "" if self.meant is None else f"{self.meant:.15g}"


def report_slips(book: OpenedBook) -> Mapping[Key, Slip]:
    """Return the values of the report of a book that look wrong, by slot."""
    return book.once(_of_report)


def _of_report(book: OpenedBook) -> Mapping[Key, Slip]:
    if book.stage == "plan":
        return {}
    days = probable_days(book.submission)
    slips = find_slips(book.plan, book.submission, days)
    return {slip.key: slip for slip in slips if book.applies(book.plan[slip.key])}


def probable_days(submission: Submission) -> float | None:
    """Return the days of the period, or of the one that was probably meant."""
    days = period_days(submission)
    if days is not None:
        return float(days) if days > 0 else None
    start, end = (_probable_day(submission.get(key)) for key in PERIOD)
    if start is None or end is None or start > end:
        return None
    return float((end - start).days + 1)


def _probable_day(value: Value) -> date | None:
    if isinstance(value, date):
        return value
    if isinstance(value, DateNumber):
        return value.day
    meant = dates_meant(value) if isinstance(value, str) else ()
    return (*meant, None)[0]


def find_slips(
    plan: Plan, submission: Submission, days: float | None
) -> Iterator[Slip]:
    """Compare every monitored number with its estimate, unit by unit."""
    whole = covered_days(submission, days or 0.0)

    def estimate(key: Key, _: Parameter) -> Value:
        return effective(plan, submission, key.in_plan())

    return slips_against(plan, submission, (days or whole) / whole, estimate)


def slips_against(
    plan: Plan,
    submission: Submission,
    share: float,
    expected: Callable[[Key, Parameter], Value],
) -> Iterator[Slip]:
    """Compare every monitored number with what is `expected` for its slot.

    `share`: by how much more days this period has than what it is compared with.
    """
    for p in plan.methodology.inputs:
        if not p.is_monitored or not _may_slip(p):
            continue
        for key in plan.values(p, Stage.REPORT):
            value = effective(plan, submission, key)
            estimate = expected(key, p) if type(value) is float else None
            if type(value) is not float or type(estimate) is not float:
                continue
            if value <= 0 or estimate <= 0 or share <= 0:
                continue
            estimate *= share if p.is_additive else 1.0
            if not _is_near(value, estimate):
                yield _slip(p, key, value, estimate)


def sibling_slips(plan: Plan, submission: Submission, stage: str) -> Iterator[Slip]:
    """Compare every number of a unit with the middle one of the other units.

    The others must be three or more and lie within a factor of ten: else nobody can
    tell what is usual.
    """
    for p in plan.methodology.inputs:
        if p.index is None or not _may_slip(p):
            continue
        if stage == Stage.REPORT and not p.is_monitored:
            continue
        values = {
            key: value
            for key in plan.values(p, stage)
            if type(value := effective(plan, submission, key)) is float and value > 0
        }
        if len(values) <= _SIBLINGS:
            continue
        ordered = sorted(values.values())
        if _is_near(ordered[-1], ordered[0]):
            continue  # as nearly always: all of one size
        for key, value in values.items():
            others = sorted(values.values())
            others.remove(value)
            middle = others[len(others) // 2]
            is_alike = others[-1] <= _ALIKE * others[0]
            if is_alike and not _is_near(value, middle):
                yield _slip(p, key, value, middle)


def _is_near(value: float, estimate: float) -> bool:
    """Tell whether two numbers above zero are of one size."""
    return abs(_powers(value, estimate)) < _NEAR_POWERS


def _powers(value: float, estimate: float) -> float:
    """Return the powers of ten between two numbers, however far apart they are."""
    if not value or not estimate:
        return 0.0  # what is too small for the machine
    largest = sys.float_info.max
    return math.log10(min(value, largest)) - math.log10(min(estimate, largest))


def _may_slip(p: Parameter) -> bool:
    return not p.is_choice and str(p.unit) not in _TEMPERATURES


def _slip(p: Parameter, key: Key, value: float, estimate: float) -> Slip:
    powers = _powers(value, estimate)
    power = 3 * round(powers / 3)
    unit = str(p.unit)
    if abs(power) > _FURTHEST:
        return Slip(key, p.name, value, estimate, powers, unit=unit)
    return Slip(
        key=key,
        name=p.name,
        value=value,
        estimate=estimate,
        powers=powers,
        meant=float(Decimal(repr(value)).scaleb(-power)),
        unit=unit,
        meant_unit=smaller_unit(unit, power) or amount(10.0**-power, unit),
    )


def slip_facts(slip: Slip) -> dict[str, object]:
    """Return what a message says of a slip: the sizes, a question and an advice."""
    facts: dict[str, object] = {
        "amount": amount(slip.value, slip.unit),
        "ratio": _times(slip.powers),
        "estimate": amount(float(f"{slip.estimate:.6g}"), slip.unit),
    }
    if slip.meant is None:
        return facts | {"question": _NO_UNIT, "advice": _COMPARE}
    meant, unit = amount(slip.meant, slip.unit), slip.meant_unit
    key, asked = "slips.asked", "Was it read in {unit}? Then it is {meant}."
    if _is_a_thousandth(slip):
        key, asked = (
            "slips.asked-mark",
            "Was it read in {unit}, or was a point between thousands taken for a "
            "decimal one? Then it is {meant}.",
        )
    typed = "type {expected} if the record is in {unit}."
    return facts | {
        "question": Phrase(key, asked, unit=unit, meant=meant),
        "advice": Phrase("slips.typed", typed, expected=slip.expected, unit=unit),
    }


def _is_a_thousandth(slip: Slip) -> bool:
    """Tell whether 1.040 may have been typed for 1,040: three decimals at most."""
    thousands = Decimal(repr(slip.value)).scaleb(3)
    return round(slip.powers / 3) == -1 and thousands == thousands.to_integral_value()


_NO_UNIT = Phrase(
    "slips.no-unit", "No unit is so far away: look at the decimal mark and the zeros."
)
_COMPARE = Phrase("slips.compare", "type the number that the record says.")


def _times(powers: float) -> str:
    """Return how many times as large: `1,000`, `1/1,000`, `10^12`, `1/10^12`."""
    size = abs(powers)
    text = f"{10**size:,.0f}" if size <= _FURTHEST else f"10^{size:.0f}"
    return text if powers >= 0 else f"1/{text}"
