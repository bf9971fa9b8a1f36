"""Reference emissions exceed the business-as-usual emissions that an example states.

Why it matters
    The JCM credits nothing above what would have been emitted anyway: reference
    emissions are set below business as usual, and section F.1 of the methodology
    says why.

How to fix it
    Lower the reference emissions (a conservative default, an efficient reference),
    or correct `business_as_usual` of the example.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.ERROR,
    message="Reference emissions are {reference} tCO2/p, above the business-as-"
    "usual emissions of {usual} tCO2/p.",
)
def reference_above_usual(draft: Draft) -> Iterator[Fault]:
    """Compare them in each example that states `business_as_usual`."""
    name = draft.methodology.results.reference
    for position, example, result in draft.results:
        usual, reference = example.business_as_usual, result.get(name)
        if usual is None or reference is None or not isinstance(reference.value, float):
            continue
        excess = reference.value - float(usual)
        if excess > example.rel_tol * max(1, abs(float(usual))):
            facts = {"reference": f"{reference.value:.15g}", "usual": usual}
            yield Fault(("examples", position, "business_as_usual"), facts)
