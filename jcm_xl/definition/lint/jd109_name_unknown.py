"""A formula or a result uses a name that is not defined.

Why it matters
    What is not defined has no value, in Python or in the sheet.

How to fix it
    Write the name that is suggested, or define the parameter, table or formula.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.REFERENCE, "name-unknown", __doc__)
