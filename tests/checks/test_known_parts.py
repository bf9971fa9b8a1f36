"""What a process knows of other books changes no verdict on this one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.submission.settings import Settings
from jcm_xl.text.known import forget
from jcm_xl.xlsx.package import CannotRead, open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.fuzz.books import bases, fuzzed_books
from tests.rounds import later
from tests.xlsx.handmade import zipped

ALONE = Settings(second_opinion=False)


@pytest.mark.parametrize(("seed", "count"), [(11, 20), later(12, 600)])
def test_damaged_books_are_judged_as_by_a_process_that_has_just_begun(
    seed: int, count: int
) -> None:
    for parts in bases().values():
        check_file(zipped(parts), ALONE)  # sound ones of the same templates
    differing = []
    for book in fuzzed_books(seed, count):
        warm = check_file(book.data, ALONE)
        forget()
        if check_file(book.data, ALONE) != warm:
            differing.append(str(book))
        for parts in bases().values():
            check_file(zipped(parts), ALONE)
    assert differing == []


def test_judging_changes_nothing_of_what_is_kept() -> None:
    for parts in bases().values():
        data = zipped(parts)
        forget()
        fresh = read_grid(open_bytes(data))
        check_file(data)
        assert read_grid(open_bytes(data)) == fresh
        forget()
        assert read_grid(open_bytes(data)) == fresh


def test_a_frame_is_read_in_the_colours_of_its_own_book() -> None:
    """The very same sheet and styles over another theme have another colour."""
    rule = (
        b'<conditionalFormatting sqref="A1"><cfRule type="dataBar" priority="1">'
        b'<dataBar><cfvo type="min"/><cfvo type="max"/><color theme="4"/></dataBar>'
        b"</cfRule></conditionalFormatting>"
    )
    with zipfile.ZipFile(io.BytesIO(api.new("TH_AM001"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet, theme = "xl/worksheets/sheet1.xml", "xl/theme/theme1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", b"</sheetData>" + rule)
    other = {**parts, theme: parts[theme].replace(b"4F81BD", b"123456")}
    colours = [_bar(each) for each in (parts, other, parts)]
    assert colours == [("4F81BD",), ("123456",), ("4F81BD",)]


def _bar(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    conditions = read_grid(open_bytes(zipped(parts))).sheets[0].look.conditions
    return next(one.colours for one in conditions if one.type == "dataBar")


def test_a_refused_book_is_refused_again() -> None:
    parts = dict(next(iter(bases().values())))
    parts["xl/styles.xml"] = parts["xl/styles.xml"][:-20]
    for _ in range(2):
        with pytest.raises(CannotRead):
            read_grid(open_bytes(zipped(parts)))
