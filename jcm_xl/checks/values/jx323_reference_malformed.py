"""The reference number is not written as the Joint Committees write it.

Why it matters
    Programs find the project by this number. A blank inside is harmless for people
    and was printed in a form once; anything else leads to no project.

How to fix it
    Type two capital letters for the country and three digits, without a blank, for
    example ID009.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import REFERENCE_NUMBER, is_reference_number
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.ERROR,
    basis="Reference numbers of registered projects, e.g. ID009, MN005",
    message="The reference number in {cell} on {sheet} reads '{actual}'; it is "
    "written like {expected}.",
    remedy="Type two capital letters and three digits, like {expected}.",
)
def reference_malformed(context: OpenedBook) -> Iterator[Finding]:
    """Compare the number with its pattern; only blanks and capitals are a note."""
    value = context.submission.get(REFERENCE_NUMBER)
    text = shown(value)
    if value is None or is_reference_number(text):
        return
    near = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    is_near = is_reference_number(near)
    yield Finding(
        context.plan[REFERENCE_NUMBER],
        actual=text,
        expected=near if is_near else f"{context.methodology.country}009",
        severity=Severity.NOTE if is_near else None,
    )
