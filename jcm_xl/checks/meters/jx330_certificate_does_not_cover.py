"""The certificates of a meter do not cover the monitoring period.

Why it matters
    What was measured with a meter whose calibration had lapsed has to be corrected or
    is not accepted. Verifiers compare the dates of certificates with the period first.

How to fix it
    Add the certificate that is missing; certificates of one monitoring point join. If
    there is none, ask the verifier how the values of these days are corrected.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.meters import measured_points, meter_rows, uncovered
from jcm_xl.submission.other_books import period_shown

_MANY = 3


@Check(
    severity=Severity.WARNING,
    basis="Calibration of measuring equipment; Monitoring Report Sheet of "
    "project ID009: certificate or calibration",
    message="No certificate covers {days} of the days of {parameter}, see {cell} on "
    "{sheet}: {actual} of the period {expected}.",
    remedy="Add the certificate for these days, or agree with the verifier "
    "how their values are corrected.",
)
def certificate_does_not_cover(context: OpenedBook) -> Iterator[Finding]:
    """Join the certificates of each measured point and look for days without one."""
    rows = [row for row in meter_rows(context) if row.days]
    if context.stage == "plan" or context.period is None or not rows:
        return
    told = set()
    for point in measured_points(context):
        own = [row for row in rows if point.is_of(context, row)]
        gaps = uncovered(context.period, [row.days for row in own if row.days])
        cause = point.parameter.name, tuple(row.number for row in own)
        if own and gaps and cause not in told:
            told.add(cause)  # units that share their meters share the finding
            listed = [period_shown(gap) for gap in gaps[:_MANY]]
            if len(gaps) > _MANY:
                listed.append(f"+{len(gaps) - _MANY}")
            yield Finding(
                own[-1].slot(context, "until"),
                parameter=point.parameter.symbol,
                actual=", ".join(listed),
                expected=period_shown(context.period),
                facts={"days": sum((b - a).days + 1 for a, b in gaps)},
            )
