"""Any single change of a locked cell is found, and the very cell is named."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Severity
from jcm_xl.model.submission import Submission
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from tests.books import CORE, example_submission
from tests.rounds import later

MANY = int(os.environ.get("JCM_XL_MUTANTS", "24"))
HOMOGLYPHS = {"a": "а", "e": "е", "o": "о", "p": "р", "C": "С", "E": "Е"}


def text_mutants(text: str, chance: random.Random) -> Iterator[str | None]:
    at = chance.randrange(len(text))
    yield text[:at] + text[at + 1 :] or None
    yield text[:at] + "x" + text[at:]
    yield text + " 1"
    yield None
    if text[at] in HOMOGLYPHS:
        yield text[:at] + HOMOGLYPHS[text[at]] + text[at + 1 :]


def formula_mutants(
    formula: str, value: object, chance: random.Random
) -> Iterator[object]:
    yield value if value != "" else 0.0
    yield (f"={formula}+1", value)
    yield (f"=IFERROR({formula},0)", value)
    yield (f"=({formula})*0.5", value)
    yield None
    for old, new in (("*", "/"), ("-", "+"), ("ROUNDDOWN", "ROUND"), ("$", "$1")):
        if old in formula:
            yield (f"={formula.replace(old, new, 1)}", value)
    wrong = value + 1 if isinstance(value, float) else 7.0
    yield (f"={formula}", wrong)  # the stored result alone


def mutants(
    plan: Plan, cached: CachedValues, slot: Slot, chance: random.Random
) -> Iterator[object]:
    if slot.formula:
        yield from formula_mutants(slot.formula, cached.of(slot), chance)
    elif isinstance(slot.content, Decimal):
        number = float(slot.content)
        yield from (number * 1.000001 + 1e-7, -number - 1, str(number), None, "=1+1")
    elif expected_text(slot):
        yield from text_mutants(expected_text(slot), chance)
        yield 12.0


@pytest.mark.parametrize("key", [*CORE[:2], *map(later, CORE[2:])])
def test_every_change_of_a_locked_cell_is_found_at_that_cell(
    key: str, tmp_path: Path
) -> None:
    chance = random.Random(key)
    plan, submission = example_submission(api.load(key))
    inputs, results = api.calculate_stages(plan, submission)
    cached = CachedValues(plan, submission, inputs, results)
    locked = [
        s
        for s in plan.slots.values()
        if not s.is_input and s.sheet in plan.official and (s.formula or s.content)
    ]
    survivors = []
    for slot in chance.sample(locked, MANY):
        value = chance.choice(list(mutants(plan, cached, slot, chance)))
        if not is_found(plan, submission, slot, value, tmp_path):
            survivors.append((slot.key, slot.sheet, slot.address, value))
    assert survivors == []


def is_found(
    plan: Plan, submission: Submission, slot: Slot, value: object, folder: Path
) -> bool:
    path = folder / "mutant.xlsx"
    path.write_bytes(api.book(plan, submission, {slot.key: value}))
    report = check_file(path)
    return any(
        d.severity >= Severity.WARNING
        and (d.sheet, d.cell) == (slot.sheet, slot.address)
        for d in report.diagnostics
    )


def test_something_typed_into_an_empty_locked_cell_is_found(tmp_path: Path) -> None:
    plan, submission = example_submission(api.load("ID_AM002@2.0"))
    path = tmp_path / "mutant.xlsx"
    for place in ("'MPS(input)'!M3", "'MRS(calc_process)'!G8", "'MSS'!E40"):
        path.write_bytes(api.book(plan, submission, {place: "kWh"}))
        found = [d.place for d in check_file(path).diagnostics if d.severity]
        assert place in found
