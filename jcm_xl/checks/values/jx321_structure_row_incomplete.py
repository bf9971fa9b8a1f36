"""A row of the Monitoring Structure Sheet has a person without role, or the reverse.

Why it matters
    A role without a person is a task that nobody has; a person without a role does
    not know what to answer for.

How to fix it
    Fill the other cell of the row, or empty the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import Key


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Structure Sheet: Responsible personnel and Role",
    message="{cell} on {sheet} is empty, while its neighbour reads '{actual}'.",
    remedy="Fill {cell}, or empty the row.",
)
def structure_row_incomplete(context: OpenedBook) -> Iterator[Finding]:
    """Compare the two cells of each row."""
    values = context.submission.values
    for n in range(1, len(context.plan.by_role["person"]) + 1):
        person, role = Key("mss", "person", unit=n), Key("mss", "role", unit=n)
        if (person in values) == (role in values):
            continue
        blank, filled = (role, person) if person in values else (person, role)
        yield Finding(context.plan[blank], actual=str(values[filled]))
