"""Another book of the folder is a plan of the same project.

Why it matters
    A report is compared with the plan that was registered. Of two plans nobody can tell
    which one that is, so the reports of this folder are compared with neither.

How to fix it
    Keep the plan that was registered in the folder and move the other out, or name it
    with `--plan`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.settings import Kinship


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="A project is registered with one plan",
    message="{file} is a plan of the same project, {expected}: which of them was "
    "registered? Reports in this folder were compared with neither.",
    remedy="Keep the registered plan in this folder and move the other out, or name it "
    "with --plan.",
)
def two_plans(context: OpenedBook) -> Iterator[Finding]:
    """Ask about other plans of this project."""
    for other in context.settings.siblings:
        if other.kinship is Kinship.PLAN:
            yield Finding(
                actual=other.file,
                facts={"file": other.file},
                expected=other.reference_number,
            )
