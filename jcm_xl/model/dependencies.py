"""What a figure is calculated from."""

from __future__ import annotations

from functools import lru_cache

from jcm_xl.expr.used import names, tables
from jcm_xl.model.methodology import Methodology


@lru_cache(maxsize=4096)
def dependencies(m: Methodology, name: str) -> frozenset[str]:
    """Return a quantity and all quantities and tables that it is calculated from."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        this = waiting.pop()
        if this not in found:
            found.add(this)
            if formula := m.formulas.get(this):
                waiting += (*names(formula.tree), *tables(formula.tree))
    return frozenset(found)
