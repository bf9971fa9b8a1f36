"""Whether a book is our own working copy with macros."""

from __future__ import annotations

from jcm_xl.submission.opened import OpenedBook
from jcm_xl.xlsx.grid import Odd

_HOST = "excel"


def is_macro_book(context: OpenedBook) -> bool:
    """Tell by the stamp and by the macros; nothing of them is read."""
    stamp = context.identity.stamp
    return (
        stamp is not None
        and stamp.live == _HOST
        and any(odd.kind is Odd.MACROS for odd in context.grid.oddities)
    )
