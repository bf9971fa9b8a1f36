"""An example does not give the results that it states.

Why it matters
    The example proves formula and numbers in Python and in the workbook; one that
    fails means that one of the two is wrong.

How to fix it
    Calculate by hand or with the official sheet. Correct the formula if it is
    wrong; correct the example only if its expectation was.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.EXAMPLE, "example-fails", __doc__)
