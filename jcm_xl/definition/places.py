"""Where the data of the package lies."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path


@lru_cache(maxsize=1)
def templates() -> Path:
    """Return the folder of the data a non-programmer may edit."""
    return Path(str(resources.files("jcm_xl._templates")))
