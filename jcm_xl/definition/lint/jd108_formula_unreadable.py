"""A formula or condition cannot be read.

Why it matters
    Formulas are parsed, never executed; only the signs and functions of the format
    are known, so that Python, Excel and the printed equation say the same.

How to fix it
    Mend the formula at the column that is named; docs/definition-format.md lists
    what may stand in it.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.SYNTAX, "formula-unreadable", __doc__)
