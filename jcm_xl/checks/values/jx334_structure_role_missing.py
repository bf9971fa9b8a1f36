"""No role of the Monitoring Structure Sheet covers a task that has to be done.

Why it matters
    Somebody has to collect the data, keep them, and check and approve the report before
    it is submitted. The verifier asks who it is.

How to fix it
    Add the task to a role, or a line for it. Texts in languages it does not know
    are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.notions import lacks, named
from jcm_xl.model.key import Key
from jcm_xl.model.shown import shown

_NOTIONS = ("approval", "collection", "archiving")


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Structure Sheet, roles of the sample of the Government "
    "of Japan (2013)",
    message="No role on {sheet} speaks of {actual}.",
    remedy="Say who does it, in {cell} or below; one person may have several tasks.",
)
def structure_role_missing(context: OpenedBook) -> Iterator[Finding]:
    """Look for three tasks in all the roles together."""
    values = context.submission.values
    count = len(context.plan.by_role["role"])
    keys = [
        Key("mss", part, unit=n)
        for n in range(1, count + 1)
        for part in ("person", "role")
    ]
    if not any(key in values for key in keys if key.notion == "role"):
        return
    texts = (shown(values.get(key)) for key in keys)
    for notion in lacks(texts, _NOTIONS):
        yield Finding(context.plan[Key("mss", "role", unit=1)], actual=named(notion))
