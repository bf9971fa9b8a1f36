"""The Monitoring Structure Sheet names nobody.

Why it matters
    Somebody has to collect the data, keep them and approve the report. The verifier
    asks these persons.

How to fix it
    Fill at least one row: job title and role. Job titles suffice; private names are
    not needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import Key


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Structure Sheet: Responsible personnel and Role",
    message="No row of {sheet} names both a responsible person and a role.",
    remedy="Fill at least one row from {cell} on: job title and role.",
)
def structure_empty(context: OpenedBook) -> Iterator[Finding]:
    """Look for one row with both cells filled."""
    values = context.submission.values
    for n in range(1, len(context.plan.by_role["person"]) + 1):
        person = Key("mss", "person", unit=n)
        if person in values and person.of("role") in values:
            return
    slot = context.plan[Key("mss", "person", unit=1)]
    if not context.is_gone(slot):
        yield Finding(slot)
