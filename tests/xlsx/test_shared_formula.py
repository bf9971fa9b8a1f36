"""Shared formulas written out, against openpyxl's translator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from jcm_xl.xlsx.grid import address
from jcm_xl.xlsx.shared_formula import SharedFormula


@pytest.mark.parametrize(
    ("master", "moved"),
    [
        ("A1", "B3"),
        ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
        ("SUM(A1:B2,$C$3:D4)", "SUM(B3:C4,$C$3:E6)"),
        ("'MRS(input)'!E8*Sheet1!E8", "'MRS(input)'!F10*Sheet1!F10"),
        ("'it''s A1'!A1", "'it''s A1'!B3"),
        ('"A1"&A1&"say ""A1"""', '"A1"&B3&"say ""A1"""'),
        ("LOG10(A1)+ATAN2(A1,1)", "LOG10(B3)+ATAN2(B3,1)"),
        ("SUM(A:A,$A:B,1:1,2:$3)", "SUM(B:B,$A:C,3:3,4:$3)"),
        ("Table1[A1]+[1]Sheet1!A1", "Table1[A1]+[1]Sheet1!B3"),
        ("Table1[[#This Row],['[A1]]]+A1", "Table1[[#This Row],['[A1]]]+B3"),
        ("rate_A1+A1.x+_A1+tax2021x+ÜA1", "rate_A1+A1.x+_A1+tax2021x+ÜA1"),
        ("1E5+A1E5+XFE1+A1048577+A0", "1E5+A1E5+XFE1+A1048577+A0"),
        ("a1+IF(A1<>0,1,A2)", "B3+IF(B3<>0,1,B4)"),
        ("XFD1+A1048576", "#REF!+#REF!"),
        ("XFD:XFD+1048576:1048576", "#REF!:#REF!+#REF!:#REF!"),
        ("{1,2;3,4}+A1%-(-A1)^2", "{1,2;3,4}+B3%-(-B3)^2"),
        ('"unfinished A1', '"unfinished B3'),
        ("Sheet1:Sheet3!A1", "Sheet1:Sheet3!B3"),
        ("A1#+@A1:A2", "B3#+@B3:B4"),
        ("#REF!+A1", "#REF!+B3"),
    ],
)
def test_a_formula_two_rows_down_and_one_column_to_the_right(
    master: str, moved: str
) -> None:
    assert SharedFormula(master, 1, 1).at(3, 2) == moved


def test_at_home_the_formula_is_as_it_was_stored() -> None:
    assert SharedFormula("a1 + A1", 5, 5).at(5, 5) == "a1 + A1"


def test_up_and_to_the_left() -> None:
    assert SharedFormula("C3+A1", 3, 3).at(2, 2) == "B2+#REF!"


REFERENCE = st.builds(
    "{}{}{}{}".format, st.sampled_from(["", "$"]), st.sampled_from(["C", "AB", "ZZ"]),
    st.sampled_from(["", "$"]), st.integers(10, 999),
)  # fmt: skip
PIECE = st.one_of(
    REFERENCE,
    st.builds("SUM({}:{})".format, REFERENCE, REFERENCE),
    st.builds("'MRS(input)'!{}".format, REFERENCE),
    st.sampled_from(['"C10"', "LOG10(2)", "1.5", "C:D", "$10:12", "IF(TRUE,1,0)"]),
)


@given(
    st.lists(PIECE, min_size=1, max_size=5), st.integers(-5, 50), st.integers(-2, 50)
)
def test_openpyxl_moves_references_alike(
    pieces: list[str], down: int, right: int
) -> None:
    master = "+".join(pieces)
    row, column = 10 + down, 10 + right
    expected = Translator(f"={master}", "J10").translate_formula(address(row, column))
    assert f"={SharedFormula(master, 10, 10).at(row, column)}" == expected
