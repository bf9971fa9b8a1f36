"""The units do not work out.

Why it matters
    A formula whose units do not give the declared unit is wrong by a factor, or is
    another formula. Units are never converted silently.

How to fix it
    Compare the formula with the official one; add the conversion as a constant,
    such as `[constants.kWh_per_MWh]` with the unit kWh/MWh, or correct the unit
    that is declared.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.UNIT, "unit-mismatch", __doc__)
