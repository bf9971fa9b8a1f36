"""An answer cannot be used: it names no rule, gives no reason or is hidden.

Why it matters
    A warning is answered only by a reason that the verifier can read: a sentence, on a
    visible sheet. An answer without one does not count, and the warning remains open.

How to fix it
    Write the code of the rule, the cell and the reason in a sentence, unhide the sheet,
    or empty the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.submission.answers import FIELDS
from jcm_xl.text.languages import phrase
from jcm_xl.text.phrase import Phrase


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    mended_by=MendedBy.ANSWER,
    basis="Warnings may be answered with a reason",
    message="The answer in {place} cannot be used: {reason}.",
    remedy="Complete it or empty the row; the finding counts as not answered.",
)
def answer_unusable(context: OpenedBook) -> Iterator[Finding]:
    """Report answers without code, without reason, or without headings."""
    code, reason = (
        phrase(f"answers.headings.{FIELDS.index(field)}")
        for field in ("code", "reason")
    )
    needed = Phrase("", "{code}, {reason}", code=code, reason=reason)
    for answer, problem in context.outcome.problems:
        yield Finding(
            actual="" if problem in ("no_headings", "no_code") else answer.code,
            sheet=answer.sheet,
            cell=answer.cell,
            facts={
                "place": answer.place,
                "reason": phrase(f"answers.problems.{problem}", headings=needed),
            },
        )
