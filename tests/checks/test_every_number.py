"""Every finite number may stand in an input: no door meets an internal error."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jcm_xl import api
from jcm_xl.checks.run import check_grid
from jcm_xl.errors import JcmError
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.settings import Settings
from jcm_xl.text.languages import messages
from jcm_xl.xlsx.grid import Cell, Grid, Sheet
from jcm_xl.xlsx.read import read_grid
from tests.checks.cases import TODAY
from tests.keys import slot_key
from tests.support import (
    DEFINITIONS,
    OURS,
    example_book,
    methodology,
    with_cell,
)

KEY = "EX_AM901"
PLACES = ("mrs.value:EG_i_p[1]", "mps.value:EG_i_p[2]", "plan.days", "period.start")
EDGES = (
    5e-324, 1e-320, 1.5e-310, 2.2250738585072014e-308, 2.3e-308, 1e-300, 1e-15,
    1e15, 2.0**53, 1e300, 1.7976931348623157e308, -5e-324, -1e308, 0.0, -0.0, 2958466.0,
)  # fmt: skip
MORE_EDGES = (
    *EDGES, -1e-300, 1e-100, 1e-9, 0.1, 1 / 3, 1 + 2**-52, -1.0, 2.0**63, 1e22, 1e100,
    1e154, -1.7976931348623157e308, 99999999999.99,
)  # fmt: skip
SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS, second_opinion=False)
DOUBLES = st.floats(allow_nan=False, allow_infinity=False)


@lru_cache(maxsize=1)
def _book() -> tuple[bytes, Grid, Mapping[str, tuple[str, int, int]]]:
    plan, submission = example_book(KEY)
    data = api.book(plan, submission)
    slots = {place: plan[slot_key(place)] for place in PLACES}
    at = {place: (s.sheet, s.row, s.column) for place, s in slots.items()}
    return data, _read(data), at


def _read(data: bytes) -> Grid:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(data)
        return read_grid(path)


def _with(place: str, number: float) -> Grid:
    _, grid, at = _book()
    sheet, row, column = at[place]
    return replace(grid, sheets=tuple(
        _put(one, row, column, number) if one.name == sheet else one
        for one in grid.sheets
    ))  # fmt: skip


def _put(sheet: Sheet, row: int, column: int, number: float) -> Sheet:
    old = sheet.cells[row, column]
    cell = Cell(number, None, old.style)
    return replace(sheet, cells={**sheet.cells, (row, column): cell})


def _file(place: str, number: float, path: Path) -> Path:
    """Write the book with another number in a cell, in place of the one there."""
    data, grid, at = _book()
    sheet = at[place][0]
    names = [one.name for one in grid.sheets]
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    address = example_book(KEY)[0][slot_key(place)].address
    old = rf'(<c r="{address}"[^>]*><v>)[^<]*(</v>)'
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(path, "w") as new:
        for name in book.namelist():
            text = book.read(name)
            if name == part:
                made, count = re.subn(old, rf"\g<1>{number!r}\g<2>", text.decode())
                assert count == 1
                text = made.encode()
            new.writestr(name, text)
    return path


def _judged(place: str, number: float) -> None:
    report = check_grid(_with(place, number), "book.xlsx", SETTINGS)
    assert report.exit_code in (0, 1)
    for language in ("en", "ja"):
        w = messages(language)
        for d in report.diagnostics:
            said = w.say(d.message) + w.say(d.remedy)
            assert len(said) < 1500, said
            assert not re.search(r"\d{60}", said), said


def _taken(place: str, number: float, path: Path) -> None:
    _file(place, number, path)
    list(api.calc(path, definitions=DEFINITIONS).lines())
    api.calc(path, definitions=DEFINITIONS).as_dict()
    api.repair(path, SETTINGS)
    done = api.import_book(path, definitions=DEFINITIONS)
    api.book(done.plan, done.submission)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("number", EDGES)
def test_an_edge_is_judged(place: str, number: float) -> None:
    _judged(place, number)


@settings(max_examples=40, deadline=None)
@given(place=st.sampled_from(PLACES), number=DOUBLES)
def test_every_number_is_judged(place: str, number: float) -> None:
    _judged(place, number)


@lru_cache(maxsize=8)
def _cells(key: str) -> tuple[Grid, tuple[Slot, ...]]:
    """Return a book and every cell into which a number is typed."""
    plan, submission = example_book(key)
    slots = tuple(s for s in plan.inputs if s.rule in ("number", "date"))
    return _read(api.book(plan, submission)), slots


def _judged_at(key: str, places: Sequence[int], numbers: Sequence[float]) -> None:
    grid, slots = _cells(key)
    for place, number in zip(places, numbers, strict=True):
        grid = with_cell(grid, slots[place % len(slots)], Cell(number))
    report = check_grid(grid, "book.xlsx", SETTINGS)
    assert report.exit_code in (0, 1), report.skipped


ANY_KEY = st.sampled_from(OURS)
TWO_PLACES = st.lists(st.integers(0, 999), min_size=1, max_size=2)
TWO_NUMBERS = st.tuples(*[st.sampled_from(MORE_EDGES) | DOUBLES] * 2)


@settings(max_examples=40, deadline=None)
@given(key=ANY_KEY, places=TWO_PLACES, numbers=TWO_NUMBERS)
def test_one_or_two_numbers_anywhere_are_judged(
    key: str, places: list[int], numbers: tuple[float, float]
) -> None:
    _judged_at(key, places, numbers[: len(places)])


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(key=ANY_KEY, places=TWO_PLACES, numbers=TWO_NUMBERS)
def test_very_many_pairs_of_numbers_are_judged(
    key: str, places: list[int], numbers: tuple[float, float]
) -> None:
    _judged_at(key, places, numbers[: len(places)])


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(place=st.sampled_from(PLACES), number=DOUBLES)
def test_very_many_numbers_are_judged(place: str, number: float) -> None:
    _judged(place, number)


@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@example(place=PLACES[0], number=5e-324)
@example(place=PLACES[0], number=1.7976931348623157e308)
@given(place=st.sampled_from(PLACES[:2]), number=DOUBLES)
def test_every_number_is_taken_or_listed(
    place: str, number: float, tmp_path: Path
) -> None:
    _taken(place, number, tmp_path / "book.xlsx")


@pytest.mark.slow
@settings(
    max_examples=200, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(place=st.sampled_from(PLACES[:2]), number=DOUBLES)
def test_very_many_numbers_are_taken_or_listed(
    place: str, number: float, tmp_path: Path
) -> None:
    _taken(place, number, tmp_path / "book.xlsx")


@settings(max_examples=30, deadline=None)
@example(number=5e-324)
@given(number=DOUBLES)
def test_what_fill_writes_can_be_judged(number: float) -> None:
    inputs = {
        "ex_ante": {"EG_i_p": [number]},
        "ex_post": {"EG_i_p": [number]},
        "period": {"start": "2021-01-01", "end": "2021-12-31"},
    }
    try:
        data = api.fill(methodology(KEY), inputs)
    except JcmError:
        return
    assert check_grid(_read(data), "", SETTINGS).exit_code in (0, 1)
