"""MSS: who is responsible for what."""

from __future__ import annotations

from jcm_xl.plan.builder import Builder

FIRST = 5


def mss_sheet(b: Builder) -> None:
    """Lay out the two columns, all cells of which the participant fills."""
    sheet = b.begin("mss", 3)
    b.line("mss.head", sheet, FIRST, 2, b.layout("mss.headings"))
    for n in range(1, b.layout("mss.rows") + 1):
        for column, role in ((2, "person"), (3, "role")):
            b.put(
                f"mss.{role}:{n}",
                sheet,
                FIRST + n,
                column,
                role,
                style="input",
                unit=n,
                is_input=True,
                rule="text",
            )
        b.heights[sheet, FIRST + n] = 32
    b.freeze[sheet] = (FIRST, 0)
