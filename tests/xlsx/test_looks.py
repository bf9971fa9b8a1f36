"""What is seen of a cell: colours through theme and tint, fonts, rules and sizes."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.xlsx.cell_styles import Styles, read_styles
from jcm_xl.xlsx.colours import Palette, contrast, is_legible, named_colour, tinted
from jcm_xl.xlsx.drawings import read_drawings, read_notes
from jcm_xl.xlsx.grid import Sheet
from jcm_xl.xlsx.looks import Look, LookChange
from jcm_xl.xlsx.markup import small_part
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from jcm_xl.xlsx.sheet_look import Caption, Ruler, SheetLook, digits
from jcm_xl.xlsx.strict_styles import StyleJudge
from jcm_xl.xlsx.texts import RunFont
from jcm_xl.xlsx.theme import USUAL, Theme
from jcm_xl.xlsx.theme_part import read_theme
from tests.xlsx.handmade import DECLARATION, MAIN, parts, row, sheet, strings, zipped

ART = "http://schemas.openxmlformats.org/drawingml/2006/main"


def theme_part(colours: str, fonts: str = "") -> bytes:
    return (
        f'<a:theme xmlns:a="{ART}"><a:themeElements><a:clrScheme>{colours}'
        f"</a:clrScheme><a:fontScheme>{fonts}</a:fontScheme></a:themeElements></a:theme>"
    ).encode()


def styles(inner: str, theme: Theme = USUAL) -> Styles:
    part = f'{DECLARATION}<styleSheet xmlns="{MAIN}">{inner}</styleSheet>'
    return read_styles(part.encode(), "s", StyleJudge(OddFacts(), "s"), theme)


def look(font: str = "", fill: str = "", inner: str = "", theme: Theme = USUAL) -> Look:
    grounds = fill or "<patternFill patternType='none'/>"
    return styles(
        f"<fonts><font>{font}</font></fonts><fills><fill>{grounds}</fill></fills>"
        f'<cellXfs><xf fontId="0" fillId="0">{inner}</xf></cellXfs>',
        theme,
    ).looks[0]


# -- colours -----------------------------------------------------------------------


def test_a_theme_names_its_colours_and_fonts() -> None:
    found = read_theme(
        theme_part(
            '<a:dk1><a:sysClr val="windowText" lastClr="FFFFFF"/></a:dk1>'
            '<a:lt1><a:sysClr val="window" lastClr="000000"/></a:lt1>'
            '<a:accent1><a:srgbClr val="c6e0b4"/></a:accent1>',
            '<a:minorFont><a:latin typeface="Webdings"/></a:minorFont>',
        ),
        "theme1.xml",
    ).theme
    assert found.colours[:2] == ("FFFFFF", "000000"), "of the system, not of the file"
    assert found.colours[4] == "C6E0B4"
    assert (found.minor, found.major) == ("Webdings", USUAL.major)


@pytest.mark.parametrize(
    ("stated", "colour"),
    [
        ({"rgb": "FF12AB9F"}, "12AB9F"),
        ({"theme": "0"}, "FFFFFF"),
        ({"theme": "1"}, "000000"),
        ({"theme": "4"}, "4F81BD"),
        ({"theme": "0", "rgb": "FF000000"}, "FFFFFF"),
        ({"theme": "1", "tint": "1"}, "FFFFFF"),
        ({"theme": "0", "tint": "-0.5"}, "808080"),
        ({"indexed": "10"}, "FF0000"),
        ({"indexed": "64"}, "000000"),
        ({"indexed": "65"}, "FFFFFF"),
        ({"auto": "1"}, "000000"),
        ({"theme": "99"}, "000000"),
        ({"rgb": "x"}, "000000"),
        ({"theme": "4", "tint": "nan"}, "4F81BD"),
        ({}, "000000"),
    ],
)
def test_a_colour_is_resolved(stated: dict[str, str], colour: str) -> None:
    assert Palette().colour(stated) == colour


def test_a_book_may_have_a_palette_of_its_own() -> None:
    own = styles(
        "<fonts><font><color indexed='2'/></font></fonts><cellXfs><xf fontId='0'/>"
        "</cellXfs><colors><indexedColors><rgbColor rgb='FF000000'/><rgbColor "
        "rgb='FFFFFFFF'/><rgbColor rgb='FFFEFEFE'/></indexedColors></colors>"
    )
    assert own.looks[0].colour == "FEFEFE"
    assert not own.looks[0].can_be_seen


@given(st.floats(-1, 1), st.sampled_from(USUAL.colours))
def test_a_tint_gives_a_colour(tint: float, colour: str) -> None:
    found = tinted(colour, tint)
    assert len(bytes.fromhex(found)) == 3
    assert contrast(found, colour) >= 1


@pytest.mark.parametrize(
    ("letters", "ground", "can_be_read"),
    [
        ("000000", "FFFFFF", True), ("FFFFFF", "FFFFFF", False),
        ("FFFFFF", "FEFEFE", False), ("FFFF00", "FFFFFF", False),
        ("595959", "FFFFFF", True), ("A6A6A6", "FFFFFF", True),
        ("9C0006", "F8CBAD", True), ("006100", "C6EFCE", True),
        ("FFFFFF", "1F3864", True), ("000000", "FFF2CC", True),
        ("C6E0B4", "C5E0B3", False), ("C00000", "FFF2CC", True),
    ],
)  # fmt: skip
def test_letters_stand_out_from_their_ground(
    letters: str, ground: str, can_be_read: bool
) -> None:
    assert is_legible(letters, (ground,)) is can_be_read


def test_a_format_names_a_colour() -> None:
    names = ("White", "Red", "Color 1", "Color2", "Color99", "Grey")
    found = ("FFFFFF", "FF0000", "000000", "FFFFFF", "", "")
    assert tuple(map(named_colour, names)) == found


# -- looks -------------------------------------------------------------------------


def test_a_ground_is_what_a_fill_looks_like() -> None:
    solid = "<patternFill patternType='solid'><fgColor rgb='FF112233'/></patternFill>"
    pattern = (
        "<patternFill patternType='mediumGray'><fgColor rgb='FF000000'/>"
        "<bgColor rgb='FFFFFFFF'/></patternFill>"
    )
    gradient = (
        "<gradientFill><stop position='0'><color rgb='FF000000'/></stop>"
        "<stop position='1'><color theme='0'/></stop></gradientFill>"
    )
    assert look(fill=solid).grounds == ("112233",)
    assert look(fill=pattern).grounds == ("808080",)
    lines = pattern.replace("mediumGray", "darkUp")
    assert look(fill=lines).grounds == ("808080", "000000")
    assert look(fill=lines.replace("dark", "light")).grounds == ("BFBFBF",)
    assert look(fill=gradient).grounds == ("000000", "FFFFFF")
    assert look().grounds == ("FFFFFF",)


def test_letters_are_small_struck_or_signs() -> None:
    found = look("<strike/><sz val='2.5'/><name val='Wingdings 2'/>")
    assert (found.points, found.is_struck, found.is_symbolic) == (2.5, True, True)
    assert look("<name val='X'/><charset val='2'/>").is_symbolic
    assert look("<strike val='0'/><sz val='x'/><name val='Arial'/>") == look(
        "<name val='Arial'/>"
    )
    webdings = USUAL._replace(minor="Webdings")
    assert look(
        "<name val='Calibri'/><scheme val='minor'/>", theme=webdings
    ).is_symbolic
    assert not look("<name val='Calibri'/>", theme=webdings).is_symbolic


def test_how_it_lies_in_its_cell() -> None:
    found = look(
        inner="<alignment horizontal='fill' indent='250' textRotation='90' "
        "shrinkToFit='1' wrapText='true'/>"
    )
    assert found == look()._replace(
        alignment="fill", indent=250, rotation=90, is_shrunk=True, wraps=True
    )


def test_elements_of_other_name_spaces_change_nothing() -> None:
    assert look("<x:color xmlns:x='urn:x' rgb='FFFFFFFF'/>").can_be_seen


# -- rules -------------------------------------------------------------------------

DXFS = (
    "<dxfs><dxf><font><color rgb='FF9C0006'/></font><fill><patternFill><bgColor "
    "rgb='FFF8CBAD'/></patternFill></fill></dxf>"
    "<dxf><font><color theme='0'/></font></dxf>"
    "<dxf><numFmt numFmtId='200' formatCode='&quot;500&quot;'/></dxf></dxfs>"
)
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def conditions(after: str) -> list[tuple[object, ...]]:
    files = parts(sheet(row('<c r="A1"><v>1</v></c>'), after=after))
    files["xl/styles.xml"] = (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">{DXFS}</styleSheet>'
    )
    found = read_grid(open_bytes(zipped(files))).sheets[0].look.conditions
    return [(c.ranges, c.type, c.formulas, c.change.format, c.is_alone) for c in found]


def test_a_rule_that_can_hide_nothing_is_not_kept() -> None:
    rule = "<cfRule type='expression' dxfId='{}' priority='1'><formula>A1=1</formula>"
    whole = "<conditionalFormatting sqref='A1:B2'>{}</cfRule></conditionalFormatting>"
    assert conditions(whole.format(rule.format(0))) == []
    kept = [("A1:B2", "expression", ("A1=1",), "", False)]
    assert conditions(whole.format(rule.format(1))) == kept
    assert conditions(whole.format(rule.format(2)))[0][3] == '"500"'


def test_rules_of_later_excels_are_read() -> None:
    rule = (
        f"<extLst><ext xmlns:x14='{X14}' uri='{{78C0D931}}'>"
        "<x14:conditionalFormattings><x14:conditionalFormatting "
        f"xmlns:xm='{XM}'><x14:cfRule type='expression' priority='1'><xm:f>TRUE</xm:f>"
        "<x14:dxf><numFmt numFmtId='0' formatCode=';;;'/></x14:dxf></x14:cfRule>"
        "<xm:sqref>C3</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext></extLst>"
    )
    assert conditions(rule) == [("C3", "expression", ("TRUE",), ";;;", False)]


def test_a_bar_may_stand_alone() -> None:
    bar = (
        "<conditionalFormatting sqref='A1'><cfRule type='dataBar' priority='1'>"
        "<dataBar showValue='0'><cfvo type='formula' val='A9'/><color rgb='FF638EC6'/>"
        "</dataBar></cfRule></conditionalFormatting>"
    )
    assert conditions(bar) == [("A1", "dataBar", (), "", True)]


def test_a_change_keeps_what_it_does_not_state() -> None:
    changed = LookChange(colour="FFFFFF").on(Look(grounds=("123456",), points=9))
    assert changed == Look("FFFFFF", ("123456",), 9)


# -- runs ------------------------------------------------------------------------------

RUN = "<r><rPr>{}</rPr><t>M</t></r><r><t>Wh</t></r>"


@pytest.mark.parametrize("is_quick", [True, False])
@pytest.mark.parametrize(
    ("font", "fonts"),
    [
        ("<vertAlign val='subscript'/><sz val='11'/><color theme='1'/>", ()),
        ("<b/><i/><rFont val='Arial'/><color rgb='FF000000'/>", ()),
        ("<color rgb='FFFFFFFF'/>", (RunFont((("rgb", "FFFFFFFF"),)),)),
        ("<sz val='1'/>", (RunFont(points=1.0),)),
        ("<strike/>", (RunFont(is_struck=True),)),
        ("<rFont val='Wingdings'/>", (RunFont(is_symbolic=True),)),
    ],
)
def test_letters_of_a_text_may_look_otherwise(
    font: str, fonts: tuple[RunFont, ...], is_quick: bool
) -> None:
    run = RUN.format(font.replace("'", '"'))
    inline = f'<c r="B1" t="inlineStr"><is>{run}</is></c>'
    shared = parts(sheet(row('<c r="A1" t="s"><v>0</v></c>')), shared=strings(run))
    both = (shared, parts(sheet(row(inline))))
    for made in both:
        found = read_grid(open_bytes(zipped(made)), is_quick=is_quick).sheets[0]
        (cell,) = found.cells.values()
        assert cell.value == "MWh"
        assert found.look.has_runs is bool(fonts)
        assert getattr(cell.value, "fonts", ()) == fonts
        assert pickle.loads(pickle.dumps(cell)) == cell


# -- sizes -------------------------------------------------------------------------


@given(
    st.dictionaries(st.integers(1, 50), st.floats(0.5, 90), max_size=9),
    st.floats(1, 90),
    st.integers(1, 60),
)
def test_a_ruler_finds_the_line_that_it_measured(
    own: dict[int, float], usual: float, line: int
) -> None:
    ruler = Ruler([(n, n, size) for n, size in sorted(own.items())], usual, 1000)
    size = own.get(line, usual)
    assert ruler.at(ruler.before(line) + size / 2) == line
    assert ruler.before(line + 1) - ruler.before(line) == pytest.approx(size)


def test_a_view_is_read() -> None:
    before = (
        "<sheetViews><sheetView showZeros='0' topLeftCell='C9'><pane ySplit='7' "
        "state='frozen'/></sheetView></sheetViews><sheetFormatPr defaultRowHeight='12' "
        "defaultColWidth='0'/><cols><col min='2' max='3' width='20'/></cols>"
    )
    rows = '<row r="1" ht="3"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"/>'
    found = read_grid(open_bytes(zipped(parts(sheet(rows, before))))).sheets[0].look
    assert found == SheetLook(
        widths=((2, 3, 20.0),), heights={1: 3.0, 2: 0.0}, default_width=0.0,
        default_height=12.0, frozen=(7, 0), first=(9, 3), shows_zeros=False,
    )  # fmt: skip
    assert found.width(2) == 20
    assert round(digits(20.7109375)) == 20


def test_of_two_windows_the_one_that_hides_counts() -> None:
    views = (
        "<sheetViews><sheetView topLeftCell='A9' showZeros='0'><pane ySplit='2' "
        "state='frozen'/></sheetView><sheetView workbookViewId='1'/></sheetViews>"
    )
    made = zipped(parts(sheet(row('<c r="A1"><v>1</v></c>'), views)))
    found = read_grid(open_bytes(made)).sheets[0].look
    assert (found.frozen, found.first, found.shows_zeros) == ((2, 0), (9, 1), False)


# -- drawings ----------------------------------------------------------------------

DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SHAPE = '<sp><nvSpPr><cNvPr id="1" name="a"/></nvSpPr></sp>'


def drawn(anchor: str) -> list[tuple[object, ...]]:
    part = f'<wsDr xmlns="{DRAW}" xmlns:a="{ART}">{anchor}</wsDr>'
    found = read_drawings(small_part(part.encode(), "d"), Sheet("S"))
    return [(d.kind, d.top, d.left, d.bottom, d.right, d.text, d.covers) for d in found]


def corners(inner: str, end: str = "<to><col>2</col><row>4</row></to>") -> str:
    start = "<from><col>1</col><row>2</row></from>"
    return f"<twoCellAnchor>{start}{end}{inner}</twoCellAnchor>"


def test_an_object_lies_between_its_corners() -> None:
    assert drawn(corners(SHAPE)) == [("shape", 3, 2, 4, 2, "", True)]
    farther = "<to><col>2</col><colOff>95250</colOff><row>4</row></to>"
    assert drawn(corners(SHAPE, farther))[0][1:5] == (3, 2, 4, 3)
    sliver = "<to><col>2</col><colOff>19050</colOff><row>4</row></to>"
    assert drawn(corners(SHAPE, sliver))[0][1:5] == (3, 2, 4, 2)


def test_an_object_has_a_size_or_a_place() -> None:
    size = '<ext cx="609600" cy="381000"/>'
    one = f"<oneCellAnchor><from><col>1</col><row>2</row></from>{size}{SHAPE}"
    assert drawn(f"{one}</oneCellAnchor>")[0][1:5] == (3, 2, 4, 2)
    free = f'<absoluteAnchor><pos x="609600" y="381000"/>{size}{SHAPE}</absoluteAnchor>'
    assert drawn(free)[0][1:5] == (3, 2, 4, 2)


def test_alternatives_groups_and_frames_are_told() -> None:
    other = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = f'<m:AlternateContent xmlns:m="{other}"><m:Choice Requires="a14">'
    ends = "</m:Choice></m:AlternateContent>"
    assert drawn(f"{choice}{corners(SHAPE)}{ends}") == drawn(corners(SHAPE))
    inside = corners(f"{choice}{SHAPE}{ends}")
    assert drawn(inside)[0][1:] == (3, 2, 4, 2, "", True)
    frame = "<sp><spPr><a:noFill/><a:ln><a:solidFill/></a:ln></spPr></sp>"
    assert drawn(corners(frame)) == [("shape", 3, 2, 4, 2, "", False)]
    written = frame.replace(
        "</sp>", "<txBody><a:p><a:r><a:t>50</a:t></a:r></a:p></txBody></sp>"
    )
    assert drawn(corners(written)) == [("shape", 3, 2, 4, 2, "50", True)]
    assert drawn(corners("<cxnSp/>")) == [("line", 3, 2, 4, 2, "", False)]


def test_of_two_forms_one_that_is_shown_is_enough() -> None:
    other = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    hidden = SHAPE.replace("<cNvPr", '<cNvPr hidden="1"')
    forms = (
        f'<m:AlternateContent xmlns:m="{other}"><m:Choice Requires="x">{{}}</m:Choice>'
        "<m:Fallback>{}</m:Fallback></m:AlternateContent>"
    )
    assert len(drawn(corners(forms.format(hidden, SHAPE)))) == 1
    assert drawn(corners(forms.format(hidden, hidden))) == []


def test_a_name_of_another_space_places_nothing() -> None:
    false = '<x:to xmlns:x="urn:x"><x:col>9</x:col><x:row>9</x:row></x:to>'
    assert drawn(corners(SHAPE + false)) == drawn(corners(SHAPE))


def test_a_part_of_notes_in_wide_letters_is_read() -> None:
    note = (
        '<xml><v:shape style=""><v:textbox>500</v:textbox><x:ClientData '
        'ObjectType="Note"><x:Anchor>1,0,2,0,3,0,4,0</x:Anchor></x:ClientData>'
        "</v:shape></xml>"
    )
    for code in ("utf-16", "utf-16-le", "utf-16-be"):
        assert [d.text for d in read_notes(note.encode(code), Sheet("S"))] == ["500"]


def test_a_hidden_object_is_not_there_and_a_hidden_part_of_one_changes_nothing() -> (
    None
):
    hidden = SHAPE.replace("<cNvPr", '<cNvPr hidden="1"')
    assert drawn(corners(hidden)) == []
    group = '<grpSp><nvGrpSpPr><cNvPr id="9" name="g"/></nvGrpSpPr>{}</grpSp>'
    assert len(drawn(corners(group.format(hidden + SHAPE)))) == 1
    outside = group.replace("<cNvPr", '<cNvPr hidden="1"')
    assert drawn(corners(outside.format(SHAPE))) == []


@pytest.mark.parametrize(
    ("style", "inner", "kinds"),
    [
        ("visibility:visible", "", ["note"]),
        ("", "", ["note"]),
        ("visibility: hidden", "", []),
        ("visibility:hidden", "<x:Visible/>", ["note"]),
        ("visibility:hidden;visibility:visible", "", ["note"]),
        (f"{' ' * 70_000}visibility:visible", "", ["note"]),
    ],
)
def test_a_note_is_shown_or_not(style: str, inner: str, kinds: list[str]) -> None:
    part = (
        f'<xml><v:shape style="{style}"><v:textbox>a<br>b</v:textbox><x:ClientData '
        f'ObjectType="Note">{inner}<x:Anchor> 1, 0, 2, 0, 3, 0, 4, 0</x:Anchor>'
        "</x:ClientData></v:shape><v:shape><v:imagedata o:relid='r'/></v:shape></xml>"
    )
    found = [d for d in read_notes(part.encode(), Sheet("S")) if d.bottom]
    assert [d.kind for d in found] == kinds
    assert all(d[2:7] == (3, 2, 4, 3, "a b") for d in found)


# -- texts in no cell --------------------------------------------------------------


def test_texts_and_charts_that_stand_in_no_value_are_kept() -> None:
    around = (
        '<dataValidations><dataValidation sqref="A1" promptTitle="Note" prompt="500"/>'
        "</dataValidations><headerFooter><oddHeader>&amp;C&amp;&quot;Arial,Bold&quot;"
        "&amp;72&amp;KFF0000Reductions: 500 t &amp;P</oddHeader></headerFooter><extLst>"
        '<ext xmlns:x="urn:x" xmlns:m="urn:m"><x:sparkline><m:f>A1</m:f><m:sqref>B2'
        "</m:sqref></x:sparkline></ext></extLst>"
    )
    book = parts(sheet(row('<c r="A1" vm="1"><v>1</v></c>'), after=around))
    for is_quick in (True, False):
        grid = read_grid(open_bytes(zipped(book)), is_quick=is_quick)
        found = grid.sheets[0].look
        assert found.captions == (
            Caption("prompt", "Note 500", "A1"),
            Caption("page", "Reductions: 500 t 1"),
        )
        assert (found.rich, found.charts) == (((1, 1),), ("B2",))
        assert grid.drawings[0][:6] == ("S1", "sparkline", 2, 2, 2, 2)


# -- what reaches beyond its box ---------------------------------------------------


def written(text: str, body: str, points: int = 4000) -> str:
    run = f'<a:r><a:rPr sz="{points}"/><a:t>{text}</a:t></a:r>'
    return f"<sp><txBody><a:bodyPr {body}/><a:p>{run}</a:p></txBody></sp>"


@pytest.mark.parametrize(
    ("shape", "kinds"),
    [
        (written("500 500 500", 'wrap="none"'), ["shape", "text of a shape"]),
        (written("500 500 500", ""), ["shape", "text of a shape"]),
        (written("500 500 500", 'vertOverflow="clip"'), ["shape"]),
        (written("500", 'wrap="none"', 1100), ["shape"]),
        (written("See the next sheet, please", 'wrap="none"'), ["shape"]),
    ],
)
def test_a_text_that_is_not_cut_runs_on_over_the_cells_beside(
    shape: str, kinds: list[str]
) -> None:
    found = drawn(corners(shape))
    assert [d[0] for d in found] == kinds
    assert found[0][1:5] == (3, 2, 4, 2)
    for _, top, left, bottom, right, *_ in found[1:]:
        assert top <= 3
        assert left <= 2
        assert bottom > 4 or right > 2


def test_a_part_of_a_group_may_lie_outside_of_it() -> None:
    group = (
        '<grpSp><nvGrpSpPr><cNvPr id="1" name="g"/></nvGrpSpPr><grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="100" cy="100"/><a:chOff x="0" y="0"/>'
        '<a:chExt cx="100" cy="100"/></a:xfrm></grpSpPr><sp><spPr><a:xfrm>'
        '<a:off x="{}" y="10"/><a:ext cx="50" cy="20"/></a:xfrm></spPr></sp></grpSp>'
    )
    assert drawn(corners(group.format(20)))[0][1:5] == (3, 2, 4, 2)
    assert drawn(corners(group.format(250)))[0][1:5] == (3, 2, 4, 4)
    assert drawn(corners(group.format(-90)))[0][1:5] == (3, 1, 4, 2)
