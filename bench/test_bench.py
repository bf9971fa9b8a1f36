"""The benches measure what they say: the same work on both sides."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from bench import live, rival
from bench.books import TYPICAL, typical
from bench.measure import in_turn, run
from bench.promises import parse_once
from bench.replay import replay_of
from bench.row import Row
from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.xlsx.read import read_grid
from tests.office.harness import Office


@pytest.fixture(params=TYPICAL)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.xlsx"
    path.write_bytes(typical(request.param))
    return path


def test_a_typical_book_is_complete_and_clean(book: Path) -> None:
    report = check_file(book)
    assert report.exit_code == 0, [d.message for d in report.diagnostics]
    assert report.stage == "report"


def test_the_rival_reads_the_same_cells_and_locks(book: Path) -> None:
    ours, theirs = read_grid(book), rival.read_grid(rival.Opened(book))
    assert ours.sha256 == theirs.sha256
    assert ours.properties == theirs.properties
    for sheet, other in zip(ours.sheets, theirs.sheets, strict=True):
        assert sheet.name == other.name
        assert sheet.cells.keys() == other.cells.keys()
        for place, cell in sheet.cells.items():
            same = other.cells[place]
            assert (cell.value or None) == (same.value or None), (sheet.name, place)
            assert cell.formula == same.formula
            assert ours.styles.is_locked(cell.style) is theirs.styles.is_locked(
                same.style
            )


def test_the_replay_gives_the_same_book() -> None:
    new = partial(api.new, api.load("TH_AM001"), monthly=True)
    assert replay_of(new)() == new()


@pytest.mark.slow
def test_both_sides_are_called_in_turn(book: Path) -> None:
    called: list[str] = []
    pairs = in_turn(partial(called.append, "a"), partial(called.append, "b"), 2)
    assert called == ["a", "b"] * (len(called) // 2)
    assert len(pairs.ours) == len(pairs.other) == 2
    assert in_turn(partial(parse_once, book), partial(parse_once, book), 1).ratio > 0


def test_a_process_is_measured_without_its_parent() -> None:
    one = run([sys.executable, "-S", "-c", "pass"])
    large = run([sys.executable, "-S", "-c", "bytearray(10**8)"])
    assert 0 < one.seconds < 60
    assert large.peak - one.peak > 90e6
    with pytest.raises(RuntimeError, match="failed"):
        run([sys.executable, "-S", "-c", "1/0"])


@pytest.mark.parametrize(
    ("figure", "verdict"), [(1, "STRETCH"), (2, "STRETCH"), (3, "PASS"), (3.1, "MISS")]
)
def test_a_verdict_compares_with_target_and_stretch(
    figure: float, verdict: str
) -> None:
    assert Row("new", "TH_AM001", figure, target=3, stretch=2).verdict == verdict
    assert Row("new", "TH_AM001", figure, 3, None).verdict in (verdict, "PASS")


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_the_live_cells_give_what_the_native_ones_give(tmp_path: Path) -> None:
    paths = live.written(tmp_path)
    with Office() as other:
        assert live.live_row(other, paths, 1).figure > 0
        called, native = (
            other.recalculate(paths[name])["Projects"] for name in ("live", "native")
        )
    cells = [f"F{n}" for n in range(2, live.CALLS + 2)]
    assert [called[c] for c in cells] == pytest.approx([native[c] for c in cells])
