"""Another book of the folder is a report of the same project and period.

Why it matters
    Two rounds of one report are honest work, but only one of them is submitted. As long
    as both lie there, the same days are claimed twice.

How to fix it
    Name the one that was submitted: keep it in the folder and move the others out.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.settings import Kinship


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="Monitoring periods of one project follow each other",
    message="{file} is a report of the same project and period ({expected}): which "
    "of them was submitted?",
    remedy="Name the one submitted: keep it in this folder, and move the others out.",
)
def two_rounds(context: OpenedBook) -> Iterator[Finding]:
    """Ask about other rounds of this report."""
    for other in context.settings.siblings:
        if other.kinship is Kinship.ROUND:
            yield Finding(
                actual=other.file, facts={"file": other.file}, expected=other.period
            )
