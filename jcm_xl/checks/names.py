"""The names of the template that can be compared with those of a book."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.submission.opened import OpenedBook


def names_to_compare(context: OpenedBook) -> Iterator[tuple[str, str]]:
    """Yield name and range of the template; not of sheets whose cells moved."""
    changes = context.alterations
    moved = {*changes.moved, *changes.renamed, *changes.missing}
    for name, expected in context.plan.names.items():
        sheet = expected.rpartition("!")[0].strip("'")
        if sheet not in moved:
            yield name, expected
