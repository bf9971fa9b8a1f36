"""An answer matches nothing that was found.

Why it matters
    The finding may be mended, and the answer is only left over. Or what stands in
    the cell was changed after it was answered: then nobody has answered for what
    stands there now, and the warning counts.

How to fix it
    Take the answer out if the finding is gone. Otherwise write code, cell and what
    stands there as the report names them now.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.text.excerpts import excerpts
from jcm_xl.text.languages import phrase


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    mended_by=MendedBy.ANSWER,
    basis="An answer holds for one finding, as it was when it was answered",
    message="The answer to {actual} in {place} matches no finding. {instead}",
    remedy="Take the answer out if the finding is gone; otherwise write its code, cell "
    "and what stands there as this report names them.",
)
def answer_unmatched(context: OpenedBook) -> Iterator[Finding]:
    """Report answers to what was not found, or stands there no more."""
    for answer, there in context.outcome.unmatched:
        about = " ".join(part for part in (answer.code, answer.at) if part)
        if there is None:
            instead = phrase("answers.gone")
        else:
            then, now = excerpts(answer.found, there.found or "-")
            instead = phrase("answers.changed", then=then, now=now)
        yield Finding(
            actual=about,
            expected=there.found if there else "",
            sheet=answer.sheet,
            cell=answer.cell,
            facts={"place": answer.place, "instead": instead},
        )
