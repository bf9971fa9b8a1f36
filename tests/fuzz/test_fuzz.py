"""A short run of the damaged books; `python -m tests.fuzz` is the long one."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.fuzz import fuzzed_books
from tests.fuzz.books import bases
from tests.fuzz.child import Child, Judge
from tests.fuzz.judge import judge
from tests.xlsx.handmade import zipped

FEW = 120


def test_damaged_books_are_judged_in_bounded_time_and_memory() -> None:
    child = Child(judge, megabytes=512, seconds=5.0)
    books = list(fuzzed_books(seed=7, count=FEW))
    outcomes = [child.judge(book.data) for book in books]
    child.close()
    troubles = [
        f"{book}\n{outcome.trouble}"
        for book, outcome in zip(books, outcomes, strict=True)
        if outcome.trouble
    ]
    assert troubles == []
    codes = Counter(outcome.exit_code for outcome in outcomes)
    assert codes[1] >= FEW // 10, "too few survive the changes: nothing is judged"
    assert codes[2] >= FEW // 10, "too few are refused: the changes are too mild"


def test_the_same_seed_gives_the_same_books() -> None:
    assert list(fuzzed_books(3, 5)) == list(fuzzed_books(3, 5))
    assert list(fuzzed_books(3, 2, first=3)) == list(fuzzed_books(3, 5))[3:]
    assert list(fuzzed_books(4, 5)) != list(fuzzed_books(3, 5))


@pytest.mark.parametrize("name", bases())
def test_the_books_are_sound_before_they_are_damaged(name: str, tmp_path: Path) -> None:
    assert judge(zipped(bases()[name]), tmp_path) in (0, 1)


def _crash(data: bytes, folder: Path) -> int:
    raise ZeroDivisionError(folder.name + str(len(data)))


def _hang(data: bytes, folder: Path) -> int:
    while True:
        pass


def _wait(data: bytes, folder: Path) -> int:
    time.sleep(60)
    return 0


def _dawdle(data: bytes, folder: Path) -> int:
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    return 0


def _swallow(data: bytes, folder: Path) -> int:
    return len([bytes(1 << 20) for _ in range(1_000)])


def _die(data: bytes, folder: Path) -> int:
    import os

    os.abort()


@pytest.mark.parametrize(
    ("fault", "patience", "said"),
    [
        (_crash, 300, "ZeroDivisionError"),
        (_hang, 300, "used up its time"),
        (_wait, 5, "still busy after 1 s"),
        (_dawdle, 300, "took 0.3 s"),
        (_swallow, 300, "MemoryError"),
        (_die, 300, "the process died (-6)"),
    ],
)
def test_a_fault_would_be_noticed(fault: Judge, patience: int, said: str) -> None:
    child = Child(fault, megabytes=512, seconds=0.2, patience=patience)
    outcome = child.judge(b"x")
    child.close()
    assert said in outcome.trouble
