"""A name or symbol is not allowed, or is used twice.

Why it matters
    Names become names in Excel, which takes `EF1` for a cell and ignores case;
    symbols are matched without spaces, commas and braces.

How to fix it
    Rename it: letters, digits and underscores, unlike a cell's address, and
    different from every other name also when case is ignored.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.NAME, "name-unusable", __doc__)
