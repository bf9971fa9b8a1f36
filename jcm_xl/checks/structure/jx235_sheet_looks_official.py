"""An own sheet has a name that looks like that of an official sheet.

Why it matters
    Two tabs that read MRS(input) cannot be told apart. Whoever looks at the wrong one
    sees other inputs and another result than the methodology's.

How to fix it
    Delete the sheet, or give it a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.structure.imitations import ImitatedBy, imitations


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    basis="JCM Monitoring Spreadsheet: the five sheets and their names",
    message="The sheet '{actual}' looks like '{expected}' and is another one.",
    remedy="Delete it, or give it a name that nobody takes for '{expected}'.",
)
def sheet_looks_official(context: OpenedBook) -> Iterator[Finding]:
    """Report names that read alike once blanks, width and alphabets are left aside."""
    for found in imitations(context, ImitatedBy.NAME):
        yield Finding(
            actual=found.sheet,
            expected=found.official,
            severity=None if found.is_sure else Severity.WARNING,
            sheet=found.sheet,
        )
