"""The reference number of the project is missing.

Why it matters
    The number joins plan and report to the registered project. Before registration
    there may be none yet; a report cannot do without.

How to fix it
    Type the number that the Joint Committee gave the project, for example ID009.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import REFERENCE_NUMBER


@Check(
    severity=Severity.ERROR,
    basis="Header of the sheets: Reference Number",
    message="The reference number of the project is missing: {cell} on {sheet} is "
    "empty.",
    remedy="Type it there: the country and three digits, for example {expected}.",
)
def reference_missing(context: OpenedBook) -> Iterator[Finding]:
    """Look for the number; at plan stage its absence is a warning."""
    slot = context.plan[REFERENCE_NUMBER]
    if slot.key not in context.submission.values and not context.is_gone(slot):
        severity = Severity.WARNING if context.stage == "plan" else Severity.ERROR
        yield Finding(
            slot, expected=f"{context.methodology.country}009", severity=severity
        )
