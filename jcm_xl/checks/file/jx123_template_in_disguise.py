"""The book prints our wording, but neither our stamp nor our template stands behind it.

Why it matters
    A book that lost its stamp is compared with the template all the same, as its texts
    stand where they belong. A hand-made book has wording of its own. This book has
    texts that only templates of jcm_xl print, and yet a good part of the fixed texts is
    missing or reads otherwise: so it can be compared with nothing in full.

How to fix it
    Carry the inputs over into a fresh book with `jcm-xl import` and submit that one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Phase, Severity


@Check(
    own_phase=Phase.VALUES,
    severity=Severity.WARNING,
    tonnes=True,
    audience=Audience.VERIFIER,
    basis="Our own books: stamp and fixed texts of the template",
    message="The book prints {actual} texts that only templates of jcm_xl have, but it "
    "carries no stamp, and only {share} % of the fixed texts of {expected} stand where "
    "they belong; the first that does not is {cell} on {sheet}.",
    remedy="Carry the inputs over into a fresh book with `jcm-xl import`, and submit "
    "that one.",
)
def template_in_disguise(context: OpenedBook) -> Iterator[Finding]:
    """Ask how much of the template stands in a book without stamp."""
    fit = context.likeness
    if fit.is_suspicious and fit.first is not None:
        name, place = fit.first
        sheet, cell = context.alterations.place(name, *place)
        yield Finding(
            sheet=sheet,
            cell=cell,
            actual=str(fit.ours),
            expected=context.methodology.spreadsheet_id,
            facts={"share": f"{100 * fit.texts:.0f}"},
        )
