"""The book was not made by jcm_xl, so its texts and formulas were not compared.

Why it matters
    A book from a template of jcm_xl is compared with it cell by cell. A hand-made book
    has no such template: its inputs were found by titles, headings and symbols, and the
    results recomputed; a changed heading or formula may have gone unseen.

How to fix it
    Nothing has to be done. `jcm-xl check FILE --template OFFICIAL.xlsx` compares its
    cells with the official workbook; `jcm-xl import` carries the inputs over into a
    fresh book, in which every cell can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Phase, Severity


@Check(
    severity=Severity.NOTE,
    own_phase=Phase.IDENTITY,
    audience=Audience.VERIFIER,
    basis="Our own books: custom properties jcm_xl.* and the layout of the template",
    message="This book of {expected} was not made by jcm_xl. {actual} inputs were "
    "found in it and checked, and the results were recomputed; its texts and formulas "
    "were not compared with a template.",
    remedy="Nothing has to be done. `jcm-xl import` carries the inputs over into a "
    "fresh book, in which every cell can be compared.",
)
def template_not_compared(context: OpenedBook) -> Iterator[Finding]:
    """Say once what was not done, and how much was found."""
    if context.foreign is not None and context.template is None:
        count = len(context.foreign.submission.values)
        yield Finding(actual=str(count), expected=context.methodology.spreadsheet_id)
