"""The sheet Readings does not say any more what was read from the logs.

Why it matters
    It is the evidence of the months: files, sums and findings. A row that was changed
    or deleted proves nothing.

How to fix it
    Run `jcm-xl readings` with the logs again; it writes the sheet anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.readings import readings_of


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    basis="Sheet Readings of ours: what the months were made of, as it was written",
    message="The sheet {sheet} is not as `jcm-xl readings` wrote it.",
    remedy="Run `jcm-xl readings` with the logs again.",
)
def readings_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare the rows of the sheet with the digest below them."""
    kept = readings_of(context)
    if kept is not None and (kept.is_changed or kept.evidence is None):
        yield Finding(sheet=kept.sheet)
