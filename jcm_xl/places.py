"""Where the data of the package lies.

An installed package has its data inside it. In a checkout they are folders beside the
package; there, `jcm_xl` is found first even if another one is installed.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def templates() -> Path:
    """Return the folder of the data a non-programmer may edit."""
    return _folder("_templates", "workbook_templates")


def macros() -> Path:
    """Return the folder of our own macros."""
    return _folder("_macros", "macros")


def _folder(installed: str, in_checkout: str) -> Path:
    inside = _PACKAGE / installed
    return inside if inside.is_dir() else _PACKAGE.parent / in_checkout
