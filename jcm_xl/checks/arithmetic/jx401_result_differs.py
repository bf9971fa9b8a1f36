"""A result shown in the book is not the one its inputs give.

Why it matters
    Most people see only the stored result. One that was not recalculated, or was
    calculated by another formula, is not the result of this book.

How to fix it
    Press F9 (Ctrl+Shift+F9 in LibreOffice) and save. If the difference stays, a
    formula or default was changed; see the other findings.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date

from jcm_xl.checks.base import Check, Finding, Judges, MendedBy, OpenedBook, Severity
from jcm_xl.formula.compare import same_formula
from jcm_xl.model.key import PERIOD, REFERENCE_NUMBER, Key
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.topics import Topic
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import CellError

_CALCULATED = (Topic.FORMULA, Topic.VALUE, Topic.EMPTIED, Topic.DEFAULT, Topic.FIXED)
NOT_TAKEN = Phrase("left-out.not-taken", "values are missing or were not taken")
ODD_INPUT = Phrase("left-out.odd-input", "an input there is an error or a truth value")
CHANGED = Phrase("left-out.changed", "formulas or defaults were changed there")
_HEADERS = ("reference_copy", "period_copy")


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.RECALCULATION,
    judges=Judges.STORED,
    basis="Independent recomputation from the definition, |a-b| <= 1e-9 max(1, |a|, "
    "|b|)",
    message="{cell} on {sheet} shows {actual}; calculated from the inputs it is "
    "{expected}.",
    remedy="Recalculate (F9) and save; if the difference stays, restore the formulas "
    "and defaults of the template.",
)
def result_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare every stored result; only Table 3's where the calculation was changed."""
    for stage in context.stages:
        if _has_odd_input(context, stage):
            _leave_out(context, stage, ODD_INPUT)
            continue
        if context.foreign is not None and context.results[stage].missing:
            _leave_out(context, stage, NOT_TAKEN)
            continue
        changes = list(_changes(context, stage))
        has_lost = bool(context.alterations.missing) or context.has_deleted_lines
        if not (changes or has_lost):
            for finding in _compare(context, _formulas(context, stage)):
                yield _as_known(context, finding)
            continue
        _leave_out(context, stage, CHANGED, but_table_3=True)
        if context.results[stage].missing:
            continue
        for finding in _compare(context, [context.plan[Key(stage, "result")]]):
            # As well known as the change from which it follows.
            is_known = has_lost or not all(map(context.is_unconfirmed, changes))
            grave = dataclasses.replace(finding, is_unconfirmed=not is_known)
            yield _as_known(context, grave)


def _as_known(context: OpenedBook, finding: Finding) -> Finding:
    """Warn only, where a hand-made book differs from what no document confirms."""
    if context.foreign is None or not context.methodology.drafts:
        return finding
    return dataclasses.replace(finding, severity=Severity.WARNING, is_unconfirmed=True)


def _has_odd_input(context: OpenedBook, stage: Stage) -> bool:
    """Tell whether programs differ in what they make of an input: TRUE, #N/A."""
    return any(
        isinstance(value, bool | CellError)
        and slot.rule in ("number", "choice", "option")
        and slot.key.side in (stage, Stage.PLAN, "monthly")
        for slot, value in context.typed
    )


def _changes(context: OpenedBook, stage: Stage) -> Iterator[Slot]:
    """Yield the changed cells of a stage's calculation."""
    for d in context.changes(*_CALCULATED):
        if d.slot.key.side == stage and d.slot.role not in _HEADERS:
            yield d.slot


def _leave_out(
    context: OpenedBook, stage: Stage, reason: Phrase, *, but_table_3: bool = False
) -> None:
    sheet = context.plan.sheets[f"{stage}_calc"]
    english = "JX401: stored results up to {sheet} as {reason}"
    if but_table_3:
        english = "JX401: stored results up to {sheet}, except Table 3, as {reason}"
    key = "left-out.all-but-table-3" if but_table_3 else "left-out.stored"
    context.left_out.append(Phrase(key, english, sheet=sheet, reason=reason))


def _formulas(context: OpenedBook, stage: Stage) -> Iterator[Slot]:
    """Yield the calculated cells of the official sheets of one stage."""
    sheets = context.plan.sheets
    of_report = {name for key, name in sheets.items() if key.startswith(Stage.REPORT)}
    for name in context.official:
        if (name in of_report) == (stage is Stage.REPORT):
            yield from context.plan.formulas[name]


def _compare(context: OpenedBook, slots: Iterable[Slot]) -> Iterator[Finding]:
    values, changed, cached = context.submission.values, context.changed, context.cached
    odd = _odd_roles(context)
    for slot in slots:
        cell = context.cell(slot)
        if cell is None or cell.value is None or cell.formula is None:
            continue  # not stored: another finding tells it
        key = slot.key
        if key in values or key in changed or slot.role in odd:
            continue
        if slot.is_input and not same_formula(cell.formula, slot.formula):
            continue
        expected = cached.of(slot)
        if not is_same(cell.value, expected):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=shown(cell.value),
                expected=shown(expected),
            )


def _odd_roles(context: OpenedBook) -> set[str]:
    """Return the kinds of results that repeat a text or date of an unusual kind."""
    values = context.submission.values
    odd = set()
    if not isinstance(values.get(REFERENCE_NUMBER, ""), str):
        odd.add("reference_copy")
    days = [values.get(key, "") for key in PERIOD]
    if not all(isinstance(day, date | str) for day in days):
        odd.add("period_copy")
    return odd


def is_same(stored: object, expected: float | str) -> bool:
    """Compare a stored result with ours; one error is as good as another."""
    if stored == expected and type(stored) is type(expected):
        return True
    if isinstance(stored, CellError):
        return isinstance(expected, str) and expected.startswith("#")
    if isinstance(stored, float) and isinstance(expected, float):
        return stored == expected or same_number(stored, expected)
    if isinstance(stored, str) and isinstance(expected, str):
        return stored.casefold() == expected.casefold()  # a choice, as it was typed
    return stored == expected
