"""An emission source names a gas that the methodology does not list.

Why it matters
    Section E and the heading of the document would contradict each other.

How to fix it
    Add the gas to `gases` in [methodology], or correct it at the emission source.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.WARNING,
    message="{gas} is not among the gases of the methodology: {gases}.",
)
def gas_not_listed(draft: Draft) -> Iterator[Fault]:
    """Compare the gases of the emission sources with those of the head."""
    m = draft.methodology
    for position, source in enumerate(m.emission_sources):
        for gas in (part.strip() for part in source.gas.split(",")):
            if gas not in (*m.gases, "N/A", "-"):
                facts = {"gas": gas, "gases": ", ".join(m.gases) or "none"}
                yield Fault(("emission_sources", position, "gas"), facts)
