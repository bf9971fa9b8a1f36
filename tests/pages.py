"""What the pages of the project say that a reader types."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.M | re.S)
"""Fenced blocks and words in backticks: what a reader may type."""


def commands_in(page: Path) -> list[list[str]]:
    """The calls of jcm-xl on a page, each as its words."""
    code = " \n".join(CODE.findall(page.read_text(encoding="utf-8")))
    return [
        call.split()
        for call in re.findall(r"\bjcm-xl +([a-z][^`\n#|&;]*|-[^`\n#|&;]*)", code)
    ]
