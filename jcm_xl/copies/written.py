"""A carried book written: calculated anew, with what is added to its plan."""

from __future__ import annotations

from jcm_xl.copies.carry import Carried
from jcm_xl.engine.calculate import calculate
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import stage_inputs
from jcm_xl.writing.additions import Dress


def written(carried: Carried, dress: Dress) -> bytes:
    """Return the bytes of the fresh book."""
    from jcm_xl.writing.write import write

    plan, submission = carried.plan, carried.submission
    inputs = {stage: stage_inputs(plan, submission, stage) for stage in Stage}
    results = {s: calculate(plan.methodology, given) for s, given in inputs.items()}
    return write(plan, submission, inputs, results, dress=dress)
