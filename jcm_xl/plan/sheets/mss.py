"""MSS: who is responsible for what."""

from __future__ import annotations

from jcm_xl.model.key import Key
from jcm_xl.plan.builder import Builder


def mss_sheet(b: Builder) -> None:
    """Lay out the two columns, all cells of which the participant fills."""
    table, top = b.layout.table("mss"), b.layout("mss.first")
    sheet = b.begin("mss", table.last)
    heads = b.row(sheet, top, table)
    for i, column in enumerate(table, 1):
        heads.put(column.role, Key("mss", "head", unit=i), "heading",
                  content=column.heading, style="head")  # fmt: skip
    for n in range(1, b.layout("mss.rows") + 1):
        at = heads.down(n)
        for role in table.roles:
            b.input(at, role, Key("mss", role, unit=n), role, "text", unit=n)
        at.height(32)
    b.freeze[sheet] = (top, 0)
