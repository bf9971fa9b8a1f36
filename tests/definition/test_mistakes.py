"""Mistakes of authors, by the hundred: each is named, with its cause, at its line."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from jcm_xl.definition.lint.run import lint_bytes
from tests.definition.test_broken import NAME, SOUND

KINDS = tomllib.loads(
    Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8")
)["kind"]


def unnamed(find: str, put: str, words: str, named: str = "") -> str:
    """Return why a mistake is not named as it should be; nothing where it is.

    named: the line of the remark, where it is another than the changed one.
    """
    assert find in SOUND, find
    text = SOUND.replace(find, put, 1)
    start = SOUND.index(find)
    same = next(i for i, sign in enumerate(f"{put}\0") if find[i : i + 1] != sign)
    first = text.count("\n", 0, start + same) + 1
    lines = set(range(first, first + put[same:].count("\n") + 1))
    if named:
        rows = text.split("\n")
        lines = {n for n, row in enumerate(rows, 1) if row == named}
    report = lint_bytes(text.encode(), NAME)
    told = [r for r in report.remarks if words.casefold() in r.message.casefold()]
    if any(r.line in lines for r in told):
        return ""
    found = [(r.line, r.message) for r in report.remarks]
    return f"{put!r}: nobody says {words!r} at {sorted(lines)}: {found}"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=[kind["title"] for kind in KINDS])
def test_every_mistake_is_named_at_its_line(kind: dict[str, list[list[str]]]) -> None:
    reasons = [unnamed(*mistake) for mistake in kind["mistakes"]]
    assert list(filter(None, reasons)) == []


def test_the_table_is_large_and_has_no_double() -> None:
    every = sorted((m[0], m[1]) for kind in KINDS for m in kind["mistakes"])
    assert len(every) >= 300
    assert all(one != other for one, other in pairwise(every))
