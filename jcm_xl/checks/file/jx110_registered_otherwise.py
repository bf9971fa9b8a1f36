"""The project of this reference number is listed with another methodology or version.

Why it matters
    A project reports by the methodology and version it is registered with, even when
    a newer version exists. A book of another version calculates with other numbers.

How to fix it
    Take the workbook of the version that the project is registered with, or correct
    the reference number. The public list is dated; if the project changed its
    methodology since, compare with the registration itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.definition.register import origin, registered_otherwise
from jcm_xl.model.key import REFERENCE_NUMBER
from jcm_xl.model.limits import listed
from jcm_xl.model.shown import shown
from jcm_xl.text.phrase import Phrase


@Check(
    own_phase=Phase.VALUES,
    severity=Severity.WARNING,
    person_decides=True,
    basis="JCM projects, https://www.jcm.go.jp/jc/mn-projects/",
    message="This is a book of {actual}, but the project {number} ({status}) is "
    "listed with {expected} (list as of {as_of}).",
    remedy="Take the workbook of {expected}, or correct the reference number in "
    "{cell} on {sheet}.",
)
def registered_with_another(context: OpenedBook) -> Iterator[Finding]:
    """Look the reference number up in the list of projects."""
    value = shown(context.submission.get(REFERENCE_NUMBER))
    number = "".join(unicodedata.normalize("NFKC", value).split()).upper()
    m = context.methodology
    project = registered_otherwise(number, m.key)
    if project is None or not number.startswith(m.country):
        return
    word = project.status.lower()
    yield Finding(
        context.plan[REFERENCE_NUMBER],
        actual=m.key,
        expected=listed(project.methodologies),
        facts={
            "number": number,
            "status": Phrase(f"statuses.{word.replace(' ', '-')}", word),
            "as_of": origin("projects").as_of,
        },
    )
