"""A second name hides one of the template, or is called like a function.

Why it matters
    A name that holds on one sheet only hides the same name of the whole book there:
    one word, two meanings. A name such as ROUNDDOWN can make a formula mean something
    else in one program and not in the next.

How to fix it
    Open the Name Manager (Formulas tab in Excel) and delete the second name, or call
    it differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.plan.plan import Plan

_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="ECMA-376 part 1, 18.2.5: a name of a sheet goes before one of the book",
    message="The book defines {name} as {actual}, though the template uses this word "
    "for something else.",
    remedy="Delete {name}, or call it differently (Formulas, Name Manager).",
)
def name_shadowed(context: OpenedBook) -> Iterator[Finding]:
    """Compare added names with the template's names and functions."""
    names = context.plan.names
    for added, actual in context.grid.names.items():
        if added in names or "_xlnm." in added:
            continue
        word = added.rpartition("!")[2]
        if word.upper() in _taken(context.plan):
            yield Finding(actual=actual, facts={"name": added})


@lru_cache(maxsize=16)
def _taken(plan: Plan) -> frozenset[str]:
    """Return the words that have a meaning in the template, in capitals."""
    formulas = {slot.formula for slot in plan.slots.values() if slot.formula}
    functions = {word for f in formulas for word in _FUNCTION.findall(f)}
    return frozenset({name.upper() for name in plan.names} | functions)
