"""An eligibility criterion is not met.

Why it matters
    Only projects that meet every criterion of the methodology may apply it. Criteria
    that are a comparison of numbers are calculated here; the others are for the
    validator.

How to fix it
    Compare the values with the documents of the equipment. A unit that does not meet
    the criterion cannot be part of the project. Where no official document confirms the
    criterion, look it up in section D of the methodology first: it may ask otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.engine.calculate import judge_criteria
from jcm_xl.expr.to_text import to_plain
from jcm_xl.expr.used import names
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.methodology import Criterion, Evidence
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot
from jcm_xl.text.phrase import Phrase

_OUT = Phrase(
    "checks.criterion-failed.out",
    "; a unit that does not meet the criterion cannot be part of the project",
)
_LOOK = Phrase(
    "checks.criterion-failed.look",
    ", and the criterion with section D of the methodology, which nobody here has read",
)


@Check(
    severity=Severity.ERROR,
    judges=Judges.CALCULATED,
    basis="Approved methodology, section D: eligibility criteria, all of which must "
    "be met",
    message="Eligibility criterion {criterion} is not met: {actual}, but it asks for "
    "{expected}. It reads: {text}",
    remedy="Compare {cell} on {sheet} with the documents of the equipment{then}.",
)
def criterion_failed(context: OpenedBook) -> Iterator[Finding]:
    """Judge the calculated criteria for plan and report; tell each failure once."""
    criteria = {c.id: c for c in context.methodology.criteria}
    told: set[tuple[str, int | None]] = set()
    for stage in context.stages:
        for name, row, answer in judge_criteria(
            context.methodology, context.inputs[stage], context.results[stage]
        ):
            if answer is False and (name, row) not in told:
                told.add((name, row))
                yield _finding(context, stage, criteria[name], row)


def _finding(
    context: OpenedBook, stage: Stage, criterion: Criterion, row: int | None
) -> Finding:
    tree = criterion.check
    used = names(tree) if tree is not None else ()
    slot = next((s for n in used if (s := _slot(context, stage, n, row))), None)
    # As the text of its day said it: 0.1.0 called summaries documents, too.
    is_confirmed = criterion.evidence is Evidence.DOCUMENT
    return Finding(
        slot,
        parameter=context.subject(slot) if slot else "",
        actual="; ".join(_stated(context, stage, n, row) for n in used),
        expected=to_plain(tree, context.symbol) if tree is not None else "",
        severity=Severity.ERROR if is_confirmed else Severity.WARNING,
        facts={
            "criterion": criterion.id,
            "text": criterion.text,
            "then": _OUT if is_confirmed else _LOOK,
        },
    )


def _slot(context: OpenedBook, stage: Stage, name: str, row: int | None) -> Slot | None:
    """Return the cell of a quantity that the criterion reads: its input first."""
    units = (row, None) if row else (None,)
    keys = [value_key(s, name, u) for s in (stage, Stage.PLAN) for u in units]
    keys += [Key(stage, "quantity", name, u) for u in units]
    slots = (context.plan.get(key) for key in keys)
    return next((s for s in slots if s and (s.is_input or s.role == "quantity")), None)


def _stated(context: OpenedBook, stage: Stage, name: str, row: int | None) -> str:
    result = context.results[stage]
    quantity = result.get(name, row) or result.get(name)
    value = quantity.value if quantity else None
    unit = f" ({row})" if row else ""
    return f"{context.symbol(name)}{unit} = {shown(value)}"
