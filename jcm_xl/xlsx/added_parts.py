"""A sheet and remarks added to a workbook that is changed in place.

Styles stay as they are: headings are bold by a run of their own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from jcm_xl.xlsx.content_types import CONTENT_TYPES
from jcm_xl.xlsx.grid import address, parse_address
from jcm_xl.xlsx.markup import MAIN
from jcm_xl.xlsx.patch import CannotPatch, PatchedBook
from jcm_xl.xlsx.sheet_patch import xml_text
from jcm_xl.xlsx.strict import OFFICE_RELATIONS

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_NOTES = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
     "webPublishItems", "tableParts", "extLst")
)  # fmt: skip
_HIGHEST, _LINE, _LETTERS = 24, 15, 48


class AddedCell(NamedTuple):
    """A cell of an added sheet; `link` is a place in the book, `'MSS'!B2`.

    formula: without `=`; `value` is its result then, else the number of the cell.
    """

    text: str = ""
    is_bold: bool = False
    link: str = ""
    formula: str = ""
    value: float | str | None = None


def add_sheet(
    book: PatchedBook, name: str, widths: Sequence[float],
    rows: Sequence[Sequence[AddedCell]],
) -> str:  # fmt: skip
    """Add a sheet behind all others; return its name, with a number if it is taken."""
    folded = {known.casefold() for known in book.sheet_parts}
    names = (name, *(f"{name} {n}" for n in range(2, 100)))
    free = next(n for n in names if n.casefold() not in folded)
    part = _free(book, "xl/worksheets/sheet{}.xml")
    book.parts[part] = _sheet(widths, rows, _wrapped(book)).encode()
    key = _relate(book, book.workbook, "worksheet", part)
    text = book.part(book.workbook)
    ids = [int(n) for n in re.findall(rb"""\ssheetId\s*=\s*["'](\d+)""", text)]
    end = re.search(rb"</(\w+:)?sheets\s*>", text)
    if end is None or MAIN.encode() not in text:
        raise CannotPatch(
            f"{book.package.path}: its list of sheets was not understood."
        )
    number = max(ids, default=0) + 1
    facts = f'name={quoteattr(free)} sheetId="{number}" xmlns:r="{OFFICE_RELATIONS}"'
    entry = f'<{(end[1] or b"").decode()}sheet {facts} r:id="{key}"/>'
    new = text[: end.start()] + entry.encode() + text[end.start() :]
    book.parts[book.workbook] = new
    _state(book, part, f"{_SPREADSHEET}.worksheet+xml")
    book.sheet_parts[free] = part
    return free


def add_notes(book: PatchedBook, sheet: str, notes: Mapping[str, str]) -> bool:
    """Add remarks to cells of a sheet: address -> text.

    Return whether that was possible: a sheet that has remarks keeps its own alone.
    """
    part = book.sheet_parts[sheet]
    text = book.part(part)
    places = dict(_second_level(text))
    if not notes or "legacyDrawing" in places or MAIN.encode() not in text:
        return False
    remarks = _free(book, "xl/comments{}.xml")
    shapes = _free(book, "xl/drawings/vmlDrawing{}.vml")
    book.parts[remarks] = _remarks(notes).encode()
    book.parts[shapes] = _shapes(notes).encode()
    _relate(book, part, "comments", remarks)
    key = _relate(book, part, "vmlDrawing", shapes)
    _state(book, remarks, f"{_SPREADSHEET}.comments+xml")
    _state(book, shapes, _VML)
    at = min((n for name, n in places.items() if name in _AFTER_NOTES), default=None)
    end = text.rindex(b"</") if at is None else at
    prefix = (re.match(rb"</(\w+:)?", text[text.rindex(b"</") :]) or [b"", b""])[
        1
    ] or b""
    element = f'legacyDrawing xmlns:r="{OFFICE_RELATIONS}" r:id="{key}"/>'
    new = text[:end] + b"<" + prefix + element.encode() + text[end:]
    book.parts[part] = new
    return True


def _free(book: PatchedBook, name: str) -> str:
    """Return a part name with the first number that no part has."""
    known = {n.lower() for n in (*book.package.names, *book.parts)}
    names = (name.format(n) for n in range(1, 10_000))
    return next(n for n in names if n.lower() not in known)


def _relate(book: PatchedBook, part: str, kind: str, target: str) -> str:
    """Add a relation to a part and return its id."""
    folder, file = posixpath.split(part)
    name = f"{folder}/_rels/{file}.rels"
    known = {n.lower(): n for n in (*book.package.names, *book.parts)}
    name = known.get(name.lower(), name)
    if name.lower() in known:
        text = book.part(name)
    else:
        text = (
            f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode()
        )
    key = next(
        k for k in (f"rIdAdded{n}" for n in range(1, 10_000)) if k.encode() not in text
    )
    where = posixpath.relpath(target, folder)
    facts = f'Id="{key}" Type="{OFFICE_RELATIONS}/{kind}" Target="{where}"'
    book.parts[name] = _inserted(text, f"Relationship {facts}/>")
    return key


def _state(book: PatchedBook, part: str, kind: str) -> None:
    """Add the content type of a part."""
    text = book.part(CONTENT_TYPES)
    entry = f'Override PartName="/{part}" ContentType="{kind}"/>'
    book.parts[CONTENT_TYPES] = _inserted(text, entry)


def _inserted(text: bytes, element: str) -> bytes:
    """Return a part with an element put in as the last one of its root."""
    if text.rstrip().endswith(b"/>"):  # a root without anything in it
        start = text.rindex(b"<")
        name = re.split(rb"[\s/>]", text[start + 1 :], maxsplit=1)[0]
        head = text.rstrip()[:-2]
        return head + b"><" + element.encode() + b"</" + name + b">"
    end = text.rindex(b"</")
    match = re.match(rb"</(\w+:)?", text[end:])
    prefix = (match[1] or b"") if match else b""
    return text[:end] + b"<" + prefix + element.encode() + text[end:]


def _second_level(text: bytes) -> Iterator[tuple[str, int]]:
    """Yield the elements right below the root with where each begins."""
    found: list[tuple[str, int]] = []
    depth = 0
    parser = expat.ParserCreate()

    def start(name: str, _: object) -> None:
        nonlocal depth
        depth += 1
        if depth == 2:
            found.append((name.rpartition(":")[2], parser.CurrentByteIndex))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(text, True)
    yield from reversed(found)


def _wrapped(book: PatchedBook) -> str:
    """Return a style that wraps text on no fill in the book's own font, if any."""
    name = next((n for n in book.package.names if n.lower() == "xl/styles.xml"), "")
    text = book.part(name) if name else b""
    formats = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    pattern = rb"<(?:\w+:)?xf\b[^>]*?/>|<(?:\w+:)?xf\b.*?</(?:\w+:)?xf>"
    for n, xf in enumerate(
        re.findall(pattern, formats[0], re.DOTALL) if formats else ()
    ):
        is_plain = b'fillId="0"' in xf and b'fontId="0"' in xf
        if b'wrapText="1"' in xf and is_plain:
            return str(n)
    return ""


def _sheet(
    widths: Sequence[float], rows: Sequence[Sequence[AddedCell]], style: str
) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, 1)
    )
    body, links = [], []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, cell in enumerate(row, 1):
            if not cell.text and not cell.formula and cell.value is None:
                continue
            at = address(number, column)
            cells.append(_cell(at, cell, style if len(row) > 3 else ""))
            if cell.link:
                links.append(f'<hyperlink ref="{at}" location={quoteattr(cell.link)}/>')
        body.append(f'<row r="{number}">{"".join(cells)}</row>' if cells else "")
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'{_DECLARATION}<worksheet xmlns="{MAIN}"><cols>{columns}</cols>'
        f"<sheetData>{''.join(body)}</sheetData>{linked}</worksheet>"
    )


def _cell(at: str, cell: AddedCell, style: str) -> str:
    if cell.formula or cell.value is not None:
        return _calculated(at, cell)
    run = f'<t xml:space="preserve">{xml_text(cell.text[:32_000])}</t>'
    if cell.is_bold:
        run = f'<r><rPr><rFont val="Calibri"/><b/></rPr>{run}</r>'
    stated = f' s="{style}"' if style else ""
    return f'<c r="{at}"{stated} t="inlineStr"><is>{run}</is></c>'


def _calculated(at: str, cell: AddedCell) -> str:
    """Return a number, or a formula with its result: a number, text or error."""
    formula = f"<f>{xml_text(cell.formula)}</f>" if cell.formula else ""
    if isinstance(cell.value, str):
        kind = "e" if cell.value.startswith("#") else "str"
        return f'<c r="{at}" t="{kind}">{formula}<v>{xml_text(cell.value)}</v></c>'
    stored = "" if cell.value is None else f"<v>{cell.value!r}</v>"
    return f'<c r="{at}">{formula}{stored}</c>'


def _remarks(notes: Mapping[str, str]) -> str:
    listed = "".join(
        f'<comment ref="{at}" authorId="0"><text><r>'
        f'<t xml:space="preserve">{xml_text(text[:32_000])}</t></r></text></comment>'
        for at, text in notes.items()
    )
    return (
        f'{_DECLARATION}<comments xmlns="{MAIN}"><authors><author>jcm-xl</author>'
        f"</authors><commentList>{listed}</commentList></comments>"
    )


def _shapes(notes: Mapping[str, str]) -> str:
    shapes = []
    for number, (at, text) in enumerate(notes.items(), 1):
        row, column = parse_address(at)
        lines = min(_HIGHEST, sum(1 + len(t) // _LETTERS for t in text.split("\n")))
        high = row + max(3, lines + 1)
        shapes.append(
            f'<v:shape id="_x0000_s{1024 + number}" type="#_x0000_t202" '
            'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" '
            'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" '
            'color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox/>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{column}, 15, {row}, 2, {column + 3}, 15, {high}, 4</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
            f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype '
        'id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{''.join(shapes)}</xml>"
    )
