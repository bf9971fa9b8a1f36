"""Texts as they were approved: `JCM_XL_GOLDEN=1 pytest` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")


def assert_golden(name: str, text: str) -> None:
    """Compare a text with the approved one, whole."""
    path = FOLDER / name
    if os.environ.get("JCM_XL_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    approved = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text == approved, (
        f"{path.name} differs. If the new text is right, run the test again with "
        "JCM_XL_GOLDEN=1 and look at the difference in git."
    )
