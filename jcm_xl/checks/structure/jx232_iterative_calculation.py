"""The book is set to calculate in circles.

Why it matters
    With iterative calculation a formula that reads its own result is no error but
    ends in some number that depends on how often it was calculated. No formula of
    the template needs it.

How to fix it
    File > Options > Formulas in Excel: switch "Enable iterative calculation" off and
    save. If a warning of a circular reference appears then, mend that formula.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity

_TRUE = ("1", "true")


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="Our own books have no circular reference",
    message="Iterative calculation is switched on: a circular reference would give "
    "some number instead of an error.",
    remedy="Switch it off (File, Options, Formulas) and save the book.",
)
def iterative_calculation(context: OpenedBook) -> Iterator[Finding]:
    """Look at the stored setting; it is a note where no formula could run in a circle.

    Gnumeric switches it on in every book that it saves.
    """
    if context.grid.calculation.get("iterate") in _TRUE:
        is_as_made = context.foreign is None and not context.differences
        is_plain = is_as_made and not context.formula_inputs
        yield Finding(severity=Severity.NOTE if is_plain else None)
