"""A choice and the texts it is compared with do not fit.

Why it matters
    A text that no list offers can never be chosen, and its branch is never
    calculated.

How to fix it
    Write the text exactly as the list has it. Texts have no wildcards (* ? ~),
    differ by more than case and stand in quotation marks in formulas.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.CHOICE, "choice-unsound", __doc__)
