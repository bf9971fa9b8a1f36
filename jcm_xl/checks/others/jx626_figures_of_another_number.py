"""Another book of the folder has the same monitored figures under another number.

Why it matters
    No two meters read the same to the last digit for a whole period. The same figures
    under two reference numbers are one reduction claimed for two projects.

How to fix it
    Compare both books with the records of the projects. A reference number that was
    mistyped is corrected in its book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.settings import Kinship


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="All monitored values of a unit are equal, one of them measured or invoiced "
    "(option B or C) with four significant digits or more; the limit is ours",
    message="{file} has the monitored figures of this report, or of a unit of it, "
    "under another reference number: {expected}.",
    remedy="Compare both books with the records of the projects; correct the reference "
    "number, or the figures.",
)
def figures_of_another_number(context: OpenedBook) -> Iterator[Finding]:
    """Ask about figures that are claimed for another project, too."""
    for other in context.settings.siblings:
        if other.kinship is Kinship.FIGURES:
            yield Finding(
                actual=other.file,
                facts={"file": other.file},
                expected=other.reference_number,
            )
