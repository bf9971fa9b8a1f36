"""The definition is a draft: some of its numbers no official document confirms.

Why it matters
    Figures from a draft may rest on recollection or on a third party's text. They
    are good for planning; a submission needs the numbers of the approved
    methodology.

How to fix it
    Compare the numbers named on the calculation sheets (column of sources) with the
    approved methodology and have the definition confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity


@Check(
    severity=Severity.NOTE,
    audience=Audience.SECRETARIAT,
    basis="Evidence of every number and formula in the definition",
    message="The definition of {methodology} is a draft: {actual} of its numbers and "
    "formulas are not confirmed by an official document.",
    remedy="Compare them with the approved methodology before you rely on the result; "
    "their sources stand on the calculation sheets.",
)
def draft(context: OpenedBook) -> Iterator[Finding]:
    """Count what the definition holds without an official document."""
    m = context.methodology
    if m.is_draft:
        yield Finding(actual=str(len(m.drafts)), facts={"methodology": m.key})
