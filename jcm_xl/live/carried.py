"""The core as a host carries it: sources that need the standard library alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jcm_xl

OLDEST_PYTHON = (3, 10)
"""What the carried core needs of a host, once `enum.StrEnum` is there."""

_PACKAGE = Path(jcm_xl.__file__).parent
_WORDS = ("__init__", "days", "late", "nearest", "phrase", "readings", "runs",
          "signs", "spellings", "symbols")  # fmt: skip
_FUNCTIONS = ("__init__", "arguments", "as_json", "calls", "case", "functions",
              "of_book", "pointed", "questions", "ranges", "registry", "trace",
              "units")  # fmt: skip
_PATTERNS = (
    "__init__.py",
    "dataclass.py",
    "errors.py",
    "version.py",
    *(f"text/{name}.py" for name in _WORDS),
    *(f"{package}/*.py" for package in ("expr", "model", "engine")),
    *(f"live/{name}.py" for name in _FUNCTIONS),
)


def carried_core() -> Iterator[tuple[str, bytes]]:
    """Yield each module by its path below the host's Python path."""
    for pattern in _PATTERNS:
        for path in sorted(_PACKAGE.glob(pattern)):
            yield f"jcm_xl/{path.relative_to(_PACKAGE).as_posix()}", path.read_bytes()
