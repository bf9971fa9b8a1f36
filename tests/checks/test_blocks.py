"""Like findings on cells that touch each other are one, and nothing is lost in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl import api
from jcm_xl.checks.base import Finding, Severity
from jcm_xl.checks.blocks import blocks, together
from jcm_xl.checks.run import check_grid
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Cell, Grid, Position, address, parse_address
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.checks.cases import TODAY
from tests.support import example_book

FORMS = {
    "one cell": (["#"], ["A1"]),
    "a row": (["####"], ["A1:D1"]),
    "a column": (["#", "#", "#"], ["A1:A3"]),
    "an L": (["#..", "#..", "###"], ["A1:A2, A3:C3"]),
    "an L upside down": (["###", "..#", "..#"], ["A1:C1, C2:C3"]),
    "a hole": (["###", "#.#", "###"], ["A1:C1, A2, C2, A3:C3"]),
    "corners that touch": (["##..", "..##"], ["A1:B1, C2:D2"]),
    "two blocks": (["##.##", "##.##"], ["A1:B2", "D1:E2"]),
    "a comb, joined below": (["#.#", "#.#", "###"], ["A1:A2, A3:C3, C1:C2"]),
    "steps": (["#", "##", "###"], ["A1, A2:B2, A3:C3"]),
    "more ranges than are shown": (
        ["#.#.#", "#####", "#.#.#"], ["A1, C1, E1, A2:E2, ..."],
    ),
}  # fmt: skip


def drawn(lines: Iterable[str]) -> list[Position]:
    return [
        (row, column)
        for row, line in enumerate(lines, 1)
        for column, sign in enumerate(line, 1)
        if sign == "#"
    ]


@pytest.mark.parametrize("name", FORMS)
def test_the_form_of_a_block(name: str) -> None:
    lines, told = FORMS[name]
    places = drawn(lines)
    found = blocks(reversed(places))
    as_told = [", ".join(sorted(text.split(", "))) for text in map(str, found)]
    assert as_told == [", ".join(sorted(text.split(", "))) for text in told]
    assert sum(block.size for block in found) == len(places)


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 8))))
def test_blocks_hold_each_cell_once_and_do_not_touch(places: set[Position]) -> None:
    found = [list(block.places()) for block in blocks(places)]
    assert sorted(place for block in found for place in block) == sorted(places)
    for block in found:
        assert _is_joined(set(block))
    for one, other in pairwise(found):
        assert not any(_touches(place, set(other)) for place in one)


def _touches(place: Position, places: set[Position]) -> bool:
    row, column = place
    near = ((row + i, column + k) for i in (-1, 0, 1) for k in (-1, 0, 1))
    return any(at in places for at in near)


def _is_joined(places: set[Position]) -> bool:
    reached = {min(places)}
    while more := {p for p in places - reached if _touches(p, reached)}:
        reached |= more
    return reached == places


def test_cells_in_very_many_pieces_are_one_block() -> None:
    places = [(row, column) for row in range(1, 200, 2) for column in range(1, 60, 3)]
    (block,) = blocks(places)
    assert (str(block), block.size) == ("A1, D1, G1, J1, ...", len(places))


def findings(places: Iterable[Position], **facts: object) -> Iterator[Finding]:
    for place in places:
        cell = address(*place)
        yield Finding(actual=f"in {cell}", sheet="S", cell=cell, **facts)  # type: ignore[arg-type]


def test_two_cells_are_told_one_by_one_and_three_together() -> None:
    two = list(together(findings([(1, 1), (2, 1)])))
    assert [(f.cell, f.block, f.count) for f in two] == [("A1", "", 1), ("A2", "", 1)]
    (three,) = together(findings([(1, 1), (2, 1), (3, 1)]))
    assert (three.cell, three.block, three.count) == ("A1", "A1:A3", 3)
    assert three.actual == "in A1; in A2; in A3"


def test_unlike_findings_of_a_block_stay_apart() -> None:
    column = [(row, 2) for row in range(1, 7)]
    error = {"severity": Severity.ERROR, "tonnes": True}
    mixed = [*findings(column[:3], **error), *findings(column[3:], tonnes=False)]
    told = [(f.block, f.count, f.severity, f.tonnes) for f in together(mixed)]
    assert told == [("B1:B3", 3, Severity.ERROR, True), ("B4:B6", 3, None, False)]


def test_what_is_no_cell_stays_as_it_is() -> None:
    rows = [Finding(sheet="S", cell=f"{n}:{n}") for n in (5, 6, 7)]
    assert list(together(rows)) == rows


def test_a_block_is_told_though_the_check_fails_after_it() -> None:
    def failing() -> Iterator[Finding]:
        yield from findings([(1, 1), (1, 2), (1, 3)])
        raise ZeroDivisionError

    told = together(failing())
    assert next(told).block == "A1:C1"
    with pytest.raises(ZeroDivisionError):
        next(told)


# -- in a book -------------------------------------------------------------------------


def judged(sheet: str, cells: Mapping[Position, Cell]) -> Report:
    return check_grid(with_cells(sheet, cells), settings=Settings(today=TODAY))


def with_cells(name: str, cells: Mapping[Position, Cell]) -> Grid:
    grid = read_grid(open_bytes(api.book(*example_book("ID_AM003@1.0"))))
    sheets = tuple(
        dataclasses.replace(sheet, cells={**sheet.cells, **cells})
        if sheet.name == name
        else sheet
        for sheet in grid.sheets
    )
    return dataclasses.replace(grid, sheets=sheets)


def test_a_table_pasted_into_the_locked_area_is_one_finding() -> None:
    pasted = {(at, 2): Cell(f"text {at}") for at in range(100, 20_100)}
    report = judged("MRS(input)", pasted)
    (found,) = (d for d in report.diagnostics if d.asks)
    assert (found.code, found.severity, found.tonnes) == ("JX214", Severity.ERROR, True)
    assert (found.cell, found.block) == ("B100", "B100:B20099")
    assert (found.count, report.count(Severity.ERROR)) == (20_000, 20_000)
    assert found.key == "JX214 'MRS(input)'!B100:B20099"
    assert found.message.startswith("B100:B20099 (20,000 cells) on MRS(input) is empty")
    assert found.found == "text 100; text 101; text 102; text 103; text 104; ..."
    assert report.verdict.startswith("FINDINGS: 20000 errors")


def test_every_code_of_a_block_is_told() -> None:
    grid = with_cells("MRS(input)", {})
    small = next(
        number
        for number, look in enumerate(grid.styles.looks)
        if look.can_be_seen and grid.styles.formats[number] == "General"
    )
    looks = list(grid.styles.looks)
    looks[small] = looks[small]._replace(points=1.0)
    styles = dataclasses.replace(grid.styles, looks=tuple(looks))
    pasted = {(at, 2): Cell(1.0, None, small) for at in range(100, 140)}
    plain = {(at, 3): Cell(1.0, None, small + 1) for at in range(100, 140)}
    grid = dataclasses.replace(
        with_cells("MRS(input)", {**pasted, **plain}), styles=styles
    )
    report = check_grid(grid, settings=Settings(today=TODAY))
    told = {(d.code, d.block): d.count for d in report.diagnostics if d.cell == "B100"}
    assert told[("JX214", "B100:C139")] == 80
    assert told[("JX240", "B100:B139")] == 40


def test_small_blocks_keep_each_content() -> None:
    cells = {parse_address(a): Cell(a) for a in ("B100", "B101", "D105")}
    report = judged("MRS(input)", cells)
    told = [(d.cell, d.found, d.count) for d in report.diagnostics if d.asks]
    assert told == [("B100", "B100", 1), ("B101", "B101", 1), ("D105", "D105", 1)]
