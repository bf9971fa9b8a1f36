"""A piece of the archive has a name that no part of a workbook may have.

Why it matters
    What has such a name is no part of the book: one program passes over it, another one
    refuses the book. Office programs do not write such names; somebody packed the
    archive by hand.

How to fix it
    Open the book in Excel or LibreOffice and save it as a new .xlsx workbook: what does
    not belong to it is left behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.checks.file.package_facts import findings
from jcm_xl.xlsx.grid import Odd


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.WARNING,
    person_decides=True,
    basis="ECMA-376 part 2, 8.1.1 (M1.3 to M1.12)",
    message="The archive holds what no workbook may hold: {actual}.",
    remedy="Open the book in Excel or LibreOffice, save it as a new .xlsx workbook and "
    "check that one.",
)
def part_name_not_allowed(context: OpenedBook) -> Iterator[Finding]:
    """Report names that break the grammar of part names."""
    yield from findings(context, {Odd.BAD_PART_NAME: Severity.WARNING})
