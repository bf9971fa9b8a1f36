"""Changes that hide tonnes, show them otherwise or store them twice.

Each is made in the package, as a person with a zip program would, and takes a cell on
which tonnes rest. Changes that need not hide anything stand in `touched`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import NamedTuple

from lxml import etree

from bench.quality.mutants import formula_mutants
from bench.quality.package_edit import (
    COMPATIBLE,
    MAIN,
    OFFICE,
    PACKAGE,
    Book,
    Element,
    tag,
)
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import Cell, column_letters

Change = Callable[[Book, Slot, random.Random], None]


class Kind(NamedTuple):
    """A kind of change: what it does, and on which cells it can be done."""

    name: str
    change: Change
    fits: Callable[[Slot], bool] = lambda _: True


# -- cells on which tonnes rest --------------------------------------------------------

_RESULTS = ("RE_p", "PE_p", "ER_p")


def carrying(slots: Iterable[Slot]) -> list[Slot]:
    """Return the cells of the report that are read as tonnes or as their ground."""
    return [s for s in slots if _carries(s)]


def _carries(slot: Slot) -> bool:
    key = slot.key
    if str(key) in ("mrs.result", "mrs.result.unit"):
        return True
    if key.stage != "mrs":
        return False
    if key.notion == "quantity" and key.name in _RESULTS:
        return key.part in ("", "unit")
    return key.notion in ("value", "unit") and bool(key.name) and not key.part


def is_result(slot: Slot) -> bool:
    """Tell whether it is Table 3's number."""
    return str(slot.key) == "mrs.result"


def is_number(slot: Slot) -> bool:
    """Tell whether a number is meant to stand there."""
    return slot.role in ("value", "quantity", "result", "copy") and slot.key.part == ""


def is_text(slot: Slot) -> bool:
    """Tell whether a text stands there."""
    return slot.role == "unit"


# -- styles ----------------------------------------------------------------------------


def _lie(chance: random.Random) -> str:
    """Return a number format that shows another number, or none."""
    digit = chance.choice("123456789")
    return chance.choice((
        f'"{digit}00"', "0*0", f'0"{digit}"', f"0\\{digit}", f'"{digit}"0',
        'General"l"', 'General"0"', '0"O"', '0"千"', '0" k"', '0" thousand"',
        "0\\.000", "0E+0", '0_)"²"', '0.0"e1"', "[White]0", "[White]#,##0.00", ";;;",
        '""', '" "', "0,", "#,##0,,", '#,##0.0,"5"',
        f'[>0]"{digit}00";0', f'[<99999999]"{digit}";0', 'yyyy"-"mm', "hh:mm",
        f'[=0]0;"{digit}1"', f"{digit}{digit}", '"("0")"0', f'0."{digit}"',
        '[$千-411]0"0"', f'0"{digit}";0', '"~"',
    )) if chance.random() < 0.8 else _mixed_lie(chance)  # fmt: skip


def _mixed_lie(chance: random.Random) -> str:
    """Return digits of a format with a literal digit somewhere between them."""
    base = chance.choice(("0", "0.0", "#,##0", "#,##0.00", "General"))
    digit = chance.choice("123456789")
    extra = chance.choice((f'"{digit}"', f"\\{digit}", f'" {digit}"', f"_x\\{digit}"))
    return extra + base if chance.random() < 0.5 else base + extra


def lying_format(book: Book, slot: Slot, chance: random.Random) -> None:
    """Give a number a format that shows another one; a text needs a part of its own."""
    if _is_text(book, slot):
        lying_text(book, slot, chance)
        return
    cell = book.cell(slot.sheet, slot.address)
    number = float(str(cell.findtext(tag("v")) or 0))
    code = _lie(chance)
    while code == "0E+0" and float(f"{number:.0e}") == number:  # it shows 400 as 4E+2
        code = _lie(chance)
    book.restyle(cell, code=code)


def _is_text(book: Book, slot: Slot) -> bool:
    kind = book.cell(slot.sheet, slot.address).get("t")
    return kind in ("s", "str", "inlineStr")


def lying_text(book: Book, slot: Slot, chance: random.Random) -> None:
    """Give a text a format whose fourth part shows another one."""
    others = [t for t in ("kWh/p", "GJ/p", "t", "ktCO2/p", "1") if t != slot.content]
    other = chance.choice(others)
    head = chance.choice(("0;0;0;", "General;General;General;", ";;;"))
    book.restyle(book.cell(slot.sheet, slot.address), code=f'{head}"{other}"')


_UNREADABLE: tuple[dict[str, str], ...] = (
    {"sz": "val=1"}, {"sz": "val=2"}, {"sz": "val=0.5"}, {"name": "val=Wingdings"},
    {"name": "val=Symbol", "charset": "val=2"}, {"name": "val=Webdings"},
    {"name": 'val=Wingdings_2'.replace("_", "\u00a0")}, {"strike": ""},
)  # fmt: skip


def unreadable_font(book: Book, slot: Slot, chance: random.Random) -> None:
    """Write it in signs that nobody reads."""
    font = dict(chance.choice(_UNREADABLE))
    if "name" in font:
        font["name"] = font["name"].replace("\u00a0", " ").split(" ")[0]
    book.restyle(book.cell(slot.sheet, slot.address), font=font)


def like_the_ground(book: Book, slot: Slot, chance: random.Random) -> None:
    """Write it in the colour of its cell."""
    cell = book.cell(slot.sheet, slot.address)
    colour, font = chance.choice((
        ("FFFFFFFF", "rgb=FFFFFFFF"), ("FFFFFFFF", "theme=0"), ("FF000000", "theme=1"),
        ("FFDEEAF6", "rgb=FFDEEAF6"), ("FFFFFFFF", "indexed=1"),
        ("FFE2EFDA", "rgb=FFE3F0DB"), ("FFFFFFFF", "theme=0 tint=-0.02"),
        ("FFFFFFFF", "theme=1 tint=0.98"), ("FF123456", "rgb=FF133557"),
    ))  # fmt: skip
    book.restyle(cell, font={"color": font}, fill=colour)


def out_of_its_cell(book: Book, slot: Slot, chance: random.Random) -> None:
    """Push what is shown out of its cell."""
    how = chance.choice((
        {"horizontal": "left", "indent": "250"},
        {"horizontal": "right", "indent": "200"}, {"horizontal": "fill"},
    ))  # fmt: skip
    book.restyle(book.cell(slot.sheet, slot.address), alignment=how)


# -- rules -----------------------------------------------------------------------------

_EFFECTS = (
    '<font><color rgb="FFFFFFFF"/></font><fill><patternFill><bgColor rgb="FFFFFFFF"/>'
    "</patternFill></fill>",
    '<numFmt numFmtId="199" formatCode="&quot;500&quot;"/>',
    '<numFmt numFmtId="198" formatCode=";;;"/>',
    '<numFmt numFmtId="197" formatCode="0&quot;0&quot;"/>',
    '<font><color theme="0"/></font><fill><patternFill patternType="solid">'
    '<fgColor theme="0"/><bgColor theme="0"/></patternFill></fill>',
)


def rule(book: Book, slot: Slot, chance: random.Random) -> None:
    """Let a rule hide it or show another number."""
    area = _area(slot, chance)
    style = book.conditional(chance.choice(_EFFECTS))
    test = chance.choice((
        "<cfRule type='expression' dxfId='{}' priority='1'><formula>TRUE</formula>"
        "</cfRule>",
        "<cfRule type='expression' dxfId='{}' priority='1'><formula>1</formula>"
        "</cfRule>",
        "<cfRule type='cellIs' operator='notEqual' dxfId='{}' priority='1'>"
        "<formula>-1234.5</formula></cfRule>",
        "<cfRule type='notContainsBlanks' dxfId='{}' priority='1'><formula>"
        "LEN(TRIM(A1))&gt;0</formula></cfRule>",
    )).format(style)  # fmt: skip
    add_rule(book, slot, area, test)


_BARS = (
    "<cfRule type='dataBar' priority='1'><dataBar showValue='0'><cfvo type='min'/>"
    "<cfvo type='max'/><color rgb='FF638EC6'/></dataBar></cfRule>",
    "<cfRule type='iconSet' priority='1'><iconSet showValue='0'><cfvo type='percent' "
    "val='0'/><cfvo type='percent' val='33'/><cfvo type='percent' val='67'/></iconSet>"
    "</cfRule>",
)


def bar_without_value(book: Book, slot: Slot, chance: random.Random) -> None:
    """Show a bar or a sign in place of the number; a text has none."""
    if _is_text(book, slot):
        rule(book, slot, chance)
        return
    add_rule(book, slot, _area(slot, chance), chance.choice(_BARS))


def _area(slot: Slot, chance: random.Random) -> str:
    column, row = column_letters(slot.column), slot.row
    return chance.choice(
        (slot.address, f"A1:XFD{row}", f"{column}{row}:{column}{row + 3}", "A1:Z200")
    )


def add_rule(book: Book, slot: Slot, area: str, text: str) -> None:
    """Add a rule for an area of the sheet of a cell."""
    whole = f"<conditionalFormatting xmlns='{MAIN}' sqref='{area}'>{text}"
    element = etree.fromstring(f"{whole}</conditionalFormatting>")
    book.follow(slot.sheet, element)


# -- drawings --------------------------------------------------------------------------

_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHAPE = """<xdr:sp macro="" textlink=""><xdr:nvSpPr>\
<xdr:cNvPr id="{number}" name="T"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>\
<xdr:spPr><a:xfrm><a:off x="0" y="0"/>\
<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>\
</a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></xdr:spPr>\
<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>\
<xdr:clientData/>"""


def drawing(book: Book, slot: Slot, chance: random.Random) -> None:
    """Draw a box with another number over it, hung up in one of three ways."""
    column, row = _numbers(slot)
    shape = _SHAPE.format(
        number=chance.randint(500, 900), width=1_500_000, height=300_000,
        fill=chance.choice(("FFFFFF", "E2EFDA", "DEEAF6")),
        text=chance.choice(("500", "500 t", "")),
    )  # fmt: skip
    start = (
        f"<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    )
    ends = (
        f"<xdr:to><xdr:col>{column + 1}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row + 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    )
    size = '<xdr:ext cx="9000000" cy="4000000"/>'
    anchor = chance.choice((
        f"<xdr:twoCellAnchor>{start}{ends}{shape}</xdr:twoCellAnchor>",
        f"<xdr:oneCellAnchor>{start}{size}{shape}</xdr:oneCellAnchor>",
        '<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="90000000" '
        f'cy="90000000"/>{shape}</xdr:absoluteAnchor>',
    ))  # fmt: skip
    whole = f'<xdr:wsDr xmlns:xdr="{_DRAW}" xmlns:a="{_ART}">{anchor}</xdr:wsDr>'
    book.add(
        "xl/drawings/drawing77.xml", whole.encode(),
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    )  # fmt: skip
    part = book.part(slot.sheet)
    name = book.relate(part, "drawing", "../drawings/drawing77.xml")
    for old in book.sheet(slot.sheet).findall(tag("drawing")):
        book.sheet(slot.sheet).remove(old)
    element = etree.Element(tag("drawing"), {tag("id", OFFICE): name})
    book.follow(slot.sheet, element)


_COMMENT = """<xml xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" \
type="#_x0000_t202" style="position:absolute;visibility:{state}" fillcolor="#ffffff">\
<v:textbox>500</v:textbox><x:ClientData ObjectType="Note">{shown}<x:Anchor>\
{c}, 0, {r}, 0, {c2}, 0, {r2}, 0</x:Anchor><x:Row>{row}</x:Row><x:Column>{column}\
</x:Column></x:ClientData></v:shape></xml>"""


def visible_note(book: Book, slot: Slot, chance: random.Random) -> None:
    """Let the box of a note that is always shown lie over it."""
    note_at(book, slot, chance, is_visible=True)


def note_at(book: Book, slot: Slot, chance: random.Random, *, is_visible: bool) -> None:
    """Put a note some rows below, its box over the cell."""
    column, row = _numbers(slot)
    places = {
        "c": column, "r": row, "c2": column + 2, "r2": row + 2, "row": row + 6,
        "column": column, "shown": "<x:Visible/>" if is_visible else "",
        "state": "visible" if is_visible else "hidden",
    }  # fmt: skip
    part = book.part(slot.sheet)
    below = f"{column_letters(column + 1)}{row + 7}"
    book.add(
        "xl/drawings/vmlDrawing77.vml", _COMMENT.format(**places).encode(),
        "application/vnd.openxmlformats-officedocument.vmlDrawing", override=False,
    )  # fmt: skip
    book.add(
        "xl/comments77.xml",
        f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList>'
        f'<comment ref="{below}" authorId="0"><text><t>500</t></text></comment>'
        "</commentList></comments>".encode(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    )  # fmt: skip
    book.relate(part, "comments", "../comments77.xml")
    name = book.relate(part, "vmlDrawing", "../drawings/vmlDrawing77.vml")
    element = etree.Element(tag("legacyDrawing"), {tag("id", OFFICE): name})
    book.follow(slot.sheet, element)
    chance.random()


def _numbers(slot: Slot) -> tuple[int, int]:
    return slot.column - 1, slot.row - 1


# -- views -----------------------------------------------------------------------------


def out_of_reach(book: Book, slot: Slot, chance: random.Random) -> None:
    """Hide its row, column or sheet, or make it too small to be seen."""
    root, row = book.sheet(slot.sheet), book.row(slot.sheet, slot.address)
    how = chance.choice(("row", "height", "column", "width", "sheet", "very", "merge"))
    if how == "row":
        row.set("hidden", "1")
    elif how == "height":
        row.attrib.update({"ht": chance.choice(("0", "0.5", "2")), "customHeight": "1"})
    elif how in ("column", "width"):
        _column(root, slot.column, how, chance)
    elif how == "merge" and not _is_below_itself(book, slot):
        _merge(book, slot)
    elif how == "merge":  # what lies under the same words is no secret
        row.set("hidden", "1")
    else:
        state = "hidden" if how == "sheet" else "veryHidden"
        book.listed(slot.sheet).set("state", state)


def _column(root: Element, column: int, how: str, chance: random.Random) -> None:
    columns = root.find(tag("cols"))
    assert columns is not None
    facts = {"hidden": "1"} if how == "column" else {
        "width": chance.choice(("0", "0.1", "0.4")), "customWidth": "1"
    }  # fmt: skip
    for entry in list(columns):
        first, last = int(entry.get("min", 0)), int(entry.get("max", 0))
        if first <= column <= last:
            for start, end, change in (
                (first, column - 1, {}),
                (column, column, facts),
                (column + 1, last, {}),
            ):  # fmt: skip
                if start <= end:
                    part = dict(entry.attrib) | {"min": str(start), "max": str(end)}
                    entry.addprevious(etree.Element(tag("col"), part | change))
            columns.remove(entry)
            return
    place = {"min": str(column), "max": str(column), "width": "1"}
    columns.append(etree.Element(tag("col"), place | facts))


def _is_below_itself(book: Book, slot: Slot) -> bool:
    """Tell whether the cell above says the same."""
    above = f"{column_letters(slot.column)}{slot.row - 1}"
    cells = {c.get("r"): c for c in book.sheet(slot.sheet).iter(tag("c"))}
    one, other = cells.get(slot.address), cells.get(above)
    if one is None or other is None:
        return False
    return (one.get("t"), one.findtext(tag("v"))) == (
        other.get("t"), other.findtext(tag("v"))
    )  # fmt: skip


def _merge(book: Book, slot: Slot) -> None:
    """Let the cell above cover it."""
    root = book.sheet(slot.sheet)
    merged = root.find(tag("mergeCells"))
    if merged is None:
        merged = etree.Element(tag("mergeCells"))
        book.follow(slot.sheet, merged)
    column, row = column_letters(slot.column), slot.row
    area = f"{column}{row - 1}:{column}{row}"
    etree.SubElement(merged, tag("mergeCell"), {"ref": area})
    merged.set("count", str(len(merged)))


# -- storage ---------------------------------------------------------------------------


def two_numbers(book: Book, slot: Slot, chance: random.Random) -> None:
    """Store the cell so that two readers may read two numbers."""
    cell = book.cell(slot.sheet, slot.address)
    row = cell.getparent()
    assert row is not None
    twin = etree.fromstring(
        f'<c xmlns="{MAIN}" r="{slot.address}"><v>500</v></c>'.encode()
    )
    how = chance.choice(("twin", "choice", "value", "row", "foreign"))
    if how == "twin":
        (cell.addnext if chance.random() < 0.5 else cell.addprevious)(twin)
    elif how == "choice":
        _wrap(cell, twin)
    elif how == "value":
        extra = etree.SubElement(cell, tag("v"))
        extra.text = "500"
    elif how == "row":
        other = etree.Element(tag("row"), {"r": row.get("r", "")})
        other.append(twin)
        (row.addnext if chance.random() < 0.5 else row.addprevious)(other)
    else:
        cell.set("{urn:other}t", "n")
        cell.set("{urn:other}r", "A1")


def _wrap(cell: Element, twin: Element) -> None:
    whole = etree.Element(tag("AlternateContent", COMPATIBLE), nsmap={"mc": COMPATIBLE})
    for name, content in (("Choice", cell), ("Fallback", twin)):
        facts = {"Requires": "x99"} if name == "Choice" else {}
        part = etree.SubElement(whole, tag(name, COMPATIBLE), facts)
        if content is cell:
            cell.addprevious(whole)
        part.append(content)


def two_sheets(book: Book, slot: Slot, chance: random.Random) -> None:
    """Let two parts pass for the sheet: one with another number in this cell."""
    part = book.part(slot.sheet)
    twin = etree.fromstring(etree.tostring(book.sheet(slot.sheet)))
    for cell in twin.iter(tag("c")):
        if cell.get("r") == slot.address:
            cell.attrib.pop("t", None)
            cell[:] = [etree.fromstring(f'<v xmlns="{MAIN}">500</v>')]
    name = part.replace("sheet", "sheat", 1) if "worksheets" not in part else (
        part.replace("/sheet", "/page")
    )  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    book.add(name, etree.tostring(twin), kind)
    relations = book.tree("xl/_rels/workbook.xml.rels")
    entry = book.listed(slot.sheet)
    target = name.removeprefix("xl/")
    how = chance.choice(("relation", "foreign id", "second sheet", "escape"))
    facts = {"Type": f"{OFFICE}/worksheet", "Target": target}
    if how == "relation":
        double = {"Id": str(entry.get(tag("id", OFFICE))), **facts}
        relations.insert(
            chance.choice((0, len(relations))),
            etree.Element(tag("Relationship", PACKAGE), double),
        )
        return
    if how == "escape":
        _escaped(book, part, relations)
        return
    fresh = {"Id": "rId991", **facts}
    etree.SubElement(relations, tag("Relationship", PACKAGE), fresh)
    if how == "foreign id":
        own = entry.attrib.pop(tag("id", OFFICE))
        entry.set("{urn:other}id", "rId991")
        entry.set(tag("id", OFFICE), own)
    else:
        again = etree.Element(tag("sheet"), dict(entry.attrib))
        again.set(tag("id", OFFICE), "rId991")
        (entry.addprevious if chance.random() < 0.5 else entry.addnext)(again)


def _escaped(book: Book, part: str, relations: Element) -> None:
    folder, _, name = part.rpartition("/")
    for relation in relations:
        if str(relation.get("Target")).endswith(name):
            target = str(relation.get("Target"))
            relation.set("Target", target.replace(name, f"%73{name[1:]}"))
    twin = book.parts[part]
    book.parts[f"{folder}/%73{name[1:]}"] = twin


def two_relations(book: Book, slot: Slot, chance: random.Random) -> None:
    """Let two parts pass for the styles, texts or theme of the book."""
    relations = book.tree("xl/_rels/workbook.xml.rels")
    kinds = ("/styles", "/sharedStrings", "/theme")
    found = [r for r in relations if str(r.get("Type")).endswith(kinds)]
    twice = chance.choice(found)
    target = str(twice.get("Target"))
    name = f"xl/{target}" if not target.startswith("/") else target[1:]
    twin = name.replace(".xml", "99.xml")
    book.parts[twin] = book.parts[name].replace(b"MWh", b"kWh")
    facts = dict(twice.attrib) | {
        "Id": chance.choice(("rId992", str(twice.get("Id")))),
        "Target": target.replace(".xml", "99.xml"),
    }
    etree.SubElement(relations, tag("Relationship", PACKAGE), facts)


# -- results and formulas --------------------------------------------------------------


def stored_otherwise(book: Book, slot: Slot, chance: random.Random) -> None:
    """Store another result than the formula gives, with or without the formula."""
    cell = book.cell(slot.sheet, slot.address)
    stored = "".join(str(value.text) for value in cell.findall(tag("v")))
    for value in cell.findall(tag("v")):
        cell.remove(value)
    cell.attrib.pop("t", None)
    if chance.random() < 0.5:
        for formula in cell.findall(tag("f")):
            cell.remove(formula)
    others = [n for n in ("500", "0", "1000000", "77.5") if not _is(stored, float(n))]
    etree.SubElement(cell, tag("v")).text = chance.choice(others)


_FORMULAS = (
    "{v}+0", "SUM({v}/2,{v}/2)", 'VALUE("{v}")', "INDEX({{9,{v}}},2)", "IF(1=1,{v},9)",
    "IFERROR(1/0,{v})", "{v}*COS(0)", "ROUND({v},12)", "MAX({v},0)",
    "LET(x,{v},x)", "LAMBDA(x,x)({v})", "{v}+TODAY()*0", "{v}+RAND()*0",
    "{v}+NOW()-NOW()", 'IF(INFO("system")="pcdos",9,{v})', "OFFSET($A$1,0,0)*0+{v}",
    'INDIRECT("A1")*0+{v}', 'IF(CELL("row")>0,{v},9)', "{v}+N(INDIRECT(ADDRESS(1,1)))",
    "SUMPRODUCT({{1,1}},{{1,1}})*{v}/2", 'VALUE(TEXT({v},"0.000000000000"))',
    "IFS(FALSE,9,TRUE,{v})", "CHOOSE(2,9,{v})", "POWER({v},1)", "ABS(-{v})",
    'XLOOKUP("a",{{"a"}},{v})', "NO_SUCH_FUNCTION({v})", "no_such_name+{v}",
)  # fmt: skip


def stale_formula(book: Book, slot: Slot, chance: random.Random) -> None:
    """Put a formula under a number that it does not give.

    The whole book was calculated from that number; the formula gives three quarters.
    """
    cell = book.cell(slot.sheet, slot.address)
    stored = cell.find(tag("v"))
    assert stored is not None
    value = repr(float(str(stored.text)) * 0.75)
    formula = etree.Element(tag("f"))
    formula.text = chance.choice(_FORMULAS).format(v=value)
    cell.insert(0, formula)


def other_formula(book: Book, slot: Slot, chance: random.Random) -> None:
    """Change a formula, and store what it did not give; it may give the same."""
    cell = book.cell(slot.sheet, slot.address)
    formula = cell.find(tag("f"))
    if formula is None or not formula.text:
        stored_otherwise(book, slot, chance)
        return
    old = Cell(None, formula.text)
    changed = [c.formula for _, c in formula_mutants(old, chance) if c.formula]
    formula.text = chance.choice(changed)


def _is(stored: str, number: float) -> bool:
    try:
        return float(stored) == number
    except ValueError:
        return False


def is_typed(slot: Slot) -> bool:
    """Tell whether a participant types the number."""
    return slot.is_input and slot.rule == "number" and slot.key.notion == "value"


def is_given(slot: Slot) -> bool:
    """Tell whether a number stands there that no participant types."""
    return is_number(slot) and not slot.is_input


KINDS = {
    "style": (
        Kind("lying format", lying_format, is_number),
        Kind("lying text", lying_text, is_text),
        Kind("unreadable font", unreadable_font),
        Kind("like the ground", like_the_ground),
        Kind("out of its cell", out_of_its_cell),
    ),
    "rule": (
        Kind("rule", rule),
        Kind("bar without value", bar_without_value, is_number),
    ),
    "drawing": (Kind("drawing", drawing), Kind("visible note", visible_note)),
    "view": (Kind("out of reach", out_of_reach),),
    "storage": (Kind("two numbers", two_numbers), Kind("two sheets", two_sheets)),
    "relation": (Kind("two relations", two_relations),),
    "input formula": (Kind("stale formula", stale_formula, is_typed),),
    "result": (Kind("stored otherwise", stored_otherwise, is_given),),
}
FORMULA_CHANGED = Kind("formula changed", other_formula, is_given)
"""Not every change of a formula moves a number: only a calculation tells."""
