"""A result shown in the book is not the one its inputs give.

Why it matters
    Most people see only the stored result. One that was not recalculated, or was
    calculated by another formula, is not the result of this book.

How to fix it
    Press F9 (Ctrl+Shift+F9 in LibreOffice) and save. If the difference stays, a
    formula or default was changed; see the other findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jcm_xl.checks.base import Audience, Context, Finding, Phase, Severity, check
from jcm_xl.checks.context import same_number, shown
from jcm_xl.checks.topics import Topic
from jcm_xl.model.submission import Stage
from jcm_xl.workbook.grid import CellError
from jcm_xl.workbook.slot import Slot

_CALCULATED = frozenset(
    (Topic.FORMULA, Topic.VALUE, Topic.EMPTIED, Topic.DEFAULT, Topic.FIXED)
)


@check(
    code="JX401",
    name="result-differs",
    phase=Phase.ARITHMETIC,
    severity=Severity.ERROR,
    audience=Audience.PARTICIPANT,
    basis="Independent recomputation from the definition, |a-b| <= 1e-9 max(1, |a|, "
    "|b|)",
    message="{cell} on {sheet} shows {actual}; calculated from the inputs it is "
    "{expected}.",
    remedy="Recalculate (F9) and save; if the difference stays, restore the formulas "
    "and defaults of the template.",
)
def result_differs(context: Context) -> Iterator[Finding]:
    """Compare every stored result; only Table 3's where the calculation was changed."""
    for stage in context.stages:
        changes = _changes(context, stage)
        if changes is None:
            yield from _compare(context, _formulas(context, stage))
            continue
        _leave_out(context, stage)
        result = context.plan[f"{stage}.result"]
        if result.key not in context.changed and context.results[stage].missing == ():
            for finding in _compare(context, [result]):
                # As grave as the change from which it follows.
                yield Finding(
                    finding.slot,
                    actual=finding.actual,
                    expected=finding.expected,
                    severity=changes,
                    is_unconfirmed=changes is Severity.WARNING,
                )


def _changes(context: Context, stage: Stage) -> Severity | None:
    """Return how grave the changes of a stage's calculation are; `None` without any."""
    severities = [
        context.severity(d.slot)
        for d in context.differences
        if d.topic in _CALCULATED and d.slot.key.startswith(stage)
    ]
    if context.alterations.missing or context.has_deleted_lines:
        severities.append(Severity.ERROR)
    return max(severities, default=None)


def _leave_out(context: Context, stage: Stage) -> None:
    sheet = context.plan.sheets[f"{stage}_calc"]
    context.left_out.append(
        f"JX401: stored results up to {sheet}, except Table 3, as formulas or defaults "
        "were changed there"
    )


def _formulas(context: Context, stage: Stage) -> Iterator[Slot]:
    """Yield the calculated cells of the official sheets of one stage."""
    for name in context.official:
        for slot in context.plan.by_place[name].values():
            if slot.formula and slot.key.startswith(stage):
                yield slot


def _compare(context: Context, slots: Iterable[Slot]) -> Iterator[Finding]:
    values, cached = context.submission.values, context.cached
    for slot in slots:
        if slot.key in values or slot.key in context.changed or slot.is_input:
            continue
        cell = context.cell(slot)
        if cell is None or cell.value is None or cell.formula is None:
            continue  # not stored: another finding tells it
        expected = cached.of(slot)
        if not is_same(cell.value, expected):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=shown(cell.value),
                expected=shown(expected),
            )


def is_same(stored: object, expected: float | str) -> bool:
    """Compare a stored result with ours; one error is as good as another."""
    if isinstance(stored, CellError):
        return isinstance(expected, str) and expected.startswith("#")
    if isinstance(stored, float) and isinstance(expected, float):
        return stored == expected or same_number(stored, expected)
    return stored == expected
