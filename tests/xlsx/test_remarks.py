"""Notes, comments in threads, and texts that show a cell."""

from jcm_xl.xlsx.grid import Cell, Sheet
from jcm_xl.xlsx.remarks import linked_text, read_remarks

NOTES = (
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<commentList><comment ref="B3"><text><r><t>Verified: </t></r><r><t>500 t</t></r>'
    b'</text></comment><comment ref="odd"><text><t>x</t></text></comment></commentList>'
    b"</comments>"
)
SHEET = Sheet("It's mine", cells={(2, 1): Cell("500 t", None, 0)})


def test_each_note_has_its_cell_and_its_text() -> None:
    found = [(d.top, d.left, d.bottom, d.text) for d in read_remarks(NOTES, "n", SHEET)]
    assert found == [(3, 2, 0, "Verified: 500 t"), (1, 1, 0, "x")]


def test_a_broken_part_is_told_elsewhere() -> None:
    assert not list(read_remarks(NOTES[:-20], "n", SHEET))


def test_a_link_is_what_its_cell_holds() -> None:
    links = (
        "'It''s mine'!$A$2",
        "='it''s MINE'!A2",
        "Other!A2",
        "'It''s mine'!B9",
        "x",
    )
    assert [linked_text(link, [SHEET]) for link in links] == ["500 t"] * 2 + [""] * 3
