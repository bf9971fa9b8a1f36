"""An error was answered with a reason, but an error has to be mended.

Why it matters
    A warning says that something looks wrong, and a good reason may settle it. An error
    says that the book is not as the methodology has it; no reason makes it so.

How to fix it
    Mend the cell as the error says, and take the answer out.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    mended_by=MendedBy.ANSWER,
    basis="Warnings may be answered with a reason, errors may not",
    message="The answer in {place} is to {actual} at {at}; that is an error, which no "
    "reason settles.",
    remedy="Mend {at} as the error says, and take the answer out.",
)
def answer_refused(context: OpenedBook) -> Iterator[Finding]:
    """Report answers to errors."""
    for answer, error in context.outcome.refused:
        yield Finding(
            parameter=error.parameter,
            actual=answer.code.upper(),
            sheet=answer.sheet,
            cell=answer.cell,
            facts={"place": answer.place, "at": error.place or error.name},
        )
