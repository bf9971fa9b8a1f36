"""Which files of a folder are judged."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from jcm_xl.bulk.summary import passed_over
from jcm_xl.bulk.walk import Walked, books_in, walked
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


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def said(walk: Walked) -> list[str]:
    return [text for text, *_ in passed_over(walk, messages("en"))]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    make(
        tmp_path, "1.xlsx", ".2.xlsx", "a/.3.xlsm", "a/~$4.xlsx", ".b/5.xlsx", "6.pdf",
        "a/7.PDF", "8.zip", "notes", "9.xltm", "table.csv",
    )  # fmt: skip
    walk = walked([tmp_path], [tmp_path / "table.csv"])
    assert [path.name for path in walk.books] == ["1.xlsx", "9.xltm"]
    assert said(walk) == [
        "Not looked at: 3 hidden, 1 that Excel keeps beside an open book (~$), "
        "1 without an ending, 2 .pdf, 1 .zip"
    ]
    assert said(walked([tmp_path / ".2.xlsx"])) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_a_linked_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "in/1.xlsx", "elsewhere/2.xlsx")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "3.xlsx").symlink_to(tmp_path / "elsewhere" / "2.xlsx")
    walk = walked([tmp_path / "in"])
    assert [path.name for path in walk.books] == ["1.xlsx", "3.xlsx"]
    assert [path.name for path in walk.linked] == ["linked", "loop"]
    assert said(walk)[0] == "Not looked at: 2 linked folders"
    assert "linked is a link to a folder and was not followed" in said(walk)[1]
    named = walked([tmp_path / "in" / "linked"])
    assert [path.name for path in named.books] == ["2.xlsx"]


def test_folders_named_twice_are_walked_once(tmp_path: Path) -> None:
    make(tmp_path, "a/1.xlsx", "a/.2.xlsx", "a/b/3.pdf")
    once, twice = walked([tmp_path]), walked([tmp_path, tmp_path / "a", tmp_path])
    assert once == twice


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "1.xlsx", "closed/2.xlsx")
    really = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return really(path)

    monkeypatch.setattr(os, "scandir", refused)
    walk = walked([tmp_path])
    assert [path.name for path in walk.books] == ["1.xlsx"]
    assert walk.unreadable == (tmp_path / "closed",)
    assert said(walk) == [
        f"{tmp_path / 'closed'} cannot be read: nothing in it was judged. "
        "Check its access rights."
    ]
