"""A key is not one of the format.

Why it matters
    A misspelt key is a value that silently counts for nothing, such as a range that
    is never checked.

How to fix it
    Write the key that is suggested, or see docs/definition-format.md for those the
    block knows.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.UNKNOWN_KEY, "unknown-key", __doc__)
