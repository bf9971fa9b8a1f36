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


@lru_cache(maxsize=256)
def set_groups(m: Methodology) -> tuple[tuple[str, ...], ...]:
    """Return the sets of which a project has a unit: of each group in one set.

    Where every set of the reference emissions may be absent, one of them may not.
    """
    needed = (name for name, s in m.sets.items() if s.min_rows)
    groups: list[tuple[str, ...]] = [(name,) for name in needed]
    asked = dependencies(m, m.results.reference)
    of_reference = tuple(
        name for name in m.sets if any(m.index_of(item) == name for item in asked)
    )
    if of_reference and not any(group[0] in of_reference for group in groups):
        groups.append(of_reference)
    return tuple(groups)
