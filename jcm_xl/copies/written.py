"""A carried book written: calculated anew, with what is added to its plan."""

from __future__ import annotations

from jcm_xl.copies.carry import Carried
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.writing.additions import Dress


def written(carried: Carried, dress: Dress) -> bytes:
    """Return the bytes of the fresh book."""
    from jcm_xl.writing.write import write

    plan, submission = carried.plan, carried.submission
    inputs, results = calculate_stages(plan, submission)
    return write(plan, submission, inputs, results, dress=dress)
