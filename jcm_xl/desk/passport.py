"""What the buttons write into a passport that is open: the words of their message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jcm_xl.desk.own_sheets import as_text

if TYPE_CHECKING:
    from xlwings import Book

_LAST_LINE = 200
"""The buttons stand above it."""


def note_in_passport(book: Book, action: str, message: str) -> None:
    """Write what a button said into its line; any other book is left alone."""
    from jcm_xl.hosts.passport.trial import RESULTS

    if RESULTS not in [sheet.name for sheet in book.sheets]:
        return
    from jcm_xl.hosts.passport.book import action_of, buttons
    from jcm_xl.hosts.passport.rows import HERE, NUMBER
    from jcm_xl.hosts.passport.sheets import MARK

    sheet = book.sheets[RESULTS]
    if sheet.range((1, NUMBER)).value != MARK:
        return
    macros = {macro for macro in buttons() if action_of(macro) == action}
    for row in range(1, _LAST_LINE):
        if sheet.range((row, NUMBER)).value in macros:
            sheet.range((row, HERE)).value = as_text(message)
            return
