"""Numbers that a workbook made by hand has itself and our definition leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jcm_xl.foreign.book import ForeignBook
from jcm_xl.foreign.found import Remark, Spot, Why
from jcm_xl.model.key import Key, value_key
from jcm_xl.plan.builder import STAGES
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.xlsx.grid import Grid


def with_given(found: ForeignBook, grid: Grid, layout: Layout | None) -> ForeignBook:
    """Return a book with the open numbers that its list of default values has.

    They are taken only where no row asks for them and all sheets have the same; what
    was taken so is remarked. No other input is taken from a calculation.
    """
    spots = dict(_given(found, grid, layout or official_layout()))
    if not spots:
        return found
    values = {key: spot.cell.value for key, spot in spots.items()}
    taken = replace(found.submission, values={**found.submission.values, **values})
    remarks = [
        Remark(s.sheet, s.address, f"{s.cell.value:.15g}", Why.GIVEN, key.name, key)
        for key, s in spots.items()
    ]
    return replace(
        found, found={**found.found, **spots}, submission=taken,
        remarks=(*found.remarks, *remarks),
    )  # fmt: skip


def _given(
    found: ForeignBook, grid: Grid, layout: Layout
) -> Iterator[tuple[Key, Spot]]:
    m = found.methodology
    keys = {
        p.name: key
        for p in m.inputs
        if p.is_unsettled and not p.index
        and (key := value_key(STAGES[0], p.name)) not in found.found
    }  # fmt: skip
    if not keys:
        return
    from jcm_xl.adopt.find import find
    from jcm_xl.adopt.names import Names

    given = find(grid, Names(m), layout).given()
    for name, key in keys.items():
        label = given.get(name)
        if label is not None:
            yield key, Spot(*label.place, label.cell)
