"""Id, version, country and file name do not agree.

Why it matters
    Each book is stamped with id and version; the library finds a definition by its
    file name. Two that differ are two methodologies.

How to fix it
    Give the file the name that is asked for, or correct id, version or country.
"""

from __future__ import annotations

from jcm_xl.definition.families import Family
from jcm_xl.definition.lint.base import refusal

RULE = refusal(Family.IDENTITY, "identity-disagrees", __doc__)
