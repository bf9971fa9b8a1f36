"""A parameter, table, constant, formula or set is used by no formula.

Why it matters
    Whoever fills the sheet would monitor something that changes nothing, or a term
    of the formula was forgotten.

How to fix it
    Use it in the formula that the methodology gives, or delete it.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.UNUSED, "unused", __doc__)
