"""load, new, fill, calc, check: the same words as the commands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jcm_xl.definition import library
from jcm_xl.engine.calculate import calculate
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.workbook.plan import Plan, make_plan
from jcm_xl.workbook.stage import stage_inputs


def load(key: str) -> Methodology:
    """Load a methodology by id (`TH_AM001`, `TH_AM001@1.0`) or path of a TOML file."""
    return library.load(key)


def calculate_stages(
    plan: Plan, submission: Submission
) -> tuple[dict[Stage, StageInputs], dict[Stage, Result]]:
    """Calculate plan and report of a submission."""
    inputs = {stage: stage_inputs(plan, submission, stage) for stage in Stage}
    results = {
        stage: calculate(plan.methodology, given) for stage, given in inputs.items()
    }
    return inputs, results


def book(
    plan: Plan, submission: Submission, overrides: Mapping[str, object] | None = None
) -> bytes:
    """Return the workbook of a plan with these values."""
    from jcm_xl.workbook.write import write

    inputs, results = calculate_stages(plan, submission)
    return write(plan, submission, inputs, results, overrides)


def new(
    key: str | Methodology,
    rows: Mapping[str, int] | None = None,
    *,
    reference_number: str = "",
    language: str = "en",
    monthly: bool = False,
) -> bytes:
    """Return a blank workbook of a methodology."""
    m = load(key) if isinstance(key, str) else key
    plan = make_plan(m, rows, language=language, monthly=monthly)
    values = {"reference_number": reference_number} if reference_number else {}
    return book(plan, Submission(m.id, m.version, plan.rows, values))


def save(data: bytes, path: str | Path) -> Path:
    """Write a finished book; the file appears whole or not at all."""
    path = Path(path)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
    return path
