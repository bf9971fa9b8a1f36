"""Only what applies is asked: each choice alone, each set absent, the least of it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.engine.calculate import is_required
from jcm_xl.model.dependencies import set_groups
from jcm_xl.model.finding import Severity
from jcm_xl.model.key import Key, option_key, value_key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.submission.settings import Settings
from jcm_xl.text.spellings import full_width
from tests.books import example_values
from tests.library.fills import within
from tests.library.sweep import of_every_definition
from tests.support import DEFINITIONS, example_book, methodology


def fillings(m: Methodology) -> Iterator[tuple[str, dict[str, str], tuple[str, ...]]]:
    """Yield (title, choices, sets that have a unit): one thing at a time."""
    every = tuple(m.sets)
    usual = {p.name: m.choices(p)[0] for p in m.inputs if p.is_choice}
    yield "the first choices", usual, every
    for p in m.inputs:
        for text in m.choices(p)[1:] if p.is_choice else ():
            yield f"{p.name} = {text}", {**usual, p.name: text}, every
    for name, unit_set in m.sets.items():
        rest = tuple(other for other in every if other != name)
        if unit_set.min_rows == 0 and _is_enough(m, rest):
            yield f"no {name}", usual, rest


def _is_enough(m: Methodology, sets: tuple[str, ...]) -> bool:
    return all(set(group) & set(sets) for group in set_groups(m))


def least(plan: Plan, choices: dict[str, str], sets: tuple[str, ...]) -> Submission:
    """Return a plan in which nothing stands but what these choices ask for."""
    m, chance = plan.methodology, random.Random("least")
    example = example_values(m, m.examples[0], "plan")
    values: dict[Key, Any] = {
        key: value
        for key, value in example.items()
        if key.notion not in ("value", "option")
        and (key.unit is None or key.stage == "mss")
    }
    given: dict[str, Any] = {
        p.name: (choices[p.name],) if p.index else choices[p.name]
        for p in m.inputs
        if p.is_choice
    }
    used = {name: (1,) if name in sets else () for name in m.sets}
    inputs = StageInputs(given, used)
    for p in m.inputs:
        if p.index and p.index not in sets:
            continue
        unit = 1 if p.index else None
        if not is_required(m, inputs, p, unit):
            continue
        text = choices.get(p.name)
        number = within(p.bounds, chance)
        values[value_key("mps", p.name, unit)] = text or number
        if len(p.options) > 1:
            values[option_key("mps", p.name, unit)] = f"Option {p.options[0]}"
    return Submission(m.id, m.version, plan.rows, values)


@of_every_definition
def test_the_least_that_a_choice_asks_for_is_enough(key: str) -> None:
    m = methodology(key)
    plan = make_plan(m, dict.fromkeys(m.sets, 2))
    settings = Settings(definitions=DEFINITIONS)
    for title, choices, sets in fillings(m):
        submission = least(plan, choices, sets)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "least.xlsx"
            path.write_bytes(api.book(plan, submission))
            report = check_file(path, settings)
        wrong = [
            (d.code, str(d.message))
            for d in report.diagnostics
            if d.code.startswith("JX3") and d.severity is Severity.ERROR
        ]
        assert wrong == [], title
        assert not calculate_stages(plan, submission)[1][Stage.PLAN].missing, title


@of_every_definition
def test_a_choice_is_the_same_in_capitals_between_blanks_and_in_full_width(
    key: str,
) -> None:
    m = methodology(key)
    if not any(p.is_choice for p in m.inputs):
        return
    plan, submission = example_book(key)
    found = [_judged(plan, submission)]
    for spelled in (str.upper, "  {} ".format, full_width):
        values = {
            k: spelled(str(value)) if _is_choice(m, k) and value else value
            for k, value in submission.values.items()
        }
        assert values != submission.values
        found.append(_judged(plan, replace(submission, values=values)))
    assert [other for other in found[1:] if other != found[0]] == []


def _is_choice(m: Methodology, key: Key) -> bool:
    p = m.parameters.get(key.name)
    return key.notion == "value" and p is not None and p.is_choice


def _judged(plan: Plan, submission: Submission) -> tuple[list[str], list[object]]:
    """Return what the check says of errors and doubts, and the tonnes of each stage."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(api.book(plan, submission))
        report = check_file(path, Settings(definitions=DEFINITIONS))
    results = calculate_stages(plan, submission)[1]
    said = [d.code for d in report.diagnostics if d.severity is not Severity.NOTE]
    return said, [results[stage].credited for stage in Stage]
