"""The book of a form hides, covers or disguises what stands in it.

Why it matters
    Whoever signs or decides sees the sheet, not its cells. What is stored and what is
    seen have to be the same.

How to fix it
    Keep what was typed with `jcm-xl form read FILE --to PROJECT`, and make the form
    again with `jcm-xl form new`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.model import FieldType
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.forms.place import FormCell
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Drawing, Sheet
from jcm_xl.xlsx.looks import Look

_SMALLEST = 6.0
_PLAIN = ("General", "@", "0")
_NO_SHEET = Phrase("forms.no-sheet", "the sheet is not there")
_NOT_VISIBLE = Phrase("forms.sheet-hidden", "the sheet is hidden")
_CONDITION = Phrase("forms.condition", "conditional formatting")
_UNSEEN = Phrase("forms.unseen", "letters that cannot be seen")


@Check(
    severity=Severity.ERROR,
    basis="What is seen is judged, not how it is stored (decision 0014)",
    message="{sheet}, {cell}: {actual}.",
    remedy="Keep what was typed with `jcm-xl form read`, then make the form again with "
    "`jcm-xl form new`.",
)
def form_hidden(form: OpenedForm) -> Iterator[Finding]:
    """Look for what keeps the form from being seen as it is."""
    sheet = form.sheet
    if sheet is None:
        yield _told(form, _NO_SHEET)
        return
    if sheet.state != "visible":
        yield _told(form, _NOT_VISIBLE)
    if sheet.look.conditions:
        yield _told(form, _CONDITION, cell=sheet.look.conditions[0].ranges)
    for odd in form.grid.oddities:
        yield Finding(
            sheet=odd.sheet or form.placed.name, cell=odd.cell, actual=str(odd)
        )
    yield from _lines(form, sheet)
    yield from _drawings(form)
    for cell, entry in form.entries.items():
        if not entry.is_blank and (why := _disguise(form, sheet, cell)):
            yield _told(form, why, cell=cell.address)


def _lines(form: OpenedForm, sheet: Sheet) -> Iterator[Finding]:
    rows, columns = form.placed.last
    if lost := sorted(r for r in sheet.hidden_rows if r <= rows):
        words = Phrase("forms.rows-hidden", "row {n} is hidden", n=lost[0])
        yield _told(form, words)
    if lost := sorted(c for c in sheet.hidden_columns if c <= columns):
        words = Phrase("forms.columns-hidden", "column {n} is hidden", n=lost[0])
        yield _told(form, words)
    for merged in sheet.merges:
        words = Phrase("forms.merged", "the cells are merged")
        yield _told(form, words, cell=merged)


def _drawings(form: OpenedForm) -> Iterator[Finding]:
    rows, columns = form.placed.last
    for each in form.grid.drawings:
        is_over = each.top <= rows and each.left <= columns
        if each.sheet == form.placed.name and each.covers and is_over:
            yield _told(form, _covered(each))


def _covered(drawing: Drawing) -> Phrase:
    return Phrase("forms.covered", "a {kind} lies over it", kind=drawing.kind)


def _disguise(form: OpenedForm, sheet: Sheet, cell: FormCell) -> str:
    style = sheet.cells[cell.at].style
    code = form.grid.styles.number_format(style)
    is_day = cell.type is FieldType.DATE
    if not is_day and code not in _PLAIN:
        return Phrase("forms.format", "shown by the number format {code}", code=code)
    if is_day and not form.grid.styles.is_date(style):
        return Phrase("forms.format", "shown by the number format {code}", code=code)
    return _UNSEEN if _is_unseen(form.grid.styles.look(style)) else ""


def _is_unseen(look: Look) -> bool:
    return look.colour in look.grounds or look.points < _SMALLEST


def _told(form: OpenedForm, what: str, cell: str = "A1") -> Finding:
    return Finding(sheet=form.placed.name, cell=cell, actual=what)
