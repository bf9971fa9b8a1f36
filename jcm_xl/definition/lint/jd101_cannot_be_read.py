"""The file cannot be read as TOML.

Why it matters
    A file that is not UTF-8 text, is larger than 2 MB or breaks the rules of TOML
    holds no definition at all; the first fault hides all others.

How to fix it
    Look at the line that is named and the one above it: a quotation mark or bracket
    is often missing. Save the file as UTF-8.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.FILE, "cannot-be-read", __doc__)
