"""The parts of a workbook, changed as XML: what no spreadsheet program would write."""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# What must follow each of these in a sheet, in the order of the schema.
_AFTER_DATA = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter",
    "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


def tag(name: str, space: str = MAIN) -> str:
    """Return a name of an element with its namespace."""
    return f"{{{space}}}{name}"


class Book:
    """A workbook as its parts; a part that is changed as XML is kept as a tree."""

    def __init__(self, data: bytes) -> None:
        """Unzip a workbook."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts: dict[str, bytes] = {
                name: archive.read(name) for name in archive.namelist()
            }
        self._trees: dict[str, Element] = {}

    def tree(self, name: str) -> Element:
        """Return the root of a part; what is done to it is saved."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name])
        return self._trees[name]

    def replace(self, name: str, root: Element) -> None:
        """Put another root in the place of a part's."""
        self._trees[name] = root

    def add(self, name: str, content: bytes, kind: str, override: bool = True) -> None:
        """Add a part of a content type."""
        self.parts[name] = content
        types = self.tree("[Content_Types].xml")
        if override:
            where = {"PartName": f"/{name}", "ContentType": kind}
            etree.SubElement(types, tag("Override", TYPES), where)
        elif not any(e.get("Extension") == name.rpartition(".")[2] for e in types):
            ending = {"Extension": name.rpartition(".")[2], "ContentType": kind}
            types.insert(0, etree.Element(tag("Default", TYPES), ending))

    def bytes(self) -> bytes:
        """Return the workbook as a file."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                tree = self._trees.get(name)
                text = content if tree is None else etree.tostring(
                    tree, xml_declaration=True, encoding="UTF-8", standalone=True
                )  # fmt: skip
                archive.writestr(name, text)
        return file.getvalue()

    # -- sheets ------------------------------------------------------------------------

    @property
    def workbook(self) -> str:
        """Return the name of the part that lists the sheets."""
        return "xl/workbook.xml"

    def listed(self, sheet: str) -> Element:
        """Return the entry of a sheet in the list of sheets."""
        return next(
            e for e in self.tree(self.workbook).iter(tag("sheet"))
            if e.get("name") == sheet
        )  # fmt: skip

    def relations(self, part: str) -> str:
        """Return the part that holds a part's relations; it is made if need be."""
        folder, name = posixpath.split(part)
        found = f"{folder}/_rels/{name}.rels"
        if found not in self.parts:
            self.parts[found] = f'<Relationships xmlns="{PACKAGE}"/>'.encode()
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation to a part and return its id."""
        relations = self.tree(self.relations(part))
        name = f"rIdNew{len(relations) + 1}"
        facts = {"Id": name, "Type": f"{OFFICE}/{kind}", "Target": target}
        etree.SubElement(relations, tag("Relationship", PACKAGE), facts)
        return name

    def part(self, sheet: str) -> str:
        """Return the name of a sheet's part."""
        wanted = self.listed(sheet).get(tag("id", OFFICE))
        for relation in self.tree("xl/_rels/workbook.xml.rels"):
            if relation.get("Id") == wanted:
                target = str(relation.get("Target"))
                return posixpath.normpath(
                    target[1:] if target.startswith("/") else f"xl/{target}"
                )
        raise AssertionError(f"{sheet} has no part")

    def sheet(self, sheet: str) -> Element:
        """Return the root of a sheet."""
        return self.tree(self.part(sheet))

    def cell(self, sheet: str, address: str) -> Element:
        """Return a cell that is stored."""
        found = [c for c in self.sheet(sheet).iter(tag("c")) if c.get("r") == address]
        assert found, f"{sheet}!{address} is not stored"
        return found[0]

    def row(self, sheet: str, address: str) -> Element:
        """Return the row of a cell."""
        found = self.cell(sheet, address).getparent()
        assert found is not None
        return found

    def follow(self, sheet: str, element: Element) -> None:
        """Put an element into a sheet, where the schema has its place."""
        root = self.sheet(sheet)
        name = etree.QName(element).localname
        later = {tag(n) for n in _AFTER_DATA[_AFTER_DATA.index(name) :]}
        for at, child in enumerate(root):
            if child.tag in later:
                root.insert(at, element)
                return
        root.append(element)

    # -- styles ------------------------------------------------------------------------

    def restyle(
        self, cell: Element, *, code: str = "", font: Mapping[str, str] | None = None,
        fill: str = "", alignment: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Give one cell a style of its own: its present one with these changes.

        font: child element of the font -> its attributes as `name=value ...`.
        """
        styles = self.tree("xl/styles.xml")
        formats = _one(styles, "cellXfs")
        xf = copy.deepcopy(formats[int(cell.get("s", "0"))])
        if code:
            xf.set("numFmtId", self._format(styles, code))
            xf.set("applyNumberFormat", "1")
        if font:
            xf.set("fontId", _appended(styles, "fonts", xf.get("fontId"), font))
            xf.set("applyFont", "1")
        if fill:
            fills = _one(styles, "fills")
            fills.append(etree.fromstring(_FILL.format(MAIN, fill)))
            xf.set("fillId", str(len(fills) - 1))
            xf.set("applyFill", "1")
        if alignment:
            _one(xf, "alignment").attrib.update(alignment)
            xf.set("applyAlignment", "1")
        formats.append(xf)
        formats.set("count", str(len(formats)))
        cell.set("s", str(len(formats) - 1))

    @staticmethod
    def _format(styles: Element, code: str) -> str:
        formats = styles.find(tag("numFmts"))
        if formats is None:
            formats = etree.Element(tag("numFmts"))
            styles.insert(0, formats)
        number = str(max((int(f.get("numFmtId", 0)) for f in formats), default=163) + 1)
        facts = {"numFmtId": number, "formatCode": code}
        etree.SubElement(formats, tag("numFmt"), facts)
        formats.set("count", str(len(formats)))
        return number

    def conditional(self, inner: str) -> int:
        """Add a differential style for rules; return its number."""
        styles = self.tree("xl/styles.xml")
        changes = styles.find(tag("dxfs"))
        if changes is None:
            changes = etree.Element(tag("dxfs"))
            _one(styles, "cellStyles").addnext(changes)
        changes.append(etree.fromstring(f'<dxf xmlns="{MAIN}">{inner}</dxf>'))
        changes.set("count", str(len(changes)))
        return len(changes) - 1


_FILL = (
    '<fill xmlns="{}"><patternFill patternType="solid"><fgColor rgb="{}"/>'
    "</patternFill></fill>"
)


def _one(parent: Element, name: str) -> Element:
    found = parent.find(tag(name))
    return etree.SubElement(parent, tag(name)) if found is None else found


_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign",
    "sz", "color", "name", "family", "charset", "scheme",
)  # fmt: skip


def _appended(
    styles: Element, group: str, base: str | None, changes: Mapping[str, str]
) -> str:
    fonts = _one(styles, group)
    font = copy.deepcopy(fonts[int(base or 0)])
    for name, text in changes.items():
        for old in font.findall(tag(name)):
            font.remove(old)
        pairs = dict(pair.split("=", 1) for pair in text.split() if "=" in pair)
        etree.SubElement(font, tag(name), pairs)
    font[:] = sorted(font, key=lambda e: _FONT_ORDER.index(etree.QName(e).localname))
    fonts.append(font)
    fonts.set("count", str(len(fonts)))
    return str(len(fonts) - 1)
