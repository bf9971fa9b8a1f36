"""Honest fills in the layouts of many hands: no false error, no wrong number."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from bench.quality.books import BY_CHANCE, FULL, fill, grid_of
from bench.quality.hands.formulas import TooHard
from bench.quality.hands.habits import HANDS, Habits
from bench.quality.hands.sheets import book_by_hand
from bench.quality.office import saved_by_office
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl.checks.run import judge_grid
from jcm_xl.definition.library import entries
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Value
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.stage import calculate_stages
from tests.keys import texts
from tests.office.harness import missing

_OF_THE_LIBRARY = (*BY_CHANCE, "JX104")


class Handmade(NamedTuple):
    """A book by one hand with what was typed into it, by slot key."""

    key: str
    hand: str
    data: bytes
    typed: Mapping[str, Value]


@lru_cache(maxsize=1)
def keys() -> tuple[str, ...]:
    """Return the methodologies whose formulas a hand here can type."""
    return tuple(entry.key for entry in entries() if _is_typed(entry.key))


def _is_typed(key: str) -> bool:
    plan, submission = fill(key, 0)
    m = plan.methodology
    if any(table.match != "exact" for table in m.tables.values()):
        return False
    try:
        book_by_hand(m, honest(m, submission.values), plan.rows, Habits())
    except TooHard:
        return False
    return True


def handmade(seed: int) -> Handmade:
    """Return an honest book: each hand writes each methodology in turn."""
    known, hands = keys(), tuple(HANDS)
    key = known[seed % len(known)]
    hand = hands[(seed + seed // len(known)) % len(hands)]
    plan, submission = fill(key, seed)
    typed = honest(plan.methodology, submission.values)
    habits = HANDS[hand]
    _, results = calculate_stages(plan, submission)
    if any((r.unrounded or 0) < 0 for r in results.values()):
        # INT and FLOOR round a loss away from zero; no JCM report has one.
        habits = replace(habits, rounding="ROUNDDOWN")
    data = book_by_hand(plan.methodology, typed, plan.rows, habits)
    return Handmade(key, hand, data, typed)


def honest(m: Methodology, values: Mapping[Any, Value]) -> dict[str, Value]:
    """Return a fill with one option for all units and a period that ends in time."""
    typed = dict(texts(values))
    for name, option in list(typed.items()):
        stem, bracket, _ = name.partition("[")
        if ".option:" in name and bracket:
            typed[name] = typed.get(f"{stem}[1]", option)
    # So late that no count of days in a fill, 360 at most, is above the period's.
    day = random.Random(len(typed)).randint(1, 5)
    typed["period.start"] = date(2022, 1, day)
    return typed


def hands(seeds: range) -> dict[str, Outcome]:
    """Judge books by many hands, recalculated by LibreOffice."""
    total = {"hands": NOTHING, "hands read": NOTHING}
    if missing():
        return total
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            book = handmade(seed)
            grid = grid_of(saved_by_office(book.data), folder)
            judgement = judge_grid(grid, settings=FULL)
            total["hands"] += _alarms(book, judgement.report)
            found = judgement.context.submission.values if judgement.context else {}
            total["hands read"] += _read(book, texts(found), judgement.report)
    return total


def _alarms(book: Handmade, report: Report) -> Outcome:
    """Count a book with an error as wrong, one with a warning aside."""
    told = [d for d in report.diagnostics if d.code not in _OF_THE_LIBRARY]
    errors = [d for d in told if d.severity is Severity.ERROR]
    warnings = [d for d in told if d.severity is Severity.WARNING]
    is_wrong = bool(errors) or report.exit_code == 2
    samples = [_line(book, d) for d in (errors + warnings)[:1]]
    if report.exit_code == 2:
        samples = [f"{book.key} {book.hand}: {report.verdict}"]
    aside = (("books with a warning", int(bool(warnings))),)
    return Outcome(1, int(is_wrong), tuple(samples), aside)


def _line(book: Handmade, found: Diagnostic) -> str:
    return f"{book.key} {book.hand}: {found.code} {found.place} {found.message}"


def _read(book: Handmade, found: Mapping[str, Value], report: Report) -> Outcome:
    """Count a book wrong from which a number was read wrongly or not at all."""
    wrong = [
        f"{book.key} {book.hand}: {key} is {found.get(key)!r}, typed was {value!r}"
        for key, value in _numbers(book)
        if found.get(key) != value
    ]
    wrong += [
        f"{book.key} {book.hand}: {key} is {value!r}, nothing was typed"
        for key, value in found.items()
        if ".value:" in key and key not in book.typed
    ]
    if not _agrees(report):
        wrong.append(f"{book.key} {book.hand}: Table 3 {report.figures}")
    return Outcome(1, int(bool(wrong)), tuple(wrong[:1]))


def _numbers(book: Handmade) -> Iterator[tuple[str, Value]]:
    for key, value in book.typed.items():
        if ".value:" in key or key.startswith("period.") or key == "reference_number":
            yield key, value


def _agrees(report: Report) -> bool:
    """Tell whether what LibreOffice calculated in Table 3 is what we calculate."""
    told = [o for o in report.opinions if o.name == "Table 3"]
    return len(told) == 2 and all(
        isinstance(o.own, float)
        and isinstance(o.stored, float)
        and same_number(o.own, o.stored)
        for o in told
    )
