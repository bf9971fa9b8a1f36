"""An answer cannot be used: it names no rule or gives no reason.

Why it matters
    A warning stands only with a reason that the verifier can read. An answer without
    one does not count, and the warning remains open.

How to fix it
    Write the code of the rule, the cell and the reason, or empty the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Phase, Severity
from jcm_xl.submission.answers import FIELDS
from jcm_xl.text.languages import phrase
from jcm_xl.text.phrase import Phrase


@Check(
    own_phase=Phase.ANSWERS,
    severity=Severity.WARNING,
    mended_by=MendedBy.ANSWER,
    basis="Warnings may be acknowledged with a reason",
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
            actual=answer.code if problem == "no_reason" else "",
            sheet=answer.sheet,
            cell=answer.cell,
            facts={
                "place": answer.place,
                "reason": phrase(f"answers.problems.{problem}", headings=needed),
            },
        )
