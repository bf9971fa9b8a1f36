"""A value is of the wrong type, or outside what is allowed.

Why it matters
    A number written as a text, or a limit on the wrong side, would be calculated
    with.

How to fix it
    Write the value as the message describes it: numbers without quotation marks,
    texts with them, limits with the smaller one first.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.VALUE, "wrong-value", __doc__)
