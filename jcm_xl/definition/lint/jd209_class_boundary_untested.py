"""No example has a value exactly on a boundary of a table of classes.

Why it matters
    Whether the boundary belongs to the class below or above is where tables are
    read differently, and the sheet has to agree with Python there.

How to fix it
    Add an example whose key is the value that is named, with the default you
    expect.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.expr.nodes import Call, Name


@lint(
    severity=Severity.WARNING,
    message="No example tries the boundary {boundaries} of {table}.",
)
def class_boundary_untested(draft: Draft) -> Iterator[Fault]:
    """Compare the keys of all examples with the inner boundaries."""
    m = draft.methodology
    for table in m.tables.values():
        if table.match == "points":
            continue
        inner = {row.start for row in table.rows[1:] if row.start is not None}
        if inner and not inner & set(_tried(draft, table.name)):
            boundaries = " or ".join(str(value) for value in sorted(inner))
            facts = {"boundaries": boundaries, "table": table.name}
            yield Fault(("tables", table.name, "rows"), facts)


def _tried(draft: Draft, table: str) -> Iterator[Decimal]:
    """Yield every number with which the examples look into a table."""
    keys = {
        visit.node.arguments[1]
        for visit in draft.visits
        if isinstance(visit.node, Call)
        and visit.node.function == "lookup"
        and visit.node.arguments[0] == Name(table)
    }
    wanted = {key.id for key in keys if isinstance(key, Name)}
    for _, _, result in draft.results:
        for (name, _), quantity in result.quantities.items():
            if name in wanted and isinstance(quantity.value, float):
                yield Decimal(repr(quantity.value))
