"""The book holds something that could run, load or replace data by itself.

Why it matters
    What is submitted is a plain workbook whose numbers come from its cells. Macros,
    queries and connections can change them on another computer, and many readers
    refuse to open such a file. A pivot table is welcome on a sheet of your own; on an
    official sheet it fills cells anew when the book is opened.

How to fix it
    Save the book as .xlsx without macros and remove connections, queries and
    controls; or carry the inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks import spoken
from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.checks.file.macro_book import is_macro_book
from jcm_xl.xlsx.grid import Odd

_SEVERITIES = {
    Odd.MACROS: Severity.ERROR,
    Odd.MACRO_SHEET: Severity.ERROR,
    Odd.DDE_LINK: Severity.ERROR,
    Odd.ACTIVE_X: Severity.ERROR,
    Odd.CONNECTION: Severity.ERROR,
    Odd.QUERY: Severity.ERROR,
    Odd.OLE_OBJECT: Severity.WARNING,
    Odd.WEB_EXTENSION: Severity.WARNING,
    Odd.CUSTOM_RIBBON: Severity.WARNING,
    Odd.REMOTE_CONTENT: Severity.WARNING,
    Odd.XML_MAP: Severity.WARNING,
    Odd.PIVOT_TABLE: Severity.WARNING,
}


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    basis="What is submitted is a plain .xlsx; our rule for a safe exchange",
    message="The book is not plain: it holds {actual}.",
    remedy="Save it as a plain .xlsx without this, or carry the inputs over into a "
    "fresh book.",
)
def active_content(context: OpenedBook) -> Iterator[Finding]:
    """Report each piece that the reader noted; nothing of it was followed."""
    is_ours = is_macro_book(context)  # which another check tells, with its remedy
    official = {page.there for page in context.official_sheets}
    for odd in context.grid.oddities:
        if is_ours and odd.kind is Odd.MACROS:
            continue
        if odd.kind is Odd.PIVOT_TABLE and odd.sheet not in official:
            continue
        severity = _SEVERITIES.get(odd.kind)
        if severity is not None:
            yield Finding(actual=spoken.odd(odd), severity=severity, sheet=odd.sheet)
