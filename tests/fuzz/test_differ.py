"""What is clean is read alike by two others; `python -m tests.fuzz --differential`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jcm_xl.xlsx.grid import CellError
from tests.fuzz.books import bases
from tests.fuzz.child import Child
from tests.fuzz.differ import (
    ASIDE,
    Held,
    Unlike,
    changed_book,
    explanation,
    judge,
    read_by_all,
)
from tests.xlsx.handmade import zipped

SOME = 200
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.slow
def test_a_clean_book_is_read_alike_by_other_readers() -> None:
    child = Child(judge, megabytes=1_024, seconds=20.0)
    codes: Counter[int] = Counter()
    told = []
    for number in range(SOME):
        book = changed_book(1, number)
        outcome = child.judge(book.data)
        codes[outcome.exit_code] += 1
        if outcome.trouble:
            told.append(f"{book}: {outcome.trouble.splitlines()[-1]}")
    child.close()
    assert told == []
    assert codes[0] + codes[ASIDE] >= SOME // 10, "too few are clean"
    assert codes[1] >= SOME // 5, "too few are read: the changes are too strong"


@pytest.mark.parametrize("name", ["a report", "months and a table"])
def test_a_sound_book_is_read_alike(name: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(zipped(bases()[name]))
    assert read_by_all(path) == (0, (), (), ())


@pytest.mark.parametrize(
    ("reader", "ours", "theirs", "is_explained"),
    [
        ("openpyxl", Held("", "A1"), Held(None, "A1"), True),
        ("calamine", Held("", "A1"), Held(None), True),
        ("openpyxl", Held(None, "A1"), Held("'MSS'!B6", "A1"), True),
        ("openpyxl", Held(None), Held(CellError(None)), True),  # type: ignore[arg-type]
        ("openpyxl", Held(1.0), Held(500.0), False),
        ("openpyxl", Held("1"), Held(1.0), False),
        ("openpyxl", Held(None), Held(500.0), False),
        ("calamine", Held("a"), Held(None), False),
    ],
)
def test_what_is_explained_and_what_is_not(
    reader: str, ours: Held, theirs: Held, is_explained: bool
) -> None:
    assert bool(explanation(reader, ours, theirs)) is is_explained


def test_a_difference_is_said_by_what_differs() -> None:
    unlike = Unlike("calamine", "S!A1", Held(1.0, "A2"), Held(500.0, None))
    assert str(unlike) == "S!A1: 1.0 here, 500.0 in calamine"
    unlike = Unlike("openpyxl", "S!A1", Held(1.0, "A2"), Held(1.0, "A3"))
    assert str(unlike) == "S!A1: 'A2' here, 'A3' in openpyxl"
