"""One figure of a book as an end of a bridge."""

from __future__ import annotations

from jcm_xl.engine.bridge import BridgeEnd
from jcm_xl.errors import JcmError
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import period_days, plan_days
from jcm_xl.submission.opened import OpenedBook


def end_of(book: OpenedBook, stage: Stage) -> BridgeEnd:
    """Return inputs, figures and days of a plan or report.

    Raises `JcmError` where there is no figure, or no period in order.
    """
    result = book.results[stage]
    if result.sheet_credited is None:
        raise JcmError(
            f"The {stage.word} of {book.name} has no figure: inputs are missing or "
            "it cannot be calculated. `jcm-xl calc` tells which."
        )
    days = plan_days(book.submission)
    if stage is Stage.REPORT:
        if book.period is None:
            raise JcmError(
                f"The monitoring period of {book.name} has no first and last day in "
                "order, so its length is not known."
            )
        days = float(period_days(book.submission) or 0)
    return BridgeEnd(book.inputs[stage], result, days)
