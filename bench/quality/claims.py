"""Books of a folder that claim something twice: told; honest neighbours: not."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bench.quality.books import BY_CHANCE, FULL, KEYS, fill
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl import api
from jcm_xl.bulk.projects import judge_folder
from jcm_xl.model.finding import Report
from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.settings import Settings

Values = Mapping[Key, Any]
_START, _END = Key.parse("period.start"), Key.parse("period.end")
_NEXT_YEAR = {_START: date(2023, 1, 1), _END: date(2023, 12, 31)}

KINDS = ("overlap", "repeat", "another number", "two rounds", "unit twice")
TARGETS = {
    f"claims: {kind}": f"folders with a double claim ({kind}): 0 without a finding"
    for kind in KINDS
} | {
    "claims: honest": "folders of honest books of one project: 0 told as claimed twice"
}


def claims(seeds: range) -> dict[str, Outcome]:
    """Judge folders of two books, with a double claim and without."""
    total = dict.fromkeys(TARGETS, NOTHING)
    for seed in seeds:
        kind = KINDS[seed % len(KINDS)]
        key = KEYS[seed // len(KINDS) % len(KEYS)]
        chance = random.Random(f"claims {seed}")
        plan, submission = fill(key, seed)
        honest = [submission, _next(plan, submission, chance)]
        asked = _asked(plan, honest)
        sample = f"seed {seed}: {key} {kind}"
        alarms = sorted(code for _, code in asked if code.startswith("JX6"))
        alarms = [code for code in alarms if code not in BY_CHANCE]
        words = (f"{sample}: {alarms}",) if alarms else ()
        total["claims: honest"] += Outcome(1, int(bool(alarms)), words)
        books = _twice(kind, plan, submission, honest[1])
        if books is None:
            total[f"claims: {kind}"] += Outcome(0, 0, aside=(("no unit or meter", 1),))
            continue
        passed = not _asked(plan, books) - asked
        words = (sample,) if passed else ()
        total[f"claims: {kind}"] += Outcome(1, int(passed), words)
    return total


def _twice(
    kind: str, plan: Plan, first: Submission, second: Submission
) -> list[Submission] | None:
    """Return the books of a folder that claims twice; `None` where it cannot."""
    monitored = _monitored(plan, first)
    if kind in ("repeat", "another number", "unit twice") and not monitored:
        return None
    if kind == "overlap":
        days = {_START: date(2022, 6, 1), _END: date(2023, 5, 31)}
        return [first, _with(second, days)]
    if kind == "repeat":
        return [first, _with(second, monitored)]
    if kind == "another number":
        number = f"{plan.methodology.country}998"
        return [first, _with(first, {REFERENCE_NUMBER: number})]
    if kind == "two rounds":
        days = {key: first.values[key] for key in (_START, _END)}
        return [first, _with(second, days)]
    units = {key.unit for key in monitored if key.unit}
    if len(units) < 2:
        return None
    twin = {key: first.values[key._replace(unit=1)] for key in monitored
            if key.unit == 2 and key._replace(unit=1) in first.values}  # fmt: skip
    return [_with(first, twin), second] if twin else None


def _monitored(plan: Plan, submission: Submission) -> Values:
    """Return the numbers that were measured or bought: no two are alike by chance."""
    names = {
        p.name for p in plan.methodology.inputs
        if p.is_monitored and not p.is_choice and {"B", "C"} & set(p.options)
    }  # fmt: skip
    return {
        key: value for key, value in submission.values.items()
        if key.stage == "mrs" and key.notion == "value" and key.name in names
        and _has_four_digits(value)
    }  # fmt: skip


def _has_four_digits(value: object) -> bool:
    digits = f"{value:.15g}".replace(".", "").strip("0") if value else ""
    return len(digits) >= 4


def _next(plan: Plan, first: Submission, chance: random.Random) -> Submission:
    """Return the report of the year after, with figures of its own."""
    return _with(first, {**other_figures(plan, first, chance), **_NEXT_YEAR})


def other_figures(plan: Plan, report: Submission, chance: random.Random) -> Values:
    """Return what another year could have measured in the place of what a report has.

    Only of what is measured or bought, with digits that do not meet by chance.
    """
    return {
        key: float(f"{value * chance.uniform(0.9, 0.99):.12g}")
        for key, value in _monitored(plan, report).items()
    }


def _with(submission: Submission, values: Values) -> Submission:
    return replace(submission, values={**submission.values, **values})


def _judge_each(books: Iterable[tuple[Path, Settings]]) -> Iterator[Report]:
    for path, settings in books:
        yield api.check(path, settings)


def _asked(plan: Plan, books: list[Submission]) -> set[tuple[str, str]]:
    """Return file and code of what a folder of these books is asked."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.xlsx" for number in range(len(books))]
        for path, submission in zip(paths, books, strict=True):
            path.write_bytes(api.book(plan, submission))
        return {
            (report.file, d.code)
            for report in judge_folder(paths, FULL, _judge_each)
            for d in report.diagnostics
            if d.asks
        }
