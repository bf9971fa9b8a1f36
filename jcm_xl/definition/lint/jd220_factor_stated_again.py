"""A number of electricity is stated here that belongs into the table of facts.

Why it matters
    A factor that stands in many definitions is confirmed in one and forgotten in the
    others. In `workbook_templates/facts` it stands once, and whoever cites it follows.

How to fix it
    Put it into the table with its source and grade, and cite it: `fact = "TH.grid"`. A
    factor that is this methodology's alone has a place there, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, KeyPath, Severity, lint
from jcm_xl.expr.units import Unit

_UNIT = Unit.parse("tCO2/MWh")


@lint(
    severity=Severity.NOTE,
    message="{name} states {value} tCO2/MWh; cite a fact instead.",
)
def factor_stated_again(draft: Draft) -> Iterator[Fault]:
    """Look at defaults and table rows in the unit of a factor of electricity."""
    m = draft.methodology
    if m.status == "example":
        return
    for p in m.parameters.values():
        if p.unit == _UNIT and p.value is not None and not p.fact:
            facts = {"name": p.name, "value": p.value}
            yield Fault(("parameters", p.name, "value"), facts)
    for t in m.tables.values():
        for i, row in enumerate(t.rows if t.unit == _UNIT else ()):
            if not row.fact:
                path: KeyPath = ("tables", t.name, "rows", i)
                yield Fault(path, {"name": t.name, "value": row.value})
