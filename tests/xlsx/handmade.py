"""Workbooks written by hand, part by part: what no library would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    "</cellStyleXfs>"
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0">'
    '<protection locked="0"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0">'
    '<protection hidden="1"/></xf></cellXfs></styleSheet>'
)
SPREADSHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def types(*others: tuple[str, str]) -> str:
    """Return the list of types of a book: the workbook's and these, by part name."""
    stated = "".join(
        f'<Override PartName="/{name}" ContentType="{SPREADSHEETML}.{kind}+xml"/>'
        for name, kind in (("xl/workbook.xml", "sheet.main"), *others)
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{stated}</Types>"
    )


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """Return a worksheet part with these rows."""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def row(*cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def strings(*items: str) -> str:
    """Return a shared string part; each item is what stands in ``si``."""
    body = "".join(f"<si>{item}</si>" for item in items)
    return f'{DECLARATION}<sst xmlns="{MAIN}">{body}</sst>'


def relations(*entries: tuple[str, str, str]) -> str:
    """Return a relation part of (id, type, target); external if the target says so."""
    body = "".join(_relation(*entry) for entry in entries)
    namespace = f"{PACKAGE}/relationships"
    return f'{DECLARATION}<Relationships xmlns="{namespace}">{body}</Relationships>'


def _relation(key: str, kind: str, target: str) -> str:
    full = kind if "://" in kind else f"{OFFICE}/{kind}"
    mode = ' TargetMode="External"' if ":" in target else ""
    return f'<Relationship Id="{key}" Type="{full}" Target="{target}"{mode}/>'


def parts(
    *sheets: str, shared: str = "", workbook: str = "", extra: Mapping[str, str] = {}
) -> dict[str, str]:
    """Return the parts of a book with these sheets, named S1, S2, and so on."""
    listed = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>'
        for n in range(1, len(sheets) + 1)
    )
    stated = [
        ("xl/styles.xml", "styles"),
        *((f"xl/worksheets/sheet{n}.xml", "worksheet")
          for n in range(1, len(sheets) + 1)),
        *([("xl/sharedStrings.xml", "sharedStrings")] if shared else []),
    ]  # fmt: skip
    found = {
        "[Content_Types].xml": types(*stated),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook
        or f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml")
              for n in range(1, len(sheets) + 1)),
            ("rId90", "styles", "styles.xml"),
            *((("rId91", "sharedStrings", "sharedStrings.xml"),) if shared else ()),
        ),
        "xl/styles.xml": STYLES,
        **({"xl/sharedStrings.xml": shared} if shared else {}),
    }  # fmt: skip
    for number, part in enumerate(sheets, 1):
        found[f"xl/worksheets/sheet{number}.xml"] = part
    return found | dict(extra)


def zipped(
    found: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in found.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def book(*sheets: str, shared: str = "", extra: Mapping[str, str] = {}) -> bytes:
    """Return a whole book with these sheets."""
    return zipped(parts(*sheets, shared=shared, extra=extra))
