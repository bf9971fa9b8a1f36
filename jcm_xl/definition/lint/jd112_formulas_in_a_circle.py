"""Formulas depend on each other in a circle.

Why it matters
    No program can calculate a value that needs itself; Excel shows zero.

How to fix it
    Break the circle: one of the quantities has to be monitored or fixed.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.CIRCLE, "formulas-in-a-circle", __doc__)
