"""Filled books for the tests, from the examples of the definitions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jcm_xl.definition.register import applied_by, registered_otherwise
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Example, Methodology
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from tests.keys import keyed

CORE = ("TH_AM001@1.0", "ID_AM003@1.0", "ID_AM002@2.0", "MM_AM005@1.0", "PH_AM004@1.0")
"""Five shapes for the tests that look closely; tests/library sweeps over all."""

PERIOD = (date(2021, 1, 1), date(2021, 12, 31))


def reference_number(m: Methodology) -> str:
    """Return the number of a project that applies it, or one that nobody has."""
    first = f"{m.country}001"
    if registered_otherwise(first, m.key) is None:
        return first
    projects = applied_by(m.key)
    return projects[0].reference_number if projects else f"{m.country}999"


def example_values(
    m: Methodology, example: Example, stage: str = "report"
) -> dict[Key, Value]:
    """Return the cells of a complete book that holds this example, by key."""
    values: dict[str, Value] = {
        "reference_number": reference_number(m),
        "mss.person:1": "Project manager",
        "mss.role:1": "Planning, data collection, archiving and approval of the report",
    }
    for p in m.inputs:
        both = p.is_monitored and stage == "report"
        for prefix in ("mps", "mrs") if both else ("mps",):
            given = example.given.get(p.name)
            pairs: list[tuple[str, Any]] = [("", given)]
            if isinstance(given, list):
                pairs = [(f"[{i}]", item) for i, item in enumerate(given, 1)]
            for unit, item in pairs:
                if item is None or item == "":
                    continue
                number = isinstance(item, int | Decimal)
                values[f"{prefix}.value:{p.name}{unit}"] = (
                    float(item) if number else item
                )
                if len(p.options) > 1:
                    option = f"Option {p.options[0]}"
                    values[f"{prefix}.option:{p.name}{unit}"] = option
    if stage == "report":
        values["period.start"], values["period.end"] = PERIOD
    return keyed(values)


def example_submission(
    m: Methodology,
    number: int = 0,
    *,
    stage: str = "report",
    language: str = "en",
    monthly: bool = False,
    meters: bool = False,
    live: str = "",
    rows: Mapping[str, int] | None = None,
) -> tuple[Plan, Submission]:
    """Return plan and submission of an example, ready for `api.book`."""
    plan = make_plan(
        m, rows, Edition(language=language, monthly=monthly, meters=meters, live=live)
    )
    values = example_values(m, m.examples[number], stage)
    return plan, Submission(m.id, m.version, plan.rows, values)
