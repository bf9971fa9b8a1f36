"""The book is saved as a strict Open XML workbook.

Why it matters
    Excel offers two formats that both end in .xlsx. Many programs, among them common
    libraries, cannot open the strict one or lose parts of it, so that not everybody
    sees the same book.

How to fix it
    Open it in Excel, choose Save As and the type "Excel Workbook (*.xlsx)", not
    "Strict Open XML Spreadsheet (*.xlsx)".
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.xlsx.grid import Odd


@Check(
    own_phase=Phase.FILE,
    severity=Severity.ERROR,
    person_decides=True,
    basis="ISO/IEC 29500-1 (strict) and 29500-4 (transitional, what programs write)",
    message="The book is saved as a strict Open XML workbook, which many programs "
    "cannot open.",
    remedy="Save it in Excel as 'Excel Workbook (*.xlsx)' and check that file.",
    verdict="STRICT OPEN XML: save it in Excel as 'Excel Workbook (*.xlsx)'; this "
    "format is not judged",
)
def strict_open_xml(context: OpenedBook) -> Iterator[Finding]:
    """Look at the name space of the workbook."""
    if any(odd.kind is Odd.STRICT for odd in context.grid.oddities):
        yield Finding()
