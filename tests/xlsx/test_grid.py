"""Addresses, odd facts and the values of a grid."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import (
    Cell,
    CellError,
    Grid,
    Odd,
    Oddity,
    Sheet,
    address,
    column_letters,
    parse_address,
    parse_range,
)


@given(st.integers(1, limits.ROWS), st.integers(1, limits.COLUMNS))
def test_an_address_names_one_position(row: int, column: int) -> None:
    assert parse_address(address(row, column)) == (row, column)


def test_letters_of_columns() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16384)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["E8", "e8", "$E$8", "E$8"])
def test_addresses_in_every_spelling(text: str) -> None:
    assert parse_address(text) == (8, 5)


@pytest.mark.parametrize(
    "text",
    ["", "E", "8", "E0", "E08", "8E", "E8 ", "E-8", "XFE1", "A1048577", "Ａ1", "A１"],
)
def test_texts_that_are_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a cell address|lies outside"):
        parse_address(text)


def test_ranges() -> None:
    assert parse_range("B2:C9") == (2, 2, 9, 3)
    assert parse_range("C9:B2") == (2, 2, 9, 3)
    assert parse_range("B2") == (2, 2, 2, 2)


def test_an_oddity_is_a_sentence_that_knows_its_kind_and_place() -> None:
    odd = Oddity(Odd.COMMENT, "MRS(input)", "E8")
    assert odd == "MRS(input)!E8: comment inside a value"
    assert (odd.kind, odd.sheet, odd.cell) == (Odd.COMMENT, "MRS(input)", "E8")
    assert Oddity(Odd.MACROS, text="x.bin") == "macros (x.bin)"


def test_a_grid_travels_between_processes() -> None:
    odd = Oddity(Odd.MACROS, "S", text="vba")
    cells = {(1, 1): Cell(CellError("#N/A"), "NA()"), (1, 2): Cell(1.5, style=3)}
    grid = Grid((Sheet("S", cells=cells, oddities=(odd,)),), oddities=(odd,))
    copy = pickle.loads(pickle.dumps(grid))
    assert copy == grid
    assert (copy.oddities[0].kind, copy.oddities[0].sheet) == (Odd.MACROS, "S")


def test_an_error_is_not_the_text_of_the_same_name() -> None:
    assert CellError("#N/A") != "#N/A"
