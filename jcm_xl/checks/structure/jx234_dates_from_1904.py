"""The book counts its days from 1904.

Why it matters
    The same stored number is a day four years and one day later than in other books.
    A date that is copied between them is wrong by 1,462 days, and nobody sees it.

How to fix it
    File > Options > Advanced in Excel: switch "Use 1904 date system" off and type the
    dates again; or carry the inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="Our own books count days from 1900, as Excel does unless told otherwise",
    message="The book counts its days from 1904. The dates were read that way.",
    remedy="Switch the 1904 date system off (File, Options, Advanced) and type the "
    "dates again.",
)
def dates_from_1904(context: OpenedBook) -> Iterator[Finding]:
    """Look at the stored setting."""
    if context.grid.is_date1904:
        yield Finding()
