"""A picture lies behind the cells of an official sheet, or in the head of its pages.

Why it matters
    What the picture shows reads like the sheet itself, and letters on it are hard to
    read. A small logo in the head of a page is usual; the verifier looks at it.

How to fix it
    Page Layout > Delete Background in Excel. A logo stands best beside the tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.drawings import PAGE_PICTURE

_BEHIND = Phrase("pictures.behind", "behind the cells")
_ON_PAGES = Phrase("pictures.pages", "in the head or foot of the pages")


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="A picture lies {where} of {sheet}.",
    remedy="Delete it (Page Layout, Background; or Header/Footer), or look at it.",
)
def picture_behind(context: OpenedBook) -> Iterator[Finding]:
    """Name backgrounds; a picture in the head of the pages is a note."""
    on_pages = {d.sheet for d in context.grid.drawings if d.kind == PAGE_PICTURE}
    for page in context.official_sheets:
        if page.sheet.look.has_background:
            yield Finding(sheet=page.there, facts={"where": _BEHIND})
        if page.there in on_pages:
            yield Finding(
                sheet=page.there, severity=Severity.NOTE, facts={"where": _ON_PAGES}
            )
