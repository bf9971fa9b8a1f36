"""The definition is a draft: no official document was read for all of it.

Why it matters
    Figures from a draft may rest on recollection or on a third party's text, and so may
    its criteria, options, frequencies, procedures and emission sources. It is good for
    planning, checking and training; a submission needs the approved spreadsheet. Of a
    book that jcm_xl did not make, only the comparison is unconfirmed.

How to fix it
    Compare what `jcm-xl gaps` lists with the approved methodology, and confirm it by an
    overlay.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.checks.verdict import unread
from jcm_xl.text.phrase import Phrase

_NOT_APPROVED = Phrase(
    "checks.draft.not-approved",
    " This is not the approved spreadsheet: do not submit it; it is for checking and "
    "training.",
)
_FIRST = Phrase(
    "checks.draft.numbers",
    " So many numbers and formulas are not confirmed by an official document.",
)


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    audience=Audience.SECRETARIAT,
    basis="Evidence of every number, formula and binding text in the definition",
    message="The definition of {methodology} is a draft: {actual}.{why}",
    remedy="Compare them with the approved methodology before you rely on the result; "
    "`jcm-xl gaps {methodology}` lists them.",
)
def draft(context: OpenedBook) -> Iterator[Finding]:
    """Count what the definition holds without an official document."""
    m = context.methodology
    facts = {"methodology": m.key}
    if not context.plan.counts_texts:
        if m.drafts:
            yield Finding(actual=str(len(m.drafts)), facts={**facts, "why": _FIRST})
    elif m.is_draft:
        why = "" if context.foreign else _NOT_APPROVED
        yield Finding(actual=unread(m), facts={**facts, "why": why})
