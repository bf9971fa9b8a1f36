"""Books that chance damaged: what `check` calls clean, Microsoft's validator takes.

One change each, of markup, cells or package, in any part of a clean book. Changes that
change nothing do not count. What the validator says without reason stands in
`EXPLAINED`, with why.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jcm_xl.checks.run import check_file
from tests.fuzz import cells, markup, package
from tests.fuzz.books import bases
from tests.fuzz.judge import SETTINGS
from tests.fuzz.nasty import Change
from tests.validity import sdk
from tests.xlsx.handmade import zipped

_BASES = ("a report", "months and a table", "saved by a library")
_CHANGES: Mapping[str, Change] = {
    f"{module.__name__.rpartition('.')[2]}.{change.__name__}": change
    for module in (markup, cells, package)
    for change in module.CHANGES
}
EXPLAINED: Mapping[str, str] = {}
"""What the validator says of a book that is sound, and why it is."""


class Damaged(NamedTuple):
    """A damaged book: how it came about, its exit code, what the validator says of it.

    It is asked of clean ones alone.
    """

    name: str
    exit_code: int
    faults: tuple[str, ...] = ()


def damaged_parts(seed: int, number: int) -> tuple[str, dict[str, bytes]]:
    """Return how a book was changed, and its parts; nothing if nothing was changed."""
    chance = random.Random(f"damaged {seed}/{number}")
    base = chance.choice(_BASES)
    parts = dict(bases()[base])
    name = sorted(_CHANGES)[number % len(_CHANGES)]
    is_done = _CHANGES[name](parts, chance) and parts != bases()[base]
    return f"{seed}/{number} {base}: {name}", parts if is_done else {}


def damaged(seed: int, number: int, path: Path) -> Damaged | None:
    """Judge a damaged book and, if it is clean, ask the validator."""
    name, parts = damaged_parts(seed, number)
    if not parts:
        return None
    path.write_bytes(zipped(parts))
    code = check_file(path, SETTINGS).exit_code
    if code:
        return Damaged(name, code)
    said = [str(fault) for fault in sdk.faults(path)]
    unknown = [text for text in said if not any(known in text for known in EXPLAINED)]
    return Damaged(name, 0, tuple(unknown))
