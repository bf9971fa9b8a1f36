"""The Monitoring Structure Sheet is not the registered one.

Why it matters
    The structure says who collects, keeps and approves the data. It was validated with
    the plan; the verifier asks the persons it names.

How to fix it
    Restore the registered lines, or explain who took over which role.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import Key
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Submission
from jcm_xl.submission.other_books import registered_plan
from jcm_xl.text.phrase import Phrase

_NOTHING = Phrase("compared.nothing", "nothing")


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Structure Sheet of the registered project",
    message="{sheet} differs from {cell} on from the registered plan {file}: here it "
    "has {actual}, there {expected}.",
    remedy="Restore the registered lines, or explain who took over which role.",
)
def registered_structure_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the lines, in whatever order they stand."""
    book = registered_plan(context)
    if book is None:
        return
    count = len(context.plan.by_role["person"])
    own, other = _lines(context.submission, count), _lines(book.submission, count)
    if own.keys() != other.keys():
        yield Finding(
            context.plan[Key("mss", "person", unit=1)],
            actual=_listed(own, other),
            expected=_listed(other, own),
            facts={"file": book.file},
        )


def _lines(submission: Submission, count: int) -> dict[str, str]:
    """Return the lines as they are compared, each with how it is printed."""
    lines = {}
    for n in range(1, count + 1):
        person, role = (
            " ".join(shown(submission.get(Key("mss", part, unit=n))).split())
            for part in ("person", "role")
        )
        if person or role:
            text = f"{person or '-'}: {role or '-'}"
            lines[text.casefold()] = text
    return lines


def _listed(lines: dict[str, str], others: dict[str, str]) -> str:
    return "; ".join(t for key, t in lines.items() if key not in others) or _NOTHING
