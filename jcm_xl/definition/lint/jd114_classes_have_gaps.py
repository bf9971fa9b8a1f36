"""The classes of a table leave a gap, overlap or are empty.

Why it matters
    A unit in the gap has no default value; one in the overlap has two.

How to fix it
    Let each class begin where the one before ends: `from` is closed, `below` open,
    and only the last class may end with `upto`.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.CLASSES, "classes-have-gaps", __doc__)
