"""What we write is taken by Microsoft's validator, and both tools see what is wrong."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from jcm_xl import api
from tests.questions import ask
from tests.support import SHAPES, example_book, methodology
from tests.validity import limits, sdk
from tests.validity.__main__ import faults_of
from tests.validity.damaged import damaged
from tests.validity.written import (
    VARIANTS,
    Written,
    books,
    copies,
    documents,
    in_place,
    others,
)
from tests.xlsx.handmade import zipped

DAMAGED = 120
needs_sdk = pytest.mark.validator
SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


@pytest.fixture(autouse=True)
def _validator(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("validator") and (reason := sdk.missing()):
        pytest.skip(reason)


def _is_taken(folder: Path, written: Written) -> None:
    path = folder / f"book{written.ending}"
    path.write_bytes(data := written.make())
    assert faults_of(path, data) == []


@needs_sdk
@pytest.mark.slow
@pytest.mark.parametrize("key", SHAPES)
def test_two_books_of_each_edition_are_taken(key: str, tmp_path: Path) -> None:
    m = methodology(key)
    made = [written for variant in VARIANTS for written in books(m, variant)]
    ask(lambda written: _is_taken(tmp_path, written), made, lambda w: w.name)


@needs_sdk
@pytest.mark.slow
def test_copies_documents_and_what_is_of_no_methodology_are_taken(
    tmp_path: Path,
) -> None:
    m = methodology("ID_AM003@1.0")
    made = [*copies(m), *in_place(m), *documents(m), *others()]
    ask(lambda written: _is_taken(tmp_path, written), made, lambda w: w.name)


def _changed(part: str, old: str, new: str) -> bytes:
    """Return a book of ours after one change."""
    with zipfile.ZipFile(io.BytesIO(api.book(*example_book("EX_AM901")))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert old in parts[part]
    return zipped({**parts, part: parts[part].replace(old, new, 1)})


@needs_sdk
@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, "<sheetData>", "<mergeCells/><sheetData>"),
        (SHEET, '<c r="B2"', '<c R="B2" r="B2"'),
        (STYLES, "<cellXfs", "<other/><cellXfs"),
        (BOOK, 'sheetId="1"', 'sheetId="one"'),
    ],
)
def test_the_validator_is_sharp(part: str, old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(_changed(part, old, new))
    assert sdk.faults(path) != []


@needs_sdk
@pytest.mark.slow
def test_a_damaged_book_that_is_clean_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    books = [damaged(1, number, path) for number in range(DAMAGED)]
    clean = [book for book in books if book is not None and not book.exit_code]
    assert len(clean) >= DAMAGED // 12, "too few are clean: nothing is asked"
    assert [book for book in clean if book.faults] == []


def test_the_limits_are_silent_on_a_book_of_ours() -> None:
    assert limits.faults(api.book(*example_book("EX_AM901", monthly=True))) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (BOOK, 'name="Guide"', f'name="{"G" * 32}"', "sheet name of 32 characters"),
        (BOOK, 'name="Guide"', 'name="a/b"', "sheet name a/b"),
        (BOOK, 'name="Guide"', 'name="mss"', "two sheets mss"),
        (BOOK, 'name="mps_result"', 'name="AB12"', "defined name AB12"),
        (BOOK, 'name="mps_result"', 'name="MPS_ER_p"', "two names ('mps_er_p', None)"),
        (SHEET, 'prompt="', f'prompt="{"x" * 256}', "validation message of"),
        (SHEET, ' ht="', ' ht="9', "points high"),
        (SHEET, '<mergeCell ref="', '<mergeCell ref="A1:C1"/><mergeCell ref="B1:B2"/>'
         '<mergeCell ref="', "overlap"),
        (SHEET, '" s="', '" s="9999" q="', "style 9999 of"),
        ("xl/sharedStrings.xml", "<t>", f"<t>{'x' * 32_768}", "text of a cell of"),
        ("xl/worksheets/sheet3.xml", "<f>", f"<f>{'1+' * 4_097}", "formula of 8"),
        ("xl/worksheets/sheet3.xml", "<f>", f"<f>{'(' * 65}1{')' * 65}+",
         "brackets 6"),
        ("[Content_Types].xml", "/xl/styles.xml", "/xl/style.xml", "a type for"),
    ],
)  # fmt: skip
def test_the_limits_are_sharp(part: str, old: str, new: str, fault: str) -> None:
    found = limits.faults(_changed(part, old, new))
    assert any(fault in text for text in found), found
