"""An own sheet, or the sheet Live, states another number than Table 3.

Why it matters
    A book states one number of tonnes. A second one, in the words of Table 3, is what
    somebody may copy into a document.

How to fix it
    Link the cell to Table 3 of the report, or remove it. Figures of other years or of
    parts of the project need a heading that says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.structure.imitations import ImitatedBy, imitations


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    basis="JCM Monitoring Spreadsheet: Table 3 of the report states the reductions",
    message="{cell} on {sheet} states {actual} as emission reductions; Table 3 does "
    "not say so.",
    remedy="Link {cell} to Table 3, remove it, or say in its heading what it is.",
)
def another_table_3(context: OpenedBook) -> Iterator[Finding]:
    """Report numbers below or beside the words of Table 3 that are no result."""
    for found in imitations(context, ImitatedBy.NUMBER):
        yield Finding(
            actual=found.text,
            severity=None if found.is_sure else Severity.WARNING,
            sheet=found.sheet,
            cell=found.cell,
        )
