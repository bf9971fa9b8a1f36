"""Faults that no workbook library writes, cut into the finished file."""

from __future__ import annotations

import functools
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from jcm_xl.xlsx.grid import address, column_letters, parse_address

Parts = dict[str, str | bytes]
_REFERENCE = re.compile(
    r"(\"(?:[^\"]|\"\")*\")"
    r"|(?<![\w.$])('(?:[^']|'')+'!)?(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\w(!])"
)


def operate(data: bytes, operations: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the file after these operations: `{ do = "hide_rows", ... }`."""
    if not operations:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: Parts = {
            name: _decoded(archive.read(name)) for name in archive.namelist()
        }
    for operation in operations:
        facts = dict(operation)
        OPERATIONS[facts.pop("do")](parts, **facts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _decoded(data: bytes) -> str | bytes:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _names(parts: Parts) -> dict[str, str]:
    """Return sheet name -> part, as the writer numbers them."""
    listed = re.findall(r'<sheet name="([^"]*)" sheetId="(\d+)"', str(parts[_BOOK]))
    return {name: f"xl/worksheets/sheet{number}.xml" for name, number in listed}


_BOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_TYPES = "[Content_Types].xml"
_ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "xl/_rels/workbook.xml.rels"


New = str | Callable[[re.Match[str]], str]


def _edit(parts: Parts, name: str, pattern: str, new: New, *, count: int = 1) -> None:
    text, made = re.subn(pattern, new, str(parts[name]), count=count, flags=re.DOTALL)
    assert made, f"nothing in {name} matches {pattern}"
    parts[name] = text


def _edit_cell(parts: Parts, sheet: str, cell: str, new: Callable[[str], str]) -> None:
    pattern = rf'<c r="{cell}"(?:[^>/]*/>|[^>/]*>.*?</c>)'
    _edit(parts, _names(parts)[sheet], pattern, lambda match: new(match[0]))


# -- sheets ------------------------------------------------------------------------


def rename_sheet(parts: Parts, sheet: str, to: str) -> None:
    """Rename a sheet as Excel does: formulas follow."""
    for name in [_BOOK, *_names(parts).values()]:
        text = str(parts[name]).replace(f"'{escape(sheet)}'!", f"'{escape(to)}'!")
        parts[name] = text.replace(f'name="{sheet}"', f'name="{to}"')


def delete_sheet(parts: Parts, sheet: str) -> None:
    """Delete a sheet as Excel does: what read it becomes #REF!."""
    gone = _names(parts)[sheet]
    _edit(parts, _BOOK, rf'<sheet name="{re.escape(sheet)}"[^>]*/>', "")
    _edit(parts, _RELATIONS, rf'<Relationship [^>]*"{gone[3:]}"/>', "")
    _edit(parts, _TYPES, rf'<Override PartName="/{gone}"[^>]*/>', "")
    for name in [_BOOK, *_names(parts).values()]:
        parts[name] = re.sub(
            rf"'{re.escape(sheet)}'!\$?[A-Z]+\$?\d+(:\$?[A-Z]+\$?\d+)?",
            "#REF!",
            str(parts[name]),
        )
    del parts[gone]


def move_sheet_first(parts: Parts, sheet: str) -> None:
    """Drag a tab to the left end."""
    found = re.search(rf'<sheet name="{re.escape(sheet)}"[^>]*/>', str(parts[_BOOK]))
    assert found
    text = str(parts[_BOOK]).replace(found[0], "")
    parts[_BOOK] = text.replace("<sheets>", f"<sheets>{found[0]}")


def hide_sheet(parts: Parts, sheet: str, state: str = "hidden") -> None:
    """Hide a sheet."""
    found = rf'<sheet name="{re.escape(sheet)}"'
    _edit(parts, _BOOK, found, f'<sheet name="{sheet}" state="{state}"')


def add_sheet(
    parts: Parts, sheet: str, rows: str = "", texts: Sequence[Sequence[str]] = ()
) -> None:
    """Add a participant's own sheet, with rows as stored or with rows of texts."""
    for row, line in enumerate(texts, 1):
        cells = "".join(
            f'<c r="{address(row, column)}" t="inlineStr">'
            f"<is><t>{escape(text)}</t></is></c>"
            for column, text in enumerate(line, 1)
            if text
        )
        rows += f'<row r="{row}">{cells}</row>'
    number = len(_names(parts)) + 1
    part = f"xl/worksheets/sheet{number}.xml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts[part] = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    _add(parts, part, kind, "worksheet", f"rId9{number}")
    listed = f'<sheet name="{sheet}" sheetId="{number}" r:id="rId9{number}"/></sheets>'
    _edit(parts, _BOOK, "</sheets>", listed)


def add_readings(
    parts: Parts, rows: Sequence[Sequence[str]], is_forged: bool = False
) -> None:
    """Add the sheet Readings with rows, and below them the digest of what they say."""
    told = "\n".join("\t".join(row).rstrip("\t") for row in rows)
    digest = hashlib.sha256(told.encode()).hexdigest()
    lines = [["", *row] for row in rows]
    lines.append(["", "digest", "0" if is_forged else digest])
    add_sheet(parts, "Readings", texts=[["", "Readings"], *lines])


def unprotect(parts: Parts, sheet: str) -> None:
    """Remove a sheet's protection."""
    _edit(parts, _names(parts)[sheet], r"<sheetProtection[^>]*/>", "")


def hide_rows(parts: Parts, sheet: str, first: int, last: int) -> None:
    """Hide rows."""
    for row in range(first, last + 1):
        _edit(
            parts,
            _names(parts)[sheet],
            rf'<row r="{row}"',
            rf'<row r="{row}" hidden="1"',
        )


def hide_columns(parts: Parts, sheet: str, column: int) -> None:
    """Hide one column."""
    text = rf'<col min="{column}" max="{column}" width="0" hidden="1"/>\1'
    _edit(parts, _names(parts)[sheet], rf'(<col min="{column + 1}")', text)


def no_row_height(parts: Parts, sheet: str) -> None:
    """Hide every row that does not say otherwise."""
    _edit(
        parts, _names(parts)[sheet], "<sheetFormatPr", '<sheetFormatPr zeroHeight="1"'
    )


# -- lines -------------------------------------------------------------------------


def insert_rows(
    parts: Parts, sheet: str, at: int, count: int = 1, fill: str = ""
) -> None:
    """Insert rows above row `at` as Excel does; negative counts delete."""
    _shift(parts, sheet, at, count, is_row=True)
    if fill:
        cell = f'<c r="B{at}" t="inlineStr"><is><t>{fill}</t></is></c>'
        row = f'<row r="{at}">{cell}</row>\\g<0>'
        _edit(parts, _names(parts)[sheet], rf'<row r="{at + count}"', row)


def insert_columns(parts: Parts, sheet: str, at: int, count: int = 1) -> None:
    """Insert columns before column `at` as Excel does; negative counts delete."""
    _shift(parts, sheet, at, count, is_row=False)


def _shift(parts: Parts, sheet: str, at: int, count: int, *, is_row: bool) -> None:
    names = _names(parts)
    text = str(parts[names[sheet]])
    text = re.sub(r"<mergeCells.*?</mergeCells>", "", text, flags=re.DOTALL)
    text = re.sub(
        r'<c r="([A-Z]+\d+)"(?:[^>/]*/>|[^>]*[^/]>.*?</c>)',
        lambda m: _moved_cell(m, at, count, is_row),
        text,
        flags=re.DOTALL,
    )
    if is_row:
        text = re.sub(
            r'<row r="(\d+)"(?:[^>]*/>|[^>]*>.*?</row>)',
            lambda m: _moved_row(m, at, count),
            text,
            flags=re.DOTALL,
        )
    if not is_row:
        text = re.sub(
            r'<col min="(\d+)" max="(\d+)"([^>]*)/>',
            lambda m: _moved_widths(m, at, count),
            text,
        )
    parts[names[sheet]] = text
    for own, name in names.items():
        write = functools.partial(_moved_formula, own, (sheet, at, count, is_row))
        parts[name] = re.sub(r"<f>(.*?)</f>", write, str(parts[name]))


def _moved_formula(
    own: str, shift: tuple[str, int, int, bool], match: re.Match[str]
) -> str:
    return f"<f>{_moved(match[1], own, *shift)}</f>"


def _moved_cell(match: re.Match[str], at: int, count: int, is_row: bool) -> str:
    row, column = parse_address(match[1])
    line = row if is_row else column
    if line < at:
        return match[0]
    if line < at - count:
        return ""
    place = address(row + count, column) if is_row else address(row, column + count)
    return match[0].replace(f'r="{match[1]}"', f'r="{place}"', 1)


def _moved_widths(match: re.Match[str], at: int, count: int) -> str:
    first, last = int(match[1]), int(match[2])
    first = max(at, first + count) if first >= at else first
    last = max(at - 1, last + count) if last >= at else last
    return f'<col min="{first}" max="{last}"{match[3]}/>' if first <= last else ""


def _moved_row(match: re.Match[str], at: int, count: int) -> str:
    row = int(match[1])
    if row < at:
        return match[0]
    if row < at - count:
        return ""
    return match[0].replace(f'<row r="{row}"', f'<row r="{row + count}"', 1)


def _moved(text: str, own: str, sheet: str, at: int, count: int, is_row: bool) -> str:
    """Return a formula after the shift; `own` is the sheet that it stands on."""
    reached = [own]

    def write(match: re.Match[str]) -> str:
        whole, name, d1, letters, d2, digits = match.groups()
        if whole:
            return match[0]
        is_end = text[: match.start()].endswith(":") and not name
        target = (name or "").strip("!'") or (reached[0] if is_end else own)
        reached[0] = target
        if target != sheet:
            return match[0]
        row, column = parse_address(letters + digits)
        line = row if is_row else column
        if line >= at:
            if line < at - count:
                return "#REF!"
            row, column = (row + count, column) if is_row else (row, column + count)
        return f"{name or ''}{d1}{column_letters(column)}{d2}{row}"

    return _REFERENCE.sub(write, text)


# -- cells -------------------------------------------------------------------------


def store(parts: Parts, sheet: str, cell: str, value: str) -> None:
    """Leave the formula of a cell as it is and store another result.

    A number in the place of an error value is announced as a number.
    """

    def new(old: str) -> str:
        if re.fullmatch(r"[-+0-9.Ee]+", value):
            old = old.replace(' t="e"', "", 1)
        return re.sub("<v>.*?</v>", f"<v>{value}</v>", old)

    _edit_cell(parts, sheet, cell, new)


def no_result(parts: Parts, sheet: str, cell: str) -> None:
    """Leave the formula of a cell as it is and take its result out."""
    _edit_cell(parts, sheet, cell, lambda c: re.sub("<v>.*?</v>", "", c))


def put_number(parts: Parts, sheet: str, cell: str, value: str) -> None:
    """Put a number into a cell in the place of a text; its style stays."""

    def new(old: str) -> str:
        style = re.search(r' s="\d+"', old)
        return f'<c r="{cell}"{style[0] if style else ""}><v>{value}</v></c>'

    _edit_cell(parts, sheet, cell, new)


def store_error(parts: Parts, sheet: str, cell: str, error: str) -> None:
    """Put a typed error value into a cell."""
    new = f'<c r="{cell}" t="e"><v>{error}</v></c>'
    _edit_cell(parts, sheet, cell, lambda _: new)


def store_twice(parts: Parts, sheet: str, cell: str, value: str) -> None:
    """Store a cell a second time with another number."""
    _edit_cell(parts, sheet, cell, lambda c: f'{c}<c r="{cell}"><v>{value}</v></c>')


def remark(parts: Parts, sheet: str, cell: str) -> None:
    """Hide an XML comment inside a value."""
    _edit_cell(parts, sheet, cell, lambda c: c.replace("</v>", "<!-- 9 --></v>"))


def pivot(parts: Parts, sheet: str) -> None:
    """Place a pivot table on a sheet."""
    number = _names(parts)[sheet].rpartition("sheet")[2].removesuffix(".xml")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml"
    parts["xl/pivotTables/pivotTable1.xml"] = (
        f'<pivotTableDefinition xmlns="{main}" name="P" cacheId="1" dataCaption="V">'
        '<location ref="A1:B9" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>'
        "</pivotTableDefinition>"
    )
    part = "/xl/pivotTables/pivotTable1.xml"
    override = f'<Override PartName="{part}" ContentType="{kind}"/></Types>'
    _edit(parts, _TYPES, "</Types>", override)
    parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/pivotTable" '
        'Target="../pivotTables/pivotTable1.xml"/></Relationships>'
    )


def drop_results(parts: Parts) -> None:
    """Drop the results of all formulas, as libraries do that do not calculate."""
    for name in _names(parts).values():
        text = re.sub(r"</f><v>.*?</v>", "</f>", str(parts[name]))
        parts[name] = re.sub(r"</f><v></v>", "</f>", text)


def number_format(parts: Parts, sheet: str, cell: str, code: str) -> None:
    """Give a cell a number format of its own."""
    styles = str(parts["xl/styles.xml"])
    number = len(
        re.findall(r"<xf ", styles.partition("<cellXfs")[2].partition("</")[0])
    )
    count = re.search(r'<cellXfs count="(\d+)"', styles)
    assert count
    number = int(count[1])
    new = f'<numFmt numFmtId="999" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
    if "<numFmts" in styles:
        styles = styles.replace("</numFmts>", f"{new}</numFmts>")
    else:
        styles = styles.replace(
            "<fonts", f'<numFmts count="1">{new}</numFmts><fonts', 1
        )
    form = '<xf numFmtId="999" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    parts["xl/styles.xml"] = styles.replace("</cellXfs>", form)
    _edit_cell(parts, sheet, cell, lambda c: _styled(c, number))


def _styled(cell: str, style: int) -> str:
    """Return a stored cell in another style, whether it has one or not."""
    bare = re.sub(r' s="\d+"', "", cell, count=1)
    return bare.replace("<c ", f'<c s="{style}" ', 1)


def add_row(parts: Parts, sheet: str, row: int, cells: Sequence[str | float]) -> None:
    """Write texts and numbers side by side, from column B on, into an empty row."""
    part = _names(parts)[sheet]
    new = "".join(
        _stored(address(row, column), value) for column, value in enumerate(cells, 2)
    )
    later = [int(r) for r in re.findall(r'<row r="(\d+)"', str(parts[part]))]
    assert row not in later
    below = min((r for r in later if r > row), default=0)
    before = f'<row r="{below}"' if below else "</sheetData>"
    _edit(parts, part, before, lambda m: f'<row r="{row}">{new}</row>{m[0]}')


def _stored(cell: str, value: str | float) -> str:
    if value == "":
        return ""
    if isinstance(value, str):
        text = f"<is><t>{escape(value)}</t></is>"
        return f'<c r="{cell}" t="inlineStr">{text}</c>'
    return f'<c r="{cell}"><v>{value}</v></c>'


# -- the package -------------------------------------------------------------------


def drop_properties(parts: Parts) -> None:
    """Lose the custom properties, as some programs do."""
    del parts["docProps/custom.xml"]
    _edit(parts, "_rels/.rels", r'<Relationship [^>]*custom\.xml"/>', "")
    _edit(parts, _TYPES, r'<Override [^>]*PartName="/docProps/custom.xml"[^>]*/>', "")


def set_property(parts: Parts, name: str, value: str) -> None:
    """Change a custom property."""
    pattern = rf'(name="{re.escape(name)}"><vt:lpwstr>).*?(</vt:lpwstr>)'
    _edit(parts, "docProps/custom.xml", pattern, rf"\g<1>{value}\g<2>")


def add_property(parts: Parts, name: str, value: str) -> None:
    """Add a custom property."""
    text = f'name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>'
    start = '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" '
    _edit(parts, "docProps/custom.xml", "</Properties>", start + text)


def add_macros(parts: Parts) -> None:
    """Make it a book with macros."""
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/'
        'relationships/vbaProject" Target="vbaProject.bin"/></Relationships>'
    )
    _edit(parts, _RELATIONS, "</Relationships>", relation)
    kind = "application/vnd.ms-office.vbaProject"
    default = f'<Default Extension="bin" ContentType="{kind}"/></Types>'
    _edit(parts, _TYPES, "</Types>", default)


def add_link(parts: Parts) -> None:
    """List another workbook as linked."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{main}"/>'
    kind = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    )
    _add(parts, "xl/externalLinks/externalLink1.xml", kind, "externalLink", "rId98")


def _add(parts: Parts, part: str, kind: str, relation: str, key: str) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    target = part.removeprefix("xl/")
    entry = f'<Relationship Id="{key}" Type="{office}/{relation}" Target="{target}"/>'
    _edit(parts, _RELATIONS, "</Relationships>", f"{entry}</Relationships>")
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    _edit(parts, _TYPES, "</Types>", override)


def add_part(
    parts: Parts, part: str, kind: str = "application/xml", relation: str = ""
) -> None:
    """Add a small part of a type, and a relation of the package to it if asked."""
    parts[part] = "<x/>"
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    _edit(parts, _TYPES, "</Types>", override)
    if relation:
        entry = f'<Relationship Id="rId77" Type="{relation}" Target="{part}"/>'
        _edit(parts, "_rels/.rels", "</Relationships>", f"{entry}</Relationships>")


def replace(parts: Parts, part: str, old: str, new: str) -> None:
    """Put something else in the place of a piece of a part."""
    _edit(parts, part, re.escape(old), lambda _: new)


def in_sheet(parts: Parts, sheet: str, old: str, new: str) -> None:
    """Put something else in the place of a piece of a sheet."""
    replace(parts, _names(parts)[sheet], old, new)


def merge(parts: Parts, sheet: str, range: str) -> None:
    """Merge cells as a program does that leaves their contents alone."""
    part, new = _names(parts)[sheet], f'<mergeCell ref="{range}"/></mergeCells>'
    if "</mergeCells>" in parts[part]:
        _edit(parts, part, "</mergeCells>", new)
    else:
        _edit(parts, part, "</sheetData>", f"</sheetData><mergeCells>{new}")


def colour(
    parts: Parts, sheet: str, cell: str, font: str, fill: str = "",
    pattern: str = "solid",
) -> None:  # fmt: skip
    """Give a cell a font of this colour on a ground of that one; both as XML."""
    new = f"<font><sz val='11'/><color {font}/><name val='Calibri'/></font></fonts>"
    _edit(parts, _STYLES, "</fonts>", new)
    ground = (
        f'<fill><patternFill patternType="{pattern}"><fgColor {fill}/></patternFill>'
    )
    _edit(parts, _STYLES, "</fills>", f"{ground}</fill></fills>" if fill else "\\g<0>")
    text = str(parts[_STYLES])
    fonts = len(re.findall("<font>", text.partition("</fonts>")[0])) - 1
    fills = len(re.findall("<fill>", text.partition("</fills>")[0])) - 1 if fill else 0
    count = re.search(r'<cellXfs count="(\d+)"', text)
    assert count
    form = f'<xf numFmtId="0" fontId="{fonts}" fillId="{fills}" borderId="0" xfId="0"/>'
    _edit(parts, _STYLES, "</cellXfs>", f"{form}</cellXfs>")
    more = f'<cellXfs count="{int(count[1]) + 1}"'
    _edit(parts, _STYLES, r'<cellXfs count="\d+"', more)
    _edit_cell(parts, sheet, cell, lambda c: _styled(c, int(count[1])))


def runs(parts: Parts, sheet: str, cell: str, runs: str) -> None:
    """Store a text in runs, each with a look of its own."""

    def inline(stored: str) -> str:
        style = re.search(r' s="\d+"', stored)
        tail = f'{style[0] if style else ""} t="inlineStr"'
        return f'<c r="{cell}"{tail}><is>{runs}</is></c>'

    _edit_cell(parts, sheet, cell, inline)


def crossed(parts: Parts, sheet: str, cell: str, style: str = "thin") -> None:
    """Let a line run through a cell from corner to corner."""
    line = f'<border diagonalUp="1"><diagonal style="{style}"/></border></borders>'
    _edit(parts, _STYLES, "</borders>", line)
    text = str(parts[_STYLES])
    number = len(re.findall("<border[ >/]", text.partition("</borders>")[0])) - 1
    restyle(parts, sheet, cell)
    form = text.count("<xf ", text.find("<cellXfs"), text.find("</cellXfs>"))
    head, _, forms = str(parts[_STYLES]).partition("<cellXfs")
    parts_of = forms.split("<xf ")
    new = f'borderId="{number}"'
    parts_of[form + 1] = re.sub(r'borderId="\d+"', new, parts_of[form + 1])
    parts[_STYLES] = f"{head}<cellXfs{'<xf '.join(parts_of)}"


def restyle(
    parts: Parts, sheet: str, cell: str, font: str = "", align: str = ""
) -> None:
    """Give a cell a font, an alignment (both as XML) beside what it has."""
    text = str(parts[_STYLES])
    head, _, rest = text.partition("<cellXfs")
    forms = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", rest.partition("</cellXfs>")[0])
    found: list[str] = []

    def take(stored: str) -> str:
        style = re.search(r' s="(\d+)"', stored)
        found.append(forms[int(style[1])] if style else forms[0])
        plain = re.sub(r' s="\d+"', "", stored, count=1)
        return plain.replace("<c ", f'<c s="{len(forms)}" ', 1)

    _edit_cell(parts, sheet, cell, take)
    form = found[0]
    if font:
        fonts = len(re.findall("<font>", head.partition("</fonts>")[0]))
        new = f"<font>{font}</font></fonts>"
        _edit(parts, _STYLES, "</fonts>", new)
        form = re.sub(r'fontId="\d+"', f'fontId="{fonts}"', form)
    if align:
        form = re.sub(r"<alignment[^>]*/>|/>$", "", form)
        form = form.removesuffix("</xf>").removesuffix(">") + ">"
        head, _, inner = re.sub(r">>$", ">", form).partition(">")
        form = f"{head}><alignment {align}/>{inner}</xf>"
    _edit(parts, _STYLES, "</cellXfs>", lambda _: f"{form}</cellXfs>")
    count = f'<cellXfs count="{len(forms) + 1}"'
    _edit(parts, _STYLES, r'<cellXfs count="\d+"', count)


def rule(parts: Parts, sheet: str, area: str, test: str, change: str = "") -> None:
    """Add a rule of conditional formatting; `{}` in it is the number of its change."""
    number = str(parts[_STYLES]).count("<dxf>")
    if change:
        text = re.sub(r"<dxfs[^>]*/>", "<dxfs></dxfs>", str(parts[_STYLES]))
        parts[_STYLES] = text.replace("</dxfs>", f"<dxf>{change}</dxf></dxfs>")
    test = test.replace("{}", str(number))
    whole = f'<conditionalFormatting sqref="{area}">{test}'
    new = f"{whole}</conditionalFormatting>"
    behind = "<(?:dataValidations|hyperlinks|printOptions|pageMargins)"
    _edit(parts, _names(parts)[sheet], behind, lambda match: new + match[0])


def drop_rules(parts: Parts, sheet: str) -> None:
    """Lose all data validations of a sheet, as by pasting over its cells."""
    pattern = "<dataValidations.*?</dataValidations>"
    _edit(parts, _names(parts)[sheet], pattern, "")


def column_width(parts: Parts, sheet: str, column: int, width: str) -> None:
    """Make one column narrow that has a width of its own."""
    name = _names(parts)[sheet]
    for found in re.finditer(r'<col min="(\d+)" max="(\d+)"[^>]*/>', str(parts[name])):
        first, last = int(found[1]), int(found[2])
        if first <= column <= last:
            pieces = [(first, column - 1, ""), (column, column, width),
                      (column + 1, last, "")]  # fmt: skip
            new = "".join(
                re.sub(
                    r'width="[^"]*"',
                    lambda m, size=size: f'width="{size}"' if size else m[0],  # type: ignore[misc]
                    re.sub(
                        r'min="\d+" max="\d+"', f'min="{start}" max="{end}"', found[0]
                    ),
                )
                for start, end, size in pieces
                if start <= end
            )
            parts[name] = str(parts[name]).replace(found[0], new, 1)
            return
    raise AssertionError(f"column {column} has no width")


def no_widths(parts: Parts, sheet: str) -> None:
    """Give no column a width of its own."""
    _edit(parts, _names(parts)[sheet], r"<cols>.*?</cols>", "")


def print_area(parts: Parts, sheet: str, area: str) -> None:
    """Print another area of a sheet."""
    name = re.escape(f"'{sheet}'!")
    pattern = rf'(_xlnm.Print_Area"[^>]*>){name}[^<]*<'
    _edit(parts, _BOOK, pattern, lambda m: f"{m[1]}'{sheet}'!{area}<")


def row_height(parts: Parts, sheet: str, row: int, height: str) -> None:
    """Make one row low."""
    pattern = rf'<row r="{row}"([^>]*)>'
    name = _names(parts)[sheet]

    def lower(match: re.Match[str]) -> str:
        rest = re.sub(r' (ht|customHeight)="[^"]*"', "", match[1])
        tail = "/" if rest.endswith("/") else ""
        own = f' ht="{height}" customHeight="1"'
        return f'<row r="{row}"{rest.removesuffix("/")}{own}{tail}>'

    _edit(parts, name, pattern, lower)


def anchor(parts: Parts, sheet: str, place: str, inner: str) -> None:
    """Draw something at an anchor: its name, then where; `inner` is XML without prefix.

    What begins with `a:` there is of the drawings' own language.
    """
    number = _names(parts)[sheet].rpartition("sheet")[2].removesuffix(".xml")
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    kind, _, where = place.partition(" ")
    if kind == "oneCellAnchor" and "<ext " not in where:
        where += '<ext cx="9525" cy="9525"/>'
    for line in ("col", "row"):
        where = where.replace(f"</{line}>", f"</{line}><{line}Off>0</{line}Off>")
    parts["xl/drawings/drawing9.xml"] = (
        f'<wsDr xmlns="{namespace}" xmlns:a="{_ART}"><{kind}>{where}'
        f"{_whole(inner or '<sp/>')}<clientData/></{kind}></wsDr>"
    )
    _relate(parts, number, "drawing", "../drawings/drawing9.xml")


_SHAPE = re.compile(
    r"<(?P<kind>sp|pic)(?P<said>[^<>]*?)(?:/>|>"
    r"(?:<nv(?:Sp|Pic)Pr>(?P<name><cNvPr [^<>]*>)</nv(?:Sp|Pic)Pr>)?"
    r"(?P<look><spPr>.*?</spPr>)?(?:<txBody>(?P<text>.*?)</txBody>)?</(?:sp|pic)>)"
)


def _whole(inner: str) -> str:
    """Return a shape or picture with everything that the schema wants of it."""

    def whole(match: re.Match[str]) -> str:
        kind, name = match["kind"], match["name"] or '<cNvPr id="2" name="S"/>'
        long = kind.capitalize()
        fill = "<blipFill><a:blip/></blipFill>" if kind == "pic" else ""
        look = (match["look"] or "<spPr/>").replace("<a:solidFill/>", _BLACK)
        text = match["text"] or ""
        if text:
            body = "" if "<a:bodyPr" in text else "<a:bodyPr/>"
            text = f"<txBody>{body}{text}</txBody>"
        return (
            f"<{kind}{match['said']}><nv{long}Pr>{name}<cNv{long}Pr/></nv{long}Pr>"
            f"{fill}{look}{text}</{kind}>"
        )

    return _SHAPE.sub(whole, inner)


_BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'


def note(parts: Parts, sheet: str, place: str, style: str, inner: str = "") -> None:
    """Add the box of a note with its eight numbers, shown or hidden by its style."""
    number = _names(parts)[sheet].rpartition("sheet")[2].removesuffix(".xml")
    parts["xl/drawings/vmlDrawing9.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-'
        f'com:office:excel"><v:shape style="{style}">{inner}<v:textbox><div>500<br>'
        f'</div></v:textbox><x:ClientData ObjectType="Note"><x:Anchor>{place}'
        "</x:Anchor></x:ClientData></v:shape></xml>"
    )
    _relate(parts, number, "vmlDrawing", "../drawings/vmlDrawing9.vml")


def remark_on(
    parts: Parts, sheet: str, cell: str, text: str, thread: bool = False
) -> None:
    """Write a note on a cell, or a comment in a thread, without its box."""
    number = _names(parts)[sheet].rpartition("sheet")[2].removesuffix(".xml")
    kind, owner, inner = "comments", "comment", f"<text><r><t>{text}</t></r></text>"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    if thread:
        kind, owner, inner = (
            "threadedComment",
            "threadedComment",
            f"<text>{text}</text>",
        )
        main = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
        relation = "http://schemas.microsoft.com/office/2017/10/relationships"
        media = "application/vnd.ms-excel.threadedcomments+xml"
    authors = "" if thread else "<authors><author>A</author></authors>"
    by = "" if thread else ' authorId="0"'
    parts["xl/remarks9.xml"] = (
        f'<{kind} xmlns="{main}">{authors}<commentList><{owner} ref="{cell}"{by}>'
        f"{inner}</{owner}></commentList></{kind}>"
    )
    override = f'<Override PartName="/xl/remarks9.xml" ContentType="{media}"/></Types>'
    _edit(parts, _TYPES, "</Types>", override)
    parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{relation}/{kind}" '
        'Target="../remarks9.xml"/></Relationships>'
    )


def written(parts: Parts, sheet: str, kind: str, text: str) -> None:
    """Draw something beside the tables that has its text in a part of its own."""
    anchor(parts, sheet, "oneCellAnchor <from><col>30</col><row>40</row></from>", "")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["xl/written9.xml"] = f'<x xmlns:a="{_ART}"><a:t>{text}</a:t></x>'
    override = '<Override PartName="/xl/written9.xml" ContentType="a/b+xml"/></Types>'
    _edit(parts, _TYPES, "</Types>", override)
    parts["xl/drawings/_rels/drawing9.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/{kind}" '
        'Target="../written9.xml"/></Relationships>'
    )


def page_picture(parts: Parts, sheet: str) -> None:
    """Put a picture into the head of the pages."""
    number = _names(parts)[sheet].rpartition("sheet")[2].removesuffix(".xml")
    parts["xl/drawings/vmlDrawing9.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="CH"><v:imagedata/>'
        "</v:shape></xml>"
    )
    _relate(parts, number, "vmlDrawing", "../drawings/vmlDrawing9.vml", "HF")


def _relate(
    parts: Parts, number: str, kind: str, target: str, ending: str = ""
) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )
    part = f"/xl/drawings/{target.rpartition('/')[2]}"
    ending_of_type = "drawing+xml" if kind == "drawing" else kind
    override = (
        f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-'
        f'officedocument.{ending_of_type}"/></Types>'
    )
    _edit(parts, _TYPES, "</Types>", override)
    name = f"xl/worksheets/sheet{number}.xml"
    word = {"vmlDrawing": "legacyDrawing"}.get(kind, kind) + ending
    _edit(parts, name, "</worksheet>", f'<{word} r:id="rId1"/></worksheet>')


def table(parts: Parts, sheet: str, range: str) -> None:
    """Make a table of cells, as Format as Table does."""
    number = _names(parts)[sheet].rpartition("sheet")[2].removesuffix(".xml")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = "xl/tables/table9.xml"
    parts[part] = (
        f'<table xmlns="{main}" id="1" name="Own" displayName="Own" ref="{range}" '
        'totalsRowShown="0"><tableColumns count="1"><tableColumn id="1" name="kWh"/>'
        "</tableColumns></table>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
    override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    _edit(parts, _TYPES, "</Types>", override)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/table" '
        'Target="../tables/table9.xml"/></Relationships>'
    )
    listed = f'<tableParts xmlns:r="{office}" count="1"><tablePart r:id="rId1"/>'
    name = f"xl/worksheets/sheet{number}.xml"
    _edit(parts, name, "</worksheet>", f"{listed}</tableParts></worksheet>")


def draw(parts: Parts, sheet: str, first: str, last: str) -> None:
    """Put a text box over cells, from the edge of the first to that of the last."""
    (top, left), (bottom, right) = parse_address(first), parse_address(last)
    corners = "".join(
        f"<{end}><col>{column}</col><row>{row}</row></{end}>"
        for end, row, column in (("from", top - 1, left - 1), ("to", bottom, right))
    )
    anchor(parts, sheet, f"twoCellAnchor {corners}", "<sp/>")


def add_hyperlink(parts: Parts, sheet: str, target: str) -> None:
    """List a hyperlink of a sheet."""
    number = _names(parts)[sheet].rpartition("sheet")[2].removesuffix(".xml")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/hyperlink" '
        f'Target="{escape(target)}" TargetMode="External"/></Relationships>'
    )


def strict(parts: Parts) -> None:
    """Save as strict Open XML: other name spaces, the same words."""
    for name, content in parts.items():
        text = str(content)
        for kind in ("spreadsheetml", "officeDocument"):
            old = f"http://schemas.openxmlformats.org/{kind}/2006"
            text = text.replace(old, f"http://purl.oclc.org/ooxml/{kind}")
        parts[name] = text


OPERATIONS: Mapping[str, Callable[..., None]] = {
    function.__name__: function
    for function in (
        pivot,
        crossed,
        remark_on,
        written,
        rename_sheet,
        delete_sheet,
        move_sheet_first,
        hide_sheet,
        add_readings,
        add_sheet,
        add_row,
        unprotect,
        hide_rows,
        hide_columns,
        no_row_height,
        insert_rows,
        insert_columns,
        store,
        no_result,
        put_number,
        store_error,
        store_twice,
        remark,
        drop_results,
        number_format,
        drop_properties,
        set_property,
        add_property,
        add_macros,
        add_link,
        add_part,
        replace,
        in_sheet,
        merge,
        colour,
        runs,
        restyle,
        rule,
        drop_rules,
        column_width,
        no_widths,
        print_area,
        row_height,
        anchor,
        note,
        page_picture,
        table,
        draw,
        add_hyperlink,
        strict,
    )
}
