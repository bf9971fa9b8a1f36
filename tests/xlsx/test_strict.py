"""What two programs could read differently is told; what honest programs write is not.

Each case changes one part of a small sound book. Both ways of reading have to agree.
"""

from __future__ import annotations

import pytest

from jcm_xl.xlsx.grid import Grid, Odd
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.xlsx.handmade import (
    MAIN,
    OFFICE,
    parts,
    relations,
    row,
    sheet,
    strings,
    zipped,
)

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ALTERNATIVE = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x">'
END = "</mc:Choice></mc:AlternateContent>"
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
BOOK = "xl/workbook.xml"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"

THEME = "xl/theme/theme1.xml"
DRAWING = "xl/drawings/drawing1.xml"
TABLE = "xl/tables/table1.xml"
ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
OF_THE_SCHEMA = (Odd.NOT_IN_SCHEMA, Odd.MORE)
"""The theme and the drawing here are too short for their schema: no matter."""
EXTRA = {
    THEME: f'<a:theme xmlns:a="{ART}"><a:themeElements><a:clrScheme name="Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:accent1><a:srgbClr '
    'val="4472C4"/></a:accent1></a:clrScheme><a:fontScheme name="Office"><a:minorFont>'
    '<a:latin typeface="Calibri"/></a:minorFont></a:fontScheme><a:fmtScheme>'
    '<a:fillStyleLst><a:gs><a:srgbClr val="000000"><a:alpha val="1"/></a:srgbClr>'
    "</a:gs></a:fillStyleLst></a:fmtScheme>"
    "</a:themeElements></a:theme>",
    DRAWING: f'<xdr:wsDr xmlns:xdr="{DRAW}" xmlns:a="{ART}"><xdr:twoCellAnchor>'
    "<xdr:from><xdr:col>5</xdr:col><xdr:row>5</xdr:row></xdr:from><xdr:to><xdr:col>6"
    "</xdr:col><xdr:row>6</xdr:row></xdr:to><xdr:graphicFrame><a:graphic>"
    f'<a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}"/></a:graphicData>'
    "</a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>",
    TABLE: f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:B2">'
    '<tableColumns count="2"><tableColumn id="1" name="a"/><tableColumn id="2" '
    'name="b"/></tableColumns></table>',
    "xl/worksheets/_rels/sheet1.xml.rels": relations(
        ("rId1", "drawing", "../drawings/drawing1.xml"),
        ("rId2", "table", "../tables/table1.xml"),
    ),
}

PARTS = parts(
    sheet(
        row('<c r="A1" s="1"><v>1</v></c>', '<c r="B1" t="s"><v>0</v></c>'),
        before='<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" '
        'width="9"/></cols>',
        after='<mergeCells><mergeCell ref="C1:D1"/></mergeCells>',
    ),
    shared=strings("<t>text</t>"),
    extra=EXTRA,
)
PARTS["xl/_rels/workbook.xml.rels"] = PARTS["xl/_rels/workbook.xml.rels"].replace(
    "</Relationships>",
    f'<Relationship Id="rId77" Type="{OFFICE}/theme" Target="theme/theme1.xml"/>'
    "</Relationships>",
)
DOCUMENT = "application/vnd.openxmlformats-officedocument"
PARTS["[Content_Types].xml"] = PARTS["[Content_Types].xml"].replace(
    "</Types>",
    "".join(
        f'<Override PartName="/xl/{name}" ContentType="{DOCUMENT}.{kind}+xml"/>'
        for name, kind in (
            ("theme/theme1.xml", "theme"),
            ("drawings/drawing1.xml", "drawing"),
            ("tables/table1.xml", "spreadsheetml.table"),
        )
    )
    + "</Types>",
)


def changed(part: str, old: str, new: str) -> Grid:
    """Return the grid after a change, the same by both ways."""
    text = PARTS[part]
    assert old in text
    data = zipped({**PARTS, part: text.replace(old, new, 1)})
    first, second = (
        read_grid(open_bytes(data), is_quick=is_quick) for is_quick in (True, False)
    )
    assert first == second
    return first


@pytest.mark.parametrize(
    ("part", "old", "new", "kind"),
    [
        (SHEET, "<v>1</v>", f"{ALTERNATIVE}<v>2</v>{END}<v>1</v>", Odd.ALTERNATIVE),
        (SHEET, "<row ", f"{ALTERNATIVE}{END}<row ", Odd.ALTERNATIVE),
        (SHEET, "<v>1</v>", '<x:v xmlns:x="urn:x">2</x:v><v>1</v>', Odd.FOREIGN_NAME),
        (SHEET, '<c r="A1"', '<c xmlns:x="urn:x" x:r="Z9" r="A1"', Odd.FOREIGN_NAME),
        (SHEET, '<c r="A1"', '<c xmlns:x="urn:x" x:t="s" r="A1"', Odd.FOREIGN_NAME),
        (SHEET, '<c r="A1"', '<c xmlns:x="urn:x" x:q="s" r="A1"', Odd.UNDECLARED),
        (SHEET, "<row ", '<row xmlns:x="urn:x" x:hidden="1" ', Odd.FOREIGN_NAME),
        (SHEET, "<row ", '<row hidden="on" ', Odd.BAD_SETTING),
        (SHEET, "<v>1</v>", "<f></f><v>1</v>", Odd.BAD_VALUE),
        (SHEET, "<v>1</v>", "<f/><v>1</v>", Odd.BAD_VALUE),
        (SHEET, "<v>1</v>", '<f ca="1"></f><v>1</v>', Odd.SHARED_FORMULA),
        (SHEET, "<sheetFormatPr", '<sheetPr transitionEvaluation="1"/><sheetFormatPr',
         Odd.OTHER_ARITHMETIC),
        (SHEET, "<cols>", f"{ALTERNATIVE}<cols/>{END}<cols>", Odd.ALTERNATIVE),
        (SHEET, "<col ", f"{ALTERNATIVE}{END}<col ", Odd.ALTERNATIVE),
        (SHEET, "<col ", '<x:col xmlns:x="urn:x"/><col ', Odd.FOREIGN_NAME),
        (SHEET, "<col ", '<col xmlns:x="urn:x" x:width="0" ', Odd.FOREIGN_NAME),
        (SHEET, "<col ", '<col hidden="yes" ', Odd.BAD_SETTING),
        (SHEET, "<cols>", '<x:y xmlns:x="urn:x"/><cols>', Odd.UNDECLARED),
        (SHEET, "<mergeCells>", "<mergeCells/><mergeCells>", Odd.TWICE),
        (SHEET, "<sheetFormatPr", "<sheetFormatPr/><sheetFormatPr", Odd.TWICE),
        (SHEET, "<sheetFormatPr", '<sheetFormatPr zeroHeight="t"', Odd.BAD_SETTING),
        (TEXTS, "<t>text", f"{ALTERNATIVE}<t>x</t>{END}<t>text", Odd.ALTERNATIVE),
        (TEXTS, "<si>", f"{ALTERNATIVE}<x/>{END}<si>", Odd.ALTERNATIVE),
        (TEXTS, "<si>", '<x:si xmlns:x="urn:x"/><si>', Odd.FOREIGN_NAME),
        (TEXTS, "<t>text", '<x:t xmlns:x="urn:x">x</x:t><t>text', Odd.FOREIGN_NAME),
        (TEXTS, "</t>", "</t><t>more</t>", Odd.SECOND_VALUE),
        (TEXTS, "</t>", "</t><r><t>more</t></r>", Odd.SECOND_VALUE),
        (STYLES, "<numFmts", f"{ALTERNATIVE}<numFmts/>{END}<numFmts", Odd.ALTERNATIVE),
        (STYLES, "<xf ", f"{ALTERNATIVE}<xf/>{END}<xf ", Odd.ALTERNATIVE),
        (STYLES, "<numFmt ", '<x:numFmt xmlns:x="urn:x"/><numFmt ', Odd.FOREIGN_NAME),
        (STYLES, "<numFmt ", '<numFmt xmlns:x="urn:x" x:formatCode="0" ',
         Odd.FOREIGN_NAME),
        (STYLES, "</numFmts>", '<numFmt numFmtId="164" formatCode="0"/></numFmts>',
         Odd.TWICE),
        (STYLES, "</numFmts>", '<numFmt numFmtId="1" formatCode="0.0"/></numFmts>',
         Odd.TWICE),
        (STYLES, '"164" fontId', '"0164" fontId', Odd.BAD_SETTING),
        (STYLES, 'locked="0"', 'locked="off"', Odd.BAD_SETTING),
        (STYLES, "</styleSheet>", "<cellXfs/></styleSheet>", Odd.TWICE),
        (THEME, "<a:dk1>", "<a:dk1><a:sysClr/></a:dk1><a:dk1>", Odd.TWICE),
        (THEME, "<a:dk1>", '<x:dk1 xmlns:x="urn:x"/><a:dk1>', Odd.FOREIGN_NAME),
        (THEME, "<a:dk1>", f"{ALTERNATIVE}{END}<a:dk1>", Odd.ALTERNATIVE),
        (THEME, "<a:dk1>", '<a:lt1><a:prstClr val="black"/></a:lt1><a:dk1>',
         Odd.BAD_SETTING),
        (THEME, '<a:srgbClr val="4472C4"/>', '<a:srgbClr val="4472C4"><a:lumOff '
         'val="100000"/></a:srgbClr>', Odd.BAD_SETTING),
        (THEME, "</a:themeElements>", "<a:clrScheme/></a:themeElements>", Odd.TWICE),
        (THEME, "<a:latin ", '<a:latin xmlns:x="urn:x" x:typeface="Webdings" ',
         Odd.FOREIGN_NAME),
        (DRAWING, "<xdr:to>", '<x:to xmlns:x="urn:x"/><xdr:to>', Odd.FOREIGN_NAME),
        (DRAWING, "<xdr:to>", f"{ALTERNATIVE}<xdr:to/>{END}<xdr:to>", Odd.ALTERNATIVE),
        (DRAWING, "<xdr:to>", "<xdr:to></xdr:to><xdr:to>", Odd.TWICE),
        (DRAWING, "<xdr:row>6", "<xdr:row>1</xdr:row><xdr:row>6", Odd.TWICE),
        (DRAWING, "<xdr:row>6", "<xdr:row><!-- -->6", Odd.COMMENT),
        (TABLE, "<tableColumn ", '<x:tableColumn xmlns:x="urn:x"/><tableColumn ',
         Odd.FOREIGN_NAME),
        (TABLE, "<tableColumns", f"{ALTERNATIVE}<tableColumns/>{END}<tableColumns",
         Odd.ALTERNATIVE),
        (TABLE, "<tableColumns", "<tableColumns/><tableColumns", Odd.TWICE),
        (TABLE, ' ref="', ' totalsRowCount="true" ref="', Odd.BAD_SETTING),
        (TABLE, ' ref="', ' xmlns:x="urn:x" x:ref="A1" ref="', Odd.FOREIGN_NAME),
        (BOOK, "<sheets>", '<calcPr iterate="x"/><sheets>', Odd.BAD_SETTING),
        (BOOK, "<sheets>", '<calcPr calcMode="never"/><sheets>', Odd.BAD_SETTING),
        (BOOK, "<sheets>", "<workbookPr/><workbookPr/><sheets>", Odd.TWICE),
        (BOOK, "</sheets>", "</sheets><definedNames><definedName name='C11'>7"
         "</definedName></definedNames>", Odd.TOO_MUCH),
        (BOOK, "</sheets>", "</sheets><definedNames><definedName name='R1C1'>7"
         "</definedName></definedNames>", Odd.TOO_MUCH),
        (BOOK, 'name="S1"', 'name="S1" state="seen"', Odd.BAD_SETTING),
        (BOOK, "</sheets>", "</sheets><definedNames><definedName name='a'>1<!-- -->2"
         "</definedName></definedNames>", Odd.COMMENT),
    ],
)  # fmt: skip
def test_what_is_read_differently_is_told(
    part: str, old: str, new: str, kind: Odd
) -> None:
    told = {odd.kind for odd in changed(part, old, new).oddities}
    assert told - {Odd.NOT_IN_SCHEMA} == {kind}


IGNORABLE = f'<worksheet xmlns:mc="{MC}" xmlns:x14ac="{AC}" mc:Ignorable="x14ac" '


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, "</worksheet>", f"{ALTERNATIVE}<controls><control/></controls>{END}"
         "</worksheet>"),
        (SHEET, "</worksheet>", '<extLst><ext uri="u"><x14:conditionalFormattings '
         f'xmlns:x14="{X14}"><x14:col/></x14:conditionalFormattings></ext></extLst>'
         "</worksheet>"),
        (SHEET, "<worksheet ", f'{IGNORABLE}x14ac:uid="1" '),
        (SHEET, "</worksheet>", '<drawing xmlns:d="http://schemas.openxmlformats.org/'
         'officeDocument/2006/relationships" d:id="rId1"/></worksheet>'),
        (STYLES, "</styleSheet>", f'<extLst><ext xmlns:x14="{X14}"><x14:xf/></ext>'
         "</extLst></styleSheet>"),
        (STYLES, "<styleSheet ", f'<styleSheet xmlns:mc="{MC}" xmlns:x14ac="{AC}" '
         'mc:Ignorable="x14ac" x14ac:q="1" '),
        (STYLES, "</numFmts>", '<numFmt numFmtId="44" formatCode="0 &quot;kr&quot;"/>'
         "</numFmts>"),
        (THEME, "</a:theme>", '<a:extLst><a:ext><t:dk1 xmlns:t="urn:t"/></a:ext>'
         "</a:extLst></a:theme>"),
        (THEME, "</a:theme>", "<a:extraClrSchemeLst><a:extraClrScheme><a:clrScheme/>"
         "</a:extraClrScheme><a:extraClrScheme><a:clrScheme/></a:extraClrScheme>"
         "</a:extraClrSchemeLst></a:theme>"),
        (DRAWING, "<xdr:twoCellAnchor>", f"{ALTERNATIVE}<xdr:oneCellAnchor><xdr:from/>"
         f'<xdr:ext cx="1" cy="1"/><xdr:sp/></xdr:oneCellAnchor>{END}'
         "<xdr:twoCellAnchor>"),
        (DRAWING, "<xdr:graphicFrame>", f"{ALTERNATIVE}<xdr:sp/>{END}"
         "<xdr:graphicFrame>"),
        (DRAWING, "<c:chart ", f'<c:t xmlns:c="{CHART}">9</c:t><c:chart '),
        (TABLE, "<table ", f'<table xmlns:mc="{MC}" xmlns:x14ac="{AC}" '
         'mc:Ignorable="x14ac" x14ac:uid="1" '),
        (TEXTS, "</sst>", '<extLst><ext uri="u"/></extLst></sst>'),
        (TEXTS, "<t>text", '<phoneticPr fontId="1"/><t>text'),
        (SHEET, "<cols>", '<cols><col min="3" max="3" width="4"/></cols><cols>'),
    ],
)  # fmt: skip
def test_what_honest_programs_write_is_silent(part: str, old: str, new: str) -> None:
    found = changed(part, old, new).oddities
    assert [odd for odd in found if odd.kind not in OF_THE_SCHEMA] == []
