"""Random fills, sound and not, with what the sheet Check and the check say of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report, Severity
from jcm_xl.model.key import PERIOD_END, PERIOD_START, PLAN_DAYS, REFERENCE_NUMBER, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.settings import Settings
from jcm_xl.text.spellings import full_width
from tests.library.handlings import by_month
from tests.office.harness import Office
from tests.support import DEFINITIONS, example_book

DOUBTS = ("JX307", "JX319", "JX335", "JX501", "JX603")
"""Warnings that stand between COMPLETE and READY."""
NOT_ASKED = ("JX315",)
"""The sheet asks no clock: a volatile function would make Excel ask to save."""
OF_MONTHS = ("JX179", "JX414")
"""Errors of the sheet Monthly that stand among other codes."""
NO_RESULT = "JX404"
"""A value in no class of a table, a divisor of nought: Table 3 has no figure."""
_MOST = 3
_RULES = ("number", "number", "number", "choice", "option", "date", "text")


class Judgement(NamedTuple):
    """`ready`, `look` or `mend`: what the sheet says, what the check says, and why."""

    sheet: str
    check: str
    why: tuple[str, ...]


def filled(key: str, chance: random.Random) -> tuple[Plan, Submission]:
    """Return the example of a methodology with some cells typed otherwise."""
    monthly = chance.random() < 0.3
    plan, submission = example_book(key, monthly=monthly)
    if monthly:
        submission = by_month(plan, submission)
    values: dict[Key, Any] = dict(submission.values)
    cells = [s for s in plan.inputs if s.is_open and _is_asked(s)]
    for _ in range(chance.randint(0, _MOST)):
        rule = chance.choice(_RULES)
        rest = [s for s in cells if s.rule == rule] or cells
        here = [s for s in rest if s.key in values]
        slot = chance.choice(here if here and chance.random() < 0.8 else rest)
        value = _typed(plan.methodology, slot, values.get(slot.key), chance)
        values.pop(slot.key, None)
        if value is not None:
            values[slot.key] = value
    return plan, replace(submission, values=values)


def _is_asked(slot: Slot) -> bool:
    is_text = slot.rule == "text" and slot.key != REFERENCE_NUMBER
    return not is_text or slot.key.stage == "mss"


def _typed(m: Methodology, slot: Slot, now: Any, chance: random.Random) -> Any:
    """Return something that a person might type there; `None` for nothing."""
    if chance.random() < 0.2:
        return None
    if slot.key in (PERIOD_START, PERIOD_END):
        return date(2019, 1, 1) + timedelta(days=chance.randint(-400, 900))
    if slot.key == REFERENCE_NUMBER:
        return chance.choice(
            (f"{m.country}001", f"{m.country.lower()} 007", "ZZ9", "ZZ009", "9")
        )
    if slot.key == PLAN_DAYS:
        return chance.choice((30.0, 366.0, -1.0, 0.0))
    if slot.rule == "option":
        return chance.choice(("Option A", "Option B", "Option C", "option c", "C"))
    if slot.rule == "choice":
        texts = m.choices(m.parameters[slot.name])
        first = texts[0]
        spelled = (first.upper(), f" {first} ", full_width(first), "none of it")
        return chance.choice((*texts, *spelled))
    if slot.rule == "number":
        number = now if isinstance(now, float) else 10.0
        scaled = (1000, 0.001, 100, -1, 0, 1.1, 0.9, 20)
        others = tuple(float(f"{number * factor:.12g}") for factor in scaled)
        return chance.choice((*others, "12 MWh", "abc"))
    return chance.choice(("Somebody", None))


def judged(plan: Plan, submission: Submission, path: Path, office: Office) -> Judgement:
    """Ask the sheet Check, as LibreOffice calculates it, and the check."""
    path.write_bytes(api.book(plan, submission))
    cells = office.recalculate(path)[plan.sheets["check"]]
    report = check_file(path, Settings(definitions=DEFINITIONS))
    words = ["plan"] if report.stage == "plan" else ["plan", "report"]
    said = [_word(plan, word, cells) for word in words]
    sheet = "mend" if "mend" in said else "look" if "look" in said else "ready"
    errors, doubts = tuple(_errors(report)), tuple(_doubts(report))
    check = "mend" if errors else "look" if doubts else "ready"
    return Judgement(sheet, check, (*errors, *doubts))


def _word(plan: Plan, word: str, cells: Any) -> str:
    shown = str(cells[plan[Key("check", "verdict", word)].address])
    if shown == plan.messages(f"check.{word}_ready"):
        return "ready"
    is_look = shown.startswith(plan.messages(f"check.{word}_look"))
    return "look" if is_look else "mend"


def _errors(report: Report) -> Iterator[str]:
    for d in report.diagnostics:
        is_asked = d.code[:3] in ("JX3", "JX5") or d.code in (NO_RESULT, *OF_MONTHS)
        is_asked &= d.code not in NOT_ASKED
        if is_asked and d.severity is Severity.ERROR:
            yield f"{d.code} {d.place}"


def _doubts(report: Report) -> Iterator[str]:
    for d in report.diagnostics:
        if d.code in DOUBTS and d.severity is Severity.WARNING:
            yield f"{d.code} {d.place}"
