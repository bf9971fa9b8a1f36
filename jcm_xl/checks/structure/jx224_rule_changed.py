"""An input cell takes other entries than the template allows.

Why it matters
    The drop-down lists and limits keep a slip of the hand out. A list with another
    item, or a wider limit, lets something in that the methodology does not know.
    What was typed is checked anyway.

How to fix it
    Restore the list or limit (Data > Data Validation in Excel), or carry the inputs
    over into a fresh book. A rule that was lost by pasting needs no mending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.formula.compare import canonical
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.official_side import changed_lists
from jcm_xl.writing.validations import stored_rules
from jcm_xl.xlsx.grid import Sheet, Validation, parse_range

_MANY = 1_000
"""Of more ranges than these only the first are looked at."""

_Run = tuple[Validation, Slot, Slot]
_SIGNS = {
    "greaterThan": ">", "greaterThanOrEqual": ">=", "lessThan": "<",
    "lessThanOrEqual": "<=", "equal": "=", "notEqual": "<>",
}  # fmt: skip


@Check(
    guards_official=True,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: choices and limits of the input cells",
    message="{cell} on {sheet} takes {actual}; the template allows {expected} there.",
    remedy="Restore the rule (Data, Data Validation), or carry the inputs over into a "
    "fresh book.",
)
def rule_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare lists and limits where there are some; a changed limit is a note.

    Of a book made by hand the lists are compared with those of the official workbook.
    """
    if context.foreign is not None:
        yield from _official(context)
        return
    for name, (made, runs) in _rules(context.plan).items():
        sheet = context.sheets.get(name)
        if sheet is None or sheet.validations == made:
            continue
        if name in context.alterations.moved:
            continue  # its rules count other lines
        stored = set(sheet.validations)
        changed = [run for run in runs if run[0] not in stored]
        for rule, first, last in changed:
            there = _covering(sheet, first, last)
            if there is None or _same(there, rule, context):
                continue
            is_list = rule.type == "list" or there.type == "list"
            yield Finding(
                first,
                parameter=context.subject(first),
                actual=_words(there),
                expected=_words(rule),
                severity=Severity.WARNING if is_list else Severity.NOTE,
            )


def _official(context: OpenedBook) -> Iterator[Finding]:
    """Yield the lists that are not the official ones; one that is gone is a note."""
    for found in changed_lists(context):
        yield Finding(
            sheet=found.sheet,
            cell=found.cell,
            actual=_listed(found.here),
            expected=_listed(found.official),
            severity=Severity.WARNING if found.here else Severity.NOTE,
        )


def _listed(choices: Sequence[str]) -> str:
    return "; ".join(choices) or "anything"


@lru_cache(maxsize=64)
def _rules(plan: Plan) -> dict[str, tuple[tuple[Validation, ...], list[_Run]]]:
    """Return by sheet what a book made from this plan stores, and each run of cells."""
    return {
        name: (tuple(rule for rule, _, _ in runs), runs)
        for name, runs in stored_rules(plan).items()
    }


def _covering(sheet: Sheet, first: Slot, last: Slot) -> Validation | None:
    """Return the rule that the first cell of a run has, or else its last one."""
    for slot in (first, last):
        for validation in sheet.validations[:_MANY]:
            if any(_holds(part, slot) for part in validation.sqref.split()[:_MANY]):
                return validation
    return None


def _holds(reference: str, slot: Slot) -> bool:
    try:
        top, left, bottom, right = parse_range(reference)
    except ValueError:
        return False
    return top <= slot.row <= bottom and left <= slot.column <= right


def _same(there: Validation, rule: Validation, context: OpenedBook) -> bool:
    if context.alterations and "!" in rule.formula1:
        return True  # the list moved with its sheet, which is told already
    return _meaning(there) == _meaning(rule)


def _meaning(rule: Validation) -> tuple[str, ...]:
    """Return what counts; LibreOffice stores a second limit where there is none."""
    if rule.type == "list":
        # LibreOffice drops the blanks beside a comma when it saves.
        return "list", re.sub(r"\s*,\s*", ",", _spelled(rule.formula1))
    limits = [_spelled(rule.formula1)]
    if "etween" in rule.operator:
        limits.append(_spelled(rule.formula2))
    return rule.type, rule.operator, *limits


def _spelled(formula: str) -> str:
    return canonical(formula) if formula else ""


def _words(rule: Validation) -> str:
    """Return a rule in signs: `list: Option A,Option B`, `decimal > 0`."""
    if rule.type == "list":
        return f"list: {rule.formula1.strip(chr(34))}"
    if rule.operator in ("between", "notBetween"):
        dots = "..." if rule.operator == "between" else "!..."
        return f"{rule.type} {rule.formula1}{dots}{rule.formula2}".rstrip(".! ")
    return f"{rule.type} {_SIGNS.get(rule.operator, rule.operator)} {rule.formula1}"
