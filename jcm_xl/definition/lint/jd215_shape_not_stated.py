"""The definition does not say which calculation shape it has.

Why it matters
    The catalogue lists methodologies by shape, and authors begin with the skeleton
    of a shape; one without it is found by its title only.

How to fix it
    Add `shape = N` to [methodology]; `jcm-xl new-methodology --shapes` lists the
    numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.NOTE,
    message="No calculation shape is stated.",
)
def shape_not_stated(draft: Draft) -> Iterator[Fault]:
    """Look for the key `shape`."""
    if draft.methodology.shape is None:
        yield Fault(("methodology",))
