"""What honest people and programs do to a book: no finding may ask for action.

Neighbours of what `tampered` does: they look alike and hide nothing.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from bench.quality.books import BY_CHANCE, FULL
from bench.quality.changes import add_rule, carrying, is_number, note_at
from bench.quality.outcome import NOTHING, Outcome
from bench.quality.package_edit import COMPATIBLE, MAIN, OFFICE, Book, tag
from bench.quality.tampered import HANDS, base
from jcm_xl import api
from jcm_xl.model.finding import Severity
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import column_letters, parse_address

Slots: TypeAlias = Sequence[Slot]
Touch = Callable[[Book, Slots, Slot, random.Random], None]


def _cell(book: Book, slot: Slot) -> etree._Element:
    return book.cell(slot.sheet, slot.address)


def other_font(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Bold, a common font, a size that is read, a dark colour."""
    font = chance.choice((
        {"b": ""}, {"i": ""}, {"sz": "val=9"}, {"sz": "val=16"}, {"name": "val=Arial"},
        {"name": "val=Meiryo"}, {"name": "val=Tahoma"}, {"color": "rgb=FF1F3864"},
        {"color": "rgb=FFC00000"}, {"u": ""}, {"name": "val=Times"},
    ))  # fmt: skip
    book.restyle(_cell(book, slot), font=font)


def other_fill(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Mark a cell with a light colour."""
    colour = chance.choice(("FFFFFF00", "FFFCE4D6", "FFE2EFDA", "FFFFFFFF", "FF92D050"))
    book.restyle(_cell(book, slot), fill=colour)


def other_alignment(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Move what is shown within its cell."""
    how = chance.choice((
        {"horizontal": "center"}, {"horizontal": "left", "indent": "1"},
        {"vertical": "top"}, {"horizontal": "right"},
    ))  # fmt: skip
    book.restyle(_cell(book, slot), alignment=how)


def more_digits(book: Book, slots: Slots, slot: Slot, chance: random.Random) -> None:
    """Show a number with all its digits, in a format of the program's own list."""
    numbers = [s for s in carrying(slots) if is_number(s)]
    slot = chance.choice(numbers)
    code = chance.choice((
        "General", "0.000000000000", "#,##0.000000000000", "#,##0.############",
    ))  # fmt: skip
    book.restyle(_cell(book, slot), code=code)


def other_days(book: Book, slots: Slots, slot: Slot, chance: random.Random) -> None:
    """Show a day in the order of the country."""
    for slot in slots:
        if str(slot.key) in ("period.start", "period.end"):
            code = chance.choice((
                "dd/mm/yyyy", "yyyy/m/d", "d mmm yyyy", 'yyyy"年"m"月"d"日"',
                "dd\\-mm\\-yyyy", "[$-409]d\\-mmm\\-yyyy;@", "dd.mm.yyyy",
            ))  # fmt: skip
            book.restyle(_cell(book, slot), code=code)


def zoomed(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Another zoom, another view, grid lines, a colour of the tab."""
    view = book.sheet(slot.sheet).find(f"{tag('sheetViews')}/{tag('sheetView')}")
    assert view is not None
    view.set("zoomScale", chance.choice(("70", "85", "130")))
    if chance.random() < 0.5:
        view.set("view", "pageBreakPreview")
    properties = book.sheet(slot.sheet).find(tag("sheetPr"))
    if properties is not None:
        properties.insert(0, etree.Element(tag("tabColor"), {"rgb": "FF00B050"}))


def company_on_page(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Print the company and the page."""
    root = book.sheet(slot.sheet)
    for old in root.findall(tag("headerFooter")):
        root.remove(old)
    element = etree.Element(tag("headerFooter"))
    etree.SubElement(element, tag("oddHeader")).text = "&LGreen Power Co., Ltd."
    etree.SubElement(element, tag("oddFooter")).text = "&CPage &P of &N&R&D"
    book.follow(slot.sheet, element)
    chance.random()


def wider(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Widen columns, heighten a row."""
    for entry in book.sheet(slot.sheet).iter(tag("col")):
        width = float(entry.get("width", 9))
        entry.set("width", f"{width * chance.uniform(1.0, 1.6):.4f}")
    row = book.row(slot.sheet, slot.address)
    row.attrib.update({"ht": "48", "customHeight": "1"})


_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "78da63fccf50cf0000048101800bdc1b5a0000000049454e44ae426082"
)


def logo(book: Book, slots: Slots, slot: Slot, chance: random.Random) -> None:
    """Put a small picture beside the tables."""
    cells = [c.get("r", "") for c in book.sheet(slot.sheet).iter(tag("c"))]
    last = max(parse_address(cell)[1] for cell in cells) + 3
    text = f"""<xdr:wsDr xmlns:xdr="{_DRAW}" xmlns:a="{_ART}" xmlns:r="{OFFICE}">\
<xdr:oneCellAnchor><xdr:from><xdr:col>{last}</xdr:col><xdr:colOff>0</xdr:colOff>\
<xdr:row>{chance.randint(0, 4)}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
<xdr:ext cx="900000" cy="300000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" \
name="Logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/>\
<a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect">\
<a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>\
</xdr:wsDr>"""
    name = "xl/drawings/drawing88.xml"
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    book.add(name, text.encode(), kind)
    book.add("xl/media/logo.png", _DOT, "image/png", override=False)
    book.relations(name)
    relation = book.tree(book.relations(name))
    facts = {"Id": "rId1", "Type": f"{OFFICE}/image", "Target": "../media/logo.png"}
    relation.append(etree.Element(f"{{{relation.nsmap[None]}}}Relationship", facts))
    book.relate(book.part(slot.sheet), "drawing", "../drawings/drawing88.xml")
    relation_id = f"rIdNew{len(book.tree(book.relations(book.part(slot.sheet))))}"
    element = etree.Element(tag("drawing"), {tag("id", OFFICE): relation_id})
    if book.sheet(slot.sheet).find(tag("drawing")) is None:
        book.follow(slot.sheet, element)


def note(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Put a note at a cell, shown when the pointer rests there."""
    note_at(book, slot, chance, is_visible=False)


def colour_rule(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Colour cells by a rule of one's own."""
    inner = chance.choice((
        '<fill><patternFill><bgColor rgb="FFFFFF99"/></patternFill></fill>',
        "<font><b/></font>", '<font><color rgb="FFC00000"/></font>',
    ))  # fmt: skip
    style = book.conditional(inner)
    column, row = column_letters(slot.column), slot.row
    add_rule(
        book, slot, f"{column}{row}:{column}{row + 2}",
        f"<cfRule type='expression' dxfId='{style}' priority='9'>"
        f"<formula>{slot.address}&gt;0</formula></cfRule>",
    )  # fmt: skip


_REVISION = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
_DESCENT = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"


def as_excel_saves(book: Book, slots: Slots, slot: Slot, chance: random.Random) -> None:
    """Add the marks of later versions that Excel declares as ignorable."""
    spaces = {"mc": COMPATIBLE, "x14ac": _DESCENT, "xr": _REVISION}
    for sheet in {s.sheet for s in slots}:
        old = book.sheet(sheet)
        new = etree.Element(old.tag, dict(old.attrib), nsmap={**old.nsmap, **spaces})
        new[:] = list(old)
        new.set(tag("Ignorable", COMPATIBLE), "x14ac xr")
        new.set(tag("uid", _REVISION), "{00000000-0001-0000-0000-000000000000}")
        for row in new.iter(tag("row")):
            row.set(tag("dyDescent", _DESCENT), "0.25")
        book.replace(book.part(sheet), new)
    chance.random()


def own_sheet(book: Book, _: Slots, slot: Slot, chance: random.Random) -> None:
    """Add a sheet with one's own figures."""
    text = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
        "<t>Meter readings</t></is></c></row>"
        + "".join(
            f'<row r="{n}"><c r="A{n}"><v>{chance.randint(1, 9000)}</v></c></row>'
            for n in range(2, 14)
        )
        + "</sheetData></worksheet>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    book.add("xl/worksheets/sheet88.xml", text.encode(), kind)
    name = book.relate("xl/workbook.xml", "worksheet", "worksheets/sheet88.xml")
    entry = {"name": "Readings", "sheetId": "88", tag("id", OFFICE): name}
    etree.SubElement(
        book.tree("xl/workbook.xml").find(tag("sheets")), tag("sheet"), entry
    )  # type: ignore[arg-type]


TOUCHES: tuple[Touch, ...] = (
    other_font, other_fill, other_alignment, more_digits, other_days, zoomed,
    company_on_page, wider, logo, note, colour_rule, as_excel_saves, own_sheet,
)  # fmt: skip


def touched(seeds: range) -> dict[str, Outcome]:
    """Judge touched books: a finding above NOTE is a false alarm."""
    total = {_row(hand): NOTHING for hand in HANDS}
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            hand = HANDS[seed % len(HANDS)]
            total[_row(hand)] += touched_one(seed, hand, Path(folder))
    return total


def _row(hand: str) -> str:
    return f"touched, {hand}"


TARGETS = {
    _row(hand): f"honest touches of a package, book {hand}: 0 above NOTE"
    for hand in HANDS
}


def touched_one(seed: int, hand: str, folder: Path) -> Outcome:
    """Touch one book and judge it."""
    chance = random.Random(f"touched {seed}")
    honest = base(seed // len(HANDS), hand)
    book = Book(honest.data)
    touch = TOUCHES[seed // (len(HANDS) * 2) % len(TOUCHES)]
    slot = chance.choice(honest.carrying)
    touch(book, honest.slots, slot, chance)
    path = folder / "touched.xlsx"
    path.write_bytes(book.bytes())
    found = [
        d for d in api.check(path, FULL).diagnostics
        if d.severity > Severity.NOTE and d.code not in BY_CHANCE
    ]  # fmt: skip
    where = f"{slot.sheet}!{slot.address}"
    sample = f"seed {seed}: {honest.key} {hand} {touch.__name__} {where}"
    words = tuple(f"{sample}: {d.code} {d.place} {d.message}" for d in found[:1])
    return Outcome(1, int(bool(found)), words)
