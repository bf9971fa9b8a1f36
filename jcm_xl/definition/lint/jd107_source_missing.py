"""A number or formula has no source, or no evidence.

Why it matters
    A number nobody can look up cannot be validated. Evidence decides whether the
    books say DRAFT.

How to fix it
    Add `source = { title, section, address }` and `evidence`: document, secondary
    or recollection. A number that nobody has is left open: `open = { note = ... }`.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.SOURCE, "source-missing", __doc__)
