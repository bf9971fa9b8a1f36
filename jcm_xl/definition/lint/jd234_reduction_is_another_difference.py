"""The reduction of an example is not reference less project.

Why it matters
    Emission reductions are reference emissions less project emissions, or less than
    that where a discount or leakage is taken off. Where the sign is reversed, or
    [results] exchanges the two, every example agrees with its own numbers, and the
    first participant gets a negative result.

How to fix it
    Write `ER_p = RE_p - PE_p`, and name the two in [results] as section F and G of the
    methodology do; leakage is taken off, too, where [results] names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.model.result import Result


@lint(
    severity=Severity.ERROR,
    message="The reduction is {reduction} tCO2/p; {reference} less {taken} is "
    "{difference}{hint}.",
)
def reduction_is_another_difference(draft: Draft) -> Iterator[Fault]:
    """Compare the three results in each example; less than the difference is fair."""
    results = draft.methodology.results
    for position, example, result in draft.results:
        reduction = result.unrounded
        reference = _value(result, results.reference)
        taken = [n for n in (results.project, results.leakage) if n]
        less = [_value(result, name) for name in taken]
        if reduction is None or reference is None or None in less:
            continue
        project = sum(value for value in less if value is not None)
        difference = reference - project
        room = example.rel_tol * max(1.0, abs(reference), abs(project))
        low, high = sorted((0.0, difference))
        if low - room <= reduction <= high + room:
            continue
        is_reversed = abs(reduction + difference) <= room
        hint = ": a sign, or reference and project, is reversed" if is_reversed else ""
        facts = {
            "reduction": f"{reduction:.6g}", "difference": f"{difference:.6g}",
            "reference": results.reference, "taken": " less ".join(taken), "hint": hint,
        }  # fmt: skip
        yield Fault(("examples", position), facts)


def _value(result: Result, name: str) -> float | None:
    found = result.get(name)
    value = found.value if found else None
    return float(value) if isinstance(value, float | int) else None
