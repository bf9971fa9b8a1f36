"""The book is the working copy with macros and live functions.

Why it matters
    It is judged like a submission, so that it can be worked on, but it cannot be one:
    what is submitted is a plain workbook. Many offices do not open files with macros.

How to fix it
    When the work is done, press the button 'Remove' on the sheet Live, or delete the
    sheets Live and xlwings.conf, and save the book as .xlsx ('Excel Workbook'). Check
    that file.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.checks.file.macro_book import is_macro_book


@Check(
    own_phase=Phase.STRUCTURE,
    severity=Severity.ERROR,
    person_decides=True,
    tonnes=True,
    basis="What is submitted is a plain .xlsx; our rule for a safe exchange",
    message="This is the working copy with macros and live functions, made for working "
    "in Excel: not a submission.",
    remedy="When the work is done, delete the sheets Live and xlwings.conf (button "
    "'Remove'), save the book as .xlsx and check that file.",
)
def macro_book(context: OpenedBook) -> Iterator[Finding]:
    """Look at the stamp and for macros."""
    if is_macro_book(context):
        yield Finding()
