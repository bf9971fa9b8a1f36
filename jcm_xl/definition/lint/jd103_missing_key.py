"""A key or block that every definition needs is not there.

Why it matters
    The official sheets have a place for it; a book without it would have an empty
    cell.

How to fix it
    Add the key that is named. Where the official text has nothing for it, say so in
    words of your own.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.MISSING_KEY, "missing-key", __doc__)
