"""A sheet names another methodology or version than the rest of the book.

Why it matters
    Versions differ in formulas and default values. A report sheet of one version
    beside a plan of another cannot be verified, and nobody can say by which rules
    the reduction was calculated.

How to fix it
    Use one workbook of one version: the one the project is registered with. Carry
    the inputs over into a fresh book of that version.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import Key


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Header of every sheet: Monitoring Spreadsheet: JCM_<CC>_AM<nnn>_ver<NN.N>",
    message="The sheet {sheet} says in {cell} that it belongs to {actual}, but this "
    "book is one of {expected}.",
    remedy="Use a book of one version throughout: carry the inputs over into a fresh "
    "book of {expected}, or of the version your project is registered with.",
)
def spreadsheet_id_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the id printed on each sheet with that of the book."""
    m, plan = context.methodology, context.plan
    renamed = {there: name for name, there in context.alterations.renamed.items()}
    keys = {name: key for key, name in plan.sheets.items()}
    for name, (code, version) in context.identity.printed.items():
        name = renamed.get(name, name)
        slot = plan.get(Key(keys.get(name, ""), "id"))
        if slot and (code, version) != (m.id, m.version):
            major, minor = version.split(".")
            actual = f"JCM_{code}_ver{int(major):02d}.{minor}"
            yield Finding(slot, actual=actual, expected=m.spreadsheet_id)
