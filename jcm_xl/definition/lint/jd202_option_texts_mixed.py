"""The text of one monitoring option speaks of another, or two options share one text.

Why it matters
    The cell shows the text of the option that is chosen. Invoices are not
    calibrated and meters are not invoiced: one text for both is boilerplate that a
    verifier asks about.

How to fix it
    Give each option its own source and procedure: A public data, B invoices, C
    measuring equipment with its calibration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint

_OPTION = re.compile(r"\boption\s+([ABC])\b", re.I)


@lint(
    severity=Severity.WARNING,
    message="The text for option {option} {fault}.",
)
def option_texts_mixed(draft: Draft) -> Iterator[Fault]:
    """Compare the monitoring blocks of each parameter."""
    for p in draft.methodology.parameters.values():
        seen: dict[str, str] = {}
        for position, block in enumerate(p.monitoring):
            path = ("parameters", p.name, "monitoring", position, "procedure")
            for other in _OPTION.findall(block.procedure):
                if other != block.option:
                    fault = f"speaks of option {other}"
                    yield Fault(path, {"option": block.option, "fault": fault})
            first = seen.setdefault(" ".join(block.procedure.split()), block.option)
            if first != block.option:
                fault = f"is the same as that for option {first}"
                yield Fault(path, {"option": block.option, "fault": fault})
