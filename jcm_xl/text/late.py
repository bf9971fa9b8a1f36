"""Regular expressions that are compiled when they are first used.

A compiled one costs up to 3 ms when its module is imported. This is for patterns that
most workbooks never need; the others are for `re.compile`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class _Late:
    """Stands for a pattern and becomes it; `match` and so on are looked up once."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._parts = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._parts), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    late_pattern = re.compile
else:
    late_pattern = _Late
