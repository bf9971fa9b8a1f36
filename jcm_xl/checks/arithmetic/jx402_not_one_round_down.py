"""Table 3 is not one ROUNDDOWN of the unrounded reduction.

Why it matters
    The reduction is rounded down once, at the very end. Rounding to the nearest
    tonne, or rounding reference and project emissions first, can claim a tonne too
    much: published figures (136 - 110, claimed 25) show the rule.

How to fix it
    Restore the formula of the template in Table 3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.model.key import OFFICIAL
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.topics import Topic

_ROUNDING = re.compile(r"\b(ROUND|ROUNDUP|ROUNDDOWN|INT|TRUNC|FLOOR|CEILING)\(", re.I)


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.RECALCULATION,
    basis="Project Design Document of ID003: RE 136, PE 110, claimed 25; rounded down "
    "once at the end",
    message="Table 3 in {cell} on {sheet} holds '{actual}' in place of one ROUNDDOWN "
    "of the unrounded reduction (recognised as: {looks}). Right is {expected}.",
    remedy="Restore the formula of the template in {cell}.",
)
def not_one_round_down(context: OpenedBook) -> Iterator[Finding]:
    """Look at the figure of Table 3 wherever its formula was changed."""
    for slot, kind, actual, _, _ in context.changes(Topic.RESULT):
        stage = _stage(slot)
        credited = context.results[stage].sheet_credited
        yield Finding(
            slot,
            actual=actual,
            expected="ROUNDDOWN(ER, 0)" if credited is None else str(credited),
            facts={"looks": _looks(context, stage, kind, actual)},
        )


def _stage(slot: Slot) -> Stage:
    """Return the stage of Table 3, also of a cell of the official workbook."""
    key = slot.key
    return Stage(key.notion[:3] if key.stage == OFFICIAL else key.stage)


def _looks(context: OpenedBook, stage: Stage, kind: str, actual: str) -> str:
    """Return what the figure was probably made by, as a formula prints it."""
    if kind == "formula":
        return _by_formula(actual)
    return _by_value(context, stage, actual) if kind == "value" else "-"


def _by_formula(formula: str) -> str:
    found = [name.upper() for name in _ROUNDING.findall(formula)]
    if not found:
        return "ER"
    if len(found) > 1:
        return f"{found[0]}(RE, 0) - {found[1]}(PE, 0)"
    return "-" if found == ["ROUNDDOWN"] else f"{found[0]}(ER, 0)"


def _by_value(context: OpenedBook, stage: Stage, actual: str) -> str:
    """Compare a typed figure with the usual ways of rounding."""
    names = context.methodology.results
    result = context.results[stage]
    quantities = [result.get(n) for n in (names.reference, names.project)]
    parts = [q.value for q in quantities if q and isinstance(q.value, float)]
    unrounded = result.unrounded
    if unrounded is None or len(parts) != 2:
        return "-"
    reference, project = parts
    ways = {
        "ROUNDDOWN(ER, 0)": math.trunc(unrounded),
        "ROUND(ER, 0)": _nearest(unrounded),
        "ROUND(RE, 0) - ROUND(PE, 0)": _nearest(reference) - _nearest(project),
        "ROUNDDOWN(RE, 0) - ROUNDDOWN(PE, 0)": math.trunc(reference)
        - math.trunc(project),
        "ROUNDUP(ER, 0)": math.ceil(unrounded),
    }
    return next((way for way, figure in ways.items() if actual == str(figure)), "-")


def _nearest(number: float) -> int:
    return math.floor(abs(number) + 0.5) * (1 if number >= 0 else -1)
