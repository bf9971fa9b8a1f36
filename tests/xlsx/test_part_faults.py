"""The schema of charts, drawings, themes, properties, comments and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

import openpyxl
import pytest
from openpyxl import chart
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table, TableColumn

from jcm_xl import api
from jcm_xl.xlsx import part_faults, part_types
from jcm_xl.xlsx.part_faults import BrokenXml, judged_part
from tests.support import example_book

CHART, DRAWING = "xl/charts/chart1.xml", "xl/drawings/drawing1.xml"
THEME, APP, CORE = "xl/theme/theme1.xml", "docProps/app.xml", "docProps/core.xml"
OWN = "docProps/custom.xml"
PARTS = ("xl/charts/", "xl/drawings/drawing", "xl/theme/", "docProps/", "xl/tables/",
         "xl/comments")  # fmt: skip


@lru_cache(maxsize=1)
def ours() -> Mapping[str, bytes]:
    return parts_of(api.book(*example_book("EX_AM901", monthly=True)))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if name.startswith(PARTS) and name.endswith(".xml")
        }


def test_parts_that_we_write_keep_the_schema() -> None:
    faults = {name: judged_part(data).faults for name, data in ours().items()}
    assert {CHART, DRAWING, THEME, APP, CORE, OWN} <= faults.keys()
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_part_that_costs_nothing_is_one_that_we_write_and_keeps_the_schema() -> None:
    data = ours()[THEME]
    assert {sha256(data).hexdigest()} == {*part_faults._OURS}
    assert judged_part(data) == judged_part(data + b"\n")


def test_every_line_of_the_schema_can_be_read() -> None:
    types = [key for key in part_types._lines() if key[0] not in "{@="]
    assert len(types) > 400
    for key in types:
        for kind in part_types.part_type(key).content.types.values():
            assert kind.startswith("%") or part_types.part_type(kind), (key, kind)
    assert all(part_types.part_type(kind) for kind in part_types.ROOTS.values())


KINDS = [
    chart.AreaChart, chart.BarChart, chart.BarChart3D, chart.BubbleChart,
    chart.DoughnutChart, chart.LineChart, chart.PieChart, chart.ProjectedPieChart,
    chart.RadarChart, chart.ScatterChart, chart.StockChart, chart.SurfaceChart,
]  # fmt: skip


def test_what_a_library_writes_is_silent() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(6):
        sheet.append([row + column for column in range(4)])
    for kind in KINDS:
        drawn = kind()
        drawn.add_data(chart.Reference(sheet, 1, 1, 4, 6))
        drawn.title = "A title"
        sheet.add_chart(drawn)
    sheet["F1"].comment = Comment("A note", "somebody")
    table = Table(displayName="T", ref="H1:I3")
    table.tableColumns = [TableColumn(id=n, name=f"c{n}") for n in (1, 2)]
    sheet.add_table(table)
    book.save(file := io.BytesIO())
    parts = parts_of(file.getvalue())
    assert len(parts) >= len(KINDS) + 5
    faults = {name: judged_part(data).faults for name, data in parts.items()}
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (CHART, b"<c:plotArea>", b"<c:legend/><c:plotArea>", "c:legend in chart"),
        (CHART, b'<c:plotVisOnly val="1"', b'<c:plotVisOnly val="so"',
         "val=so of plotVisOnly"),
        (CHART, b'<c:barDir val="col"', b'<c:barDir colour="col"', "colour of barDir"),
        (CHART, b"<c:axId ", b"odd<c:axId ", "odd in barChart"),
        (DRAWING, b"<xdr:clientData/>", b"", "twoCellAnchor without"),
        (DRAWING, b"<xdr:row>", b"<xdr:row>x", "in row"),
        (DRAWING, b' r:id="rId1"', b"", "chart without r:id"),
        (APP, b"<DocSecurity>0", b"<DocSecurity>no", "no in DocSecurity"),
        (APP, b"<Application>", b"<Manager/><Manager/><Application>", "Manager twice"),
        (CORE, b'xsi:type="dcterms:W3CDTF"', b"", "created without xsi:type"),
        (OWN, b' name="', b' nam="', "nam of property"),
        (THEME, b"<a:lt2>", b"<a:dk1/><a:lt2>", "a:dk1 in clrScheme"),
        (THEME, b'<a:srgbClr val="1F497D"', b'<a:srgbClr val="1F49"',
         "val=1F49 of srgbClr"),
    ],
)  # fmt: skip
def test_what_the_schema_does_not_have_is_told(
    part: str, old: bytes, new: bytes, fault: str
) -> None:
    data = ours()[part]
    assert old in data
    found = judged_part(data.replace(old, new, 1)).faults
    assert any(fault in text for text in found), found


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (CHART, b"</c:chartSpace>", b'<c:extLst><c:ext uri="u"><x:y xmlns:x="u"/>'
         b"</c:ext></c:extLst></c:chartSpace>"),
        (CHART, b"<c:chart>", b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlform'
         b'ats.org/markup-compatibility/2006"><mc:Choice/></mc:AlternateContent>'
         b"<c:chart>"),
        (CHART, b"<c:chartSpace ", b'<c:chartSpace xmlns:mc="http://schemas.openxmlformat'
         b's.org/markup-compatibility/2006" xmlns:q="urn:q" mc:Ignorable="q" q:z="1" '),
        (APP, b"<Application>", b"<Manager></Manager><Application>"),
        (THEME, b"</a:theme>", b"</a:theme>\n<!-- so -->"),
    ],
)  # fmt: skip
def test_what_may_stand_there_is_silent(part: str, old: bytes, new: bytes) -> None:
    data = ours()[part]
    assert old in data
    assert judged_part(data.replace(old, new, 1)).faults == ()


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"\xff<a/>"]
)
def test_what_is_no_whole_xml_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenXml):
        judged_part(data)


def test_points_that_a_chart_keeps_cost_little_and_hide_nothing() -> None:
    points = b"".join(
        b'<c:pt idx="%d"><c:v>%d</c:v></c:pt>' % (number, number)
        for number in range(20_000)
    )
    head = (
        b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        b"<c:chart><c:plotArea><c:barChart><c:barDir val='col'/><c:ser><c:idx val='0'/>"
        b"<c:order val='0'/><c:val><c:numRef><c:f>A</c:f><c:numCache>"
    )
    tail = (
        b"</c:numCache></c:numRef></c:val></c:ser><c:axId val='1'/><c:axId val='2'/>"
        b"</c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    assert judged_part(head + points + tail).faults == ()
    odd = b'<c:pt idx="one"><c:v>1</c:v></c:pt>'
    assert judged_part(head + points + odd + points + tail).faults == ("idx=one of pt",)
