"""Which number formats show dates, against openpyxl."""

from __future__ import annotations

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.numbers import is_date_format as theirs

from jcm_xl.xlsx.cell_styles import Styles, is_date_format, read_styles
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.strict_styles import StyleJudge
from tests.xlsx.handmade import DECLARATION, MAIN


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False), ("0.00", False), ("@", False), ("0.00E+00", False),
        ("yyyy-mm-dd", True), ("[h]:mm:ss", True), ("[$-409]d mmm yyyy;@", True),
        ('#,##0 "days"', False), ("0\\d", False), ("[Red]0.00", False), ("_d0", False),
        ("[Green]#,##0.00;[Red]-#,##0.00", False), ("h:mm AM/PM", True), ("mmm", True),
        ("[Magenta]General", False), ('"d"0;"m"0', False), ("[$-411]ggge", True),
        ("", False), ("0;yyyy", False), ("*d0", False), ("[$USD] 0", False),
    ],
)  # fmt: skip
def test_a_format_shows_a_date(code: str, is_date: bool) -> None:
    assert is_date_format(code) is is_date


@pytest.mark.parametrize("number", [n for n in BUILTIN_FORMATS if n < 50])
def test_built_in_formats_are_what_openpyxl_says(number: int) -> None:
    part = (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="{number}"/>'
        "</cellXfs></styleSheet>"
    )
    styles = read_styles(part.encode(), "xl/styles.xml", StyleJudge(OddFacts(), "s"))
    assert styles.is_date(0) is bool(theirs(BUILTIN_FORMATS[number]))


def test_formats_of_other_lists_are_not_cell_formats() -> None:
    part = (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
        '<cellStyleXfs><xf numFmtId="9"><protection locked="0"/></xf></cellStyleXfs>'
        '<cellXfs><xf numFmtId="200"/><xf numFmtId="x"/><xf/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="200" formatCode="yyyy"/>'
        '<protection locked="0"/></dxf></dxfs></styleSheet>'
    )
    styles = read_styles(part.encode(), "xl/styles.xml", StyleJudge(OddFacts(), "s"))
    assert styles.formats == ("General", "General", "General")
    assert not styles.unlocked


def test_a_book_without_styles_has_one_locked_style() -> None:
    styles = Styles()
    assert styles.is_locked(0)
    assert styles.number_format(-1) == "General"
