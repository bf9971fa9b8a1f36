"""Guide: ten lines for the participant, in the language asked for."""

from __future__ import annotations

from decimal import Decimal

from jcm_xl.model.key import Key
from jcm_xl.plan.builder import Builder
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.text.width import width
from jcm_xl.xlsx.grid import column_letters

_NUMBER, _LINE = FIRST_COLUMN, FIRST_COLUMN + 1


def guide_sheet(b: Builder) -> None:
    """Lay out the title, the numbered lines and the key of colours."""
    sheet = b.layout.sheet("guide")
    b.sheets["guide"], b.last_columns[sheet] = sheet, _LINE
    text, at = b.messages, b.row(sheet, 2)
    at.put(_NUMBER, Key("guide", "title"), "heading", style="title", span=2,
           content=text("guide.title"))  # fmt: skip
    at = at.down()
    book = text("guide.book", id=b.m.spreadsheet_id, title=b.m.title)
    at.put(_NUMBER, Key("guide", "book"), "note", style="prose", span=2, content=book)
    at.height(34)
    if doubt := text.find("unreviewed"):
        span = {"span": 2} if b.has_first_view else {}
        at.down().put(_NUMBER, Key("guide", "unreviewed"), "draft", style="draft",
                      content=doubt, **span)  # fmt: skip
        if b.has_first_view:
            at.down().height(18 * (1 + width(doubt) // 90))
    at = at.down(2)
    first = at.row
    lines = (line.format_map(b.layout.names) for line in text("guide.lines"))
    for n, line in enumerate(lines, 1):
        if ("Monthly" in line and not b.monthly) or ("Meters" in line and not b.meters):
            continue
        key, number = Key("guide", "line", unit=n), at.row - first + 1
        content = Decimal(number) if b.has_first_view else str(number)
        at.put(_NUMBER, key.of("number"), "label", content=content, style="plain")
        at.put(_LINE, key, "note", content=line, style="prose")
        # A Japanese sign takes the room of two; no program measures rows for us.
        at.height(18 * (1 + width(line) // 100))
        at = at.down()
    at = at.down()
    for style in ("number", "fixed", "default", "result"):
        key = Key("guide", "colour", style)
        at.put(_NUMBER, key, "note", content="", style=style)
        at.put(_LINE, key.of("means"), "note", style="prose",
               content=text(f"guide.colours.{style}"))  # fmt: skip
        at = at.down()
    if b.is_draft:
        draft = text(
            "guide.draft", **b.counters,
            column=column_letters(b.layout.table("calc")["source"].first),
        )  # fmt: skip
        span = {"span": 2} if b.has_first_view else {}
        at = at.down()
        at.put(_NUMBER, Key("guide", "draft"), "draft", style="draft", content=draft,
               **span)  # fmt: skip
        if b.has_first_view:
            at.height(18 * (1 + width(draft) // 90))
