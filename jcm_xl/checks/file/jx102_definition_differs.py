"""The book was made from another edition of the definition than the one at hand.

Why it matters
    A definition is corrected when an official document confirms or contradicts a
    number in it. The same version of the methodology may then have had another
    default or wording on the day this book was made.

How to fix it
    Look at the other findings: where the two editions really differ, the cells are
    named. To be judged by today's definition, carry the inputs over into a fresh
    book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity


@Check(
    severity=Severity.NOTE,
    audience=Audience.VERIFIER,
    basis="Our own books: custom property jcm_xl.definition",
    message="The book was made from edition {actual} of the definition of "
    "{methodology}; it is judged by edition {expected}.",
    remedy="See the other findings for cells that differ. Carry the inputs over into "
    "a fresh book to have today's edition.",
)
def definition_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the digest in the stamp with that of the definition."""
    stamp, m = context.identity.stamp, context.methodology
    if stamp is None or context.lacks_overlay:
        return
    if stamp.digest != m.digest:
        yield Finding(
            actual=stamp.digest[:12],
            expected=m.digest[:12],
            facts={"methodology": m.key},
        )
