"""The pool: in order, and no book can stop another."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from types import SimpleNamespace

import pebble
import pytest

from jcm_xl import api
from jcm_xl.bulk import pool, start
from jcm_xl.bulk.pool import judge_all
from jcm_xl.bulk.server import SAFE_PATH
from jcm_xl.checks.run import check_file
from tests.bulk.faults import judge_badly, judge_hoarding, tell_start
from tests.copies.conftest import KEY, SETTINGS
from tests.support import example_book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = api.book(*example_book(KEY))
    for name in ("a1", "dies", "a2", "hangs", "a3", "raises", "a4"):
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    (tmp_path / "b.xlsx").write_text("a,b\n1,2\n", encoding="utf-8")
    return tmp_path


def test_each_book_is_judged_as_alone(folder: Path) -> None:
    paths = [folder / f"{name}.xlsx" for name in ("b", "a2", "a1")]
    alone = [check_file(path, SETTINGS) for path in paths]
    assert list(judge_all(paths, SETTINGS, jobs=2)) == alone
    assert list(judge_all([], SETTINGS, jobs=2)) == []


def test_a_book_takes_only_its_own_process_along(folder: Path) -> None:
    names = ("a1", "dies", "a2", "hangs", "a3", "raises", "a4")
    paths = [folder / f"{name}.xlsx" for name in names]
    reports = list(judge_all(paths, SETTINGS, jobs=2, seconds=6, judge_one=judge_badly))
    assert [r.file for r in reports] == [path.name for path in paths]
    assert [r.exit_code for r in reports] == [0, 2, 0, 2, 0, 2, 0]
    verdicts = {r.file: r.verdict for r in reports}
    start = "CANNOT BE JUDGED: "
    assert verdicts["dies.xlsx"] == (
        f"{start}the process that judged it ended unexpectedly."
    )
    assert verdicts["hangs.xlsx"] == (
        f"{start}its judgement took longer than 6 seconds and was ended."
    )
    assert "internal error (ZeroDivisionError)" in verdicts["raises.xlsx"]


@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(),
    reason="the memory of a process cannot be bounded here",
)
def test_memory_is_bounded(folder: Path) -> None:
    (report,) = judge_all(
        [folder / "a1.xlsx"], SETTINGS, jobs=1, judge_one=judge_hoarding
    )
    assert report.verdict == (
        "CANNOT BE JUDGED: its judgement needs more than 1024 MB of memory."
    )


def test_nothing_is_left_running(folder: Path) -> None:
    reports = judge_all([folder / "a1.xlsx"] * 50, SETTINGS, jobs=2)
    assert next(reports).exit_code == 0
    reports.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(start.METHOD != "forkserver", reason="the server is the forked one")
def test_the_variable_of_a_start_goes_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(SAFE_PATH, raising=False)
    context = pool._context()
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=tell_start, args=(writer,))
    process.start()
    is_safe, variable = reader.recv()
    process.join()
    assert (is_safe, variable, os.environ.get(SAFE_PATH)) == (True, None, None)


@pytest.mark.parametrize("value", [None, "", "1"])
def test_a_start_leaves_the_variable_as_it_was(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SAFE_PATH, raising=False)
    if value is not None:
        monkeypatch.setenv(SAFE_PATH, value)
    with start.safe_path():
        assert os.environ[SAFE_PATH] == (value or "jcm_xl")
    assert os.environ.get(SAFE_PATH) == value


def test_where_the_variable_would_not_be_read_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flags = SimpleNamespace(ignore_environment=1, safe_path=False)
    monkeypatch.setattr(start, "sys", SimpleNamespace(flags=flags))
    with pytest.raises(start.UnsafeStart, match="Start it with -P, too"):
        next(judge_all([Path("a.xlsx")], SETTINGS))
    flags.safe_path = True
    with start.safe_path():
        pass


def test_no_more_processes_are_started_than_there_are_books(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Counted(pebble.ProcessPool):  # type: ignore[misc]
        def __init__(self, max_workers: int, **rest: object) -> None:
            started.append(max_workers)
            super().__init__(max_workers=max_workers, **rest)

    monkeypatch.setattr(pebble, "ProcessPool", Counted)
    paths = [folder / "b.xlsx", folder / "a1.xlsx"]
    assert len(list(judge_all(paths, SETTINGS, jobs=40))) == 2
    assert started == [2]
