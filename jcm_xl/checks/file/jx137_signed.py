"""The book carries a digital signature, which was not verified.

Why it matters
    A signature can say who signed a book and that nothing was changed since. This check
    reads figures; it looks at no certificate and says nothing about who signed. A copy
    that is repaired, annotated or saved again has no valid signature any more.

How to fix it
    Nothing has to be done. Who relies on the signature verifies it in Excel
    (File > Info > View Signatures), before the book is saved again.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.xlsx.grid import Odd


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.NOTE,
    person_decides=True,
    basis="ECMA-376 part 2, 12: digital signatures",
    message="The book is signed; the signature was not verified.",
    remedy="Verify it in Excel (File > Info > View Signatures) if you rely on it.",
)
def signed(context: OpenedBook) -> Iterator[Finding]:
    """Report that there is a signature, once."""
    if any(odd.kind is Odd.SIGNED for odd in context.grid.oddities):
        yield Finding()
