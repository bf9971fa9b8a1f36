"""Changing the parts of a package changes what is meant and nothing else."""

from __future__ import annotations

from bench.quality.package_edit import Book, tag
from jcm_xl import api
from tests.support import example_book


def test_an_unchanged_book_is_the_same_and_a_style_is_one_cell_s(tmp_path) -> None:  # type: ignore[no-untyped-def]
    data = api.book(*example_book("TH_AM001@3.0"))
    again, styled = Book(data), Book(data)
    again.tree("xl/styles.xml")
    cell = styled.cell("MRS(input)", "F19")
    before = cell.get("s")
    styled.restyle(cell, code="0.00", font={"b": "", "sz": "val=12"})
    assert cell.get("s") != before
    others = [c for c in styled.sheet("MRS(input)").iter(tag("c")) if c is not cell]
    same = [c.get("s") for c in again.sheet("MRS(input)").iter(tag("c"))]
    same.remove(before)
    assert sorted(map(str, same)) == sorted(str(c.get("s")) for c in others)
    for book in (again, styled):
        path = tmp_path / "book.xlsx"
        path.write_bytes(book.bytes())
        assert api.check(path).exit_code == 0
