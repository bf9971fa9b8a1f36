"""An index has no set, or a formula mixes units of a set with a single value.

Why it matters
    Each index is a table with one row for each unit; a single cell cannot hold a
    column.

How to fix it
    Give the formula the same index, or sum the quantity first with `sum(X_i)` in a
    formula of its own.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.INDEX, "index-mismatch", __doc__)
