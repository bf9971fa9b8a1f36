"""Guide: ten lines for the participant, in the language asked for."""

from __future__ import annotations

from jcm_xl.plan.builder import Builder


def guide_sheet(b: Builder) -> None:
    """Lay out the title, the numbered lines and the key of colours."""
    sheet = b.layout.sheet("guide")
    b.sheets["guide"], b.last_columns[sheet] = sheet, 3
    text = b.messages
    b.put(
        "guide.title",
        sheet,
        2,
        2,
        "heading",
        style="title",
        span=2,
        content=text("guide.title"),
    )
    b.put(
        "guide.book",
        sheet,
        3,
        2,
        "note",
        style="prose",
        span=2,
        content=text("guide.book", id=b.m.spreadsheet_id, title=b.m.title),
    )
    b.heights[sheet, 3] = 34
    row = 5
    for n, line in enumerate(text("guide.lines"), 1):
        if ("Monthly" in line and not b.monthly) or ("Meters" in line and not b.meters):
            continue
        b.put(
            f"guide.number:{n}",
            sheet,
            row,
            2,
            "label",
            content=str(row - 4),
            style="plain",
        )
        b.put(f"guide.line:{n}", sheet, row, 3, "note", content=line, style="prose")
        # A Japanese sign takes the room of two; no program measures rows for us.
        signs = sum(2 if ord(sign) > 0x2E80 else 1 for sign in line)
        b.heights[sheet, row] = 18 * (1 + signs // 100)
        row += 1
    row += 1
    for style in ("number", "fixed", "default", "result"):
        b.put(f"guide.colour:{style}", sheet, row, 2, "note", content="", style=style)
        b.put(
            f"guide.means:{style}",
            sheet,
            row,
            3,
            "note",
            style="prose",
            content=text(f"guide.colours.{style}"),
        )
        row += 1
    if b.m.is_draft:
        b.put(
            "guide.draft",
            sheet,
            row + 1,
            2,
            "draft",
            style="draft",
            content=text("guide.draft", count=len(b.m.drafts)),
        )
