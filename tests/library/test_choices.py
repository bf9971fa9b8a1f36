"""Only what applies is asked: each choice alone, each set absent, the least of it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
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
from tests.books import example_values
from tests.library.fills import within
from tests.library.sweep import of_every_definition
from tests.support import DEFINITIONS, methodology


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
