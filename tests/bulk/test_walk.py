"""Which files of a folder are judged."""

from __future__ import annotations

import os
from pathlib import Path

from jcm_xl.bulk.summary import summary_lines
from jcm_xl.bulk.walk import books_in, passed_over
from jcm_xl.text.languages import messages


def test_a_folder_gives_what_is_named_like_a_workbook(tmp_path: Path) -> None:
    for name in (
        "b/2.XLSX", "b/1.xlsx", "a.xls", "z.xlsm", "~$z.xlsm", ".hidden.xlsx",
        ".git/x.xlsx", "notes.txt", "table.xlsx", "c/d/e.ods",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = books_in([tmp_path], [tmp_path / "table.xlsx"])
    names = [os.path.relpath(path, tmp_path) for path in found]
    assert names == ["a.xls", "z.xlsm", "b/1.xlsx", "b/2.XLSX", "c/d/e.ods"]


def test_a_file_named_twice_is_judged_once(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.touch()
    other = tmp_path / "notes.txt"
    assert books_in([book, tmp_path, other, book]) == [book, other]


def test_a_pattern_is_followed(tmp_path: Path) -> None:
    for name in ("2.xlsx", "1.xlsx", "[1].xlsx"):
        (tmp_path / name).touch()
    assert books_in([tmp_path / "?.xlsx"]) == [tmp_path / "1.xlsx", tmp_path / "2.xlsx"]
    assert books_in([tmp_path / "[1].xlsx"]) == [tmp_path / "[1].xlsx"]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    for name in ("1.xlsx", ".2.xlsx", "a/.3.xlsm", "a/~$4.xlsx", ".b/5.xlsx", ".txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    assert passed_over([tmp_path]) == (2, 1)
    assert passed_over([tmp_path / ".2.xlsx"]) == (0, 0)
    lines = [text for text, *_ in summary_lines([], messages("en"), None, (2, 1))]
    assert any("2 hidden files, 1 files that Excel" in text for text in lines)
