"""The book was made from another edition of the definition than the one at hand.

Why it matters
    A definition is corrected when an official document confirms or contradicts a
    number in it. The same version of the methodology may then have had another
    default or wording on the day this book was made. A book of an edition that was
    released is judged by that edition for ever, any other book by today's.

How to fix it
    Look at the other findings: where the two editions really differ, the cells are
    named. To be judged by today's definition, carry the inputs over into a fresh
    book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.text.phrase import Phrase

_BY_TODAYS = Phrase(
    "checks.definition-differs.by-todays", "it is judged by edition {expected}"
)
_BY_ITS_OWN = Phrase(
    "checks.definition-differs.by-its-own",
    "it is judged by that edition; today's is {expected}",
)
_LOOK = Phrase(
    "checks.definition-differs.look", "See the other findings for cells that differ. "
)


@Check(
    severity=Severity.NOTE,
    audience=Audience.VERIFIER,
    basis="Our own books: custom property jcm_xl.definition",
    message="The book was made from edition {actual} of the definition of "
    "{methodology}; {judged}.",
    remedy="{look}Carry the inputs over into a fresh book to have today's edition.",
)
def definition_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the digest in the stamp with that of the definition."""
    stamp, m = context.identity.stamp, context.methodology
    if stamp is None or context.lacks_overlay:
        return
    today = (context.newer or m).digest
    if stamp.digest != today:
        judged = _BY_ITS_OWN if context.newer else _BY_TODAYS
        expected = today[:12]
        yield Finding(
            actual=stamp.digest[:12],
            expected=expected,
            facts={
                "methodology": m.key,
                "judged": Phrase.of(judged.key, judged.english, {"expected": expected}),
                "look": "" if context.newer else _LOOK,
            },
        )
