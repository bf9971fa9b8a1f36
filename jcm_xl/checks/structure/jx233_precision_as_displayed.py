"""The book calculates with rounded numbers.

Why it matters
    With "precision as displayed" every number is cut to the decimals that its cell
    shows, for good. The methodology rounds once, at the very end; here each step is
    rounded, and the total is another one.

How to fix it
    File > Options > Advanced in Excel: switch "Set precision as displayed" off. The
    cut digits do not come back: type the inputs again.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity

_FALSE = ("0", "false")


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="The emission reductions are rounded down once, at the end",
    message="The book calculates with the numbers as they are displayed, that is, "
    "rounded at every step.",
    remedy="Switch 'Set precision as displayed' off (File, Options, Advanced), type "
    "the inputs again and save the book.",
)
def precision_as_displayed(context: OpenedBook) -> Iterator[Finding]:
    """Look at the stored setting."""
    if context.grid.calculation.get("fullPrecision") in _FALSE:
        yield Finding()
