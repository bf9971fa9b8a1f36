"""The book is an annotated copy, or a repaired one that nobody has confirmed yet.

Why it matters
    An annotated copy shows findings in a fresh book; it is no submission. In a
    repaired book the tool has restored cells, and only the participant can say that
    the book still tells what was meant.

How to fix it
    Mend the submission itself and check that. A repaired book becomes a submission
    once the participant has looked through its sheet Repair and typed a name there.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.plan.copies import ANNOTATED, REPAIRED, confirmed_by
from jcm_xl.text.languages import phrase


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    basis="Annotated copies are no submissions, repaired ones not before they are "
    "confirmed",
    message="{kind}",
    remedy="{advice}",
)
def working_copy(context: OpenedBook) -> Iterator[Finding]:
    """Look at the stamp and at the banner of the sheets."""
    kind = context.plan.copy
    if not kind:
        return
    name = confirmed_by(context.grid) if kind == REPAIRED else ""
    is_final = kind == ANNOTATED or not name
    key = f"copies.{kind if is_final else 'confirmed'}"
    facts = {"sheet": phrase("repair.sheet"), "name": name}
    yield Finding(
        actual=name or kind,
        facts={
            "kind": phrase(f"{key}.message", **facts),
            "advice": phrase(f"{key}.remedy", **facts),
        },
        verdict=phrase(f"{key}.verdict", **facts) if is_final else "",
    )
