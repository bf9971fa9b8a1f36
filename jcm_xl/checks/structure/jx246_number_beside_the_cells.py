"""A text that stands in no cell states other tonnes, or another project.

Why it matters
    The head and foot of printed pages, a text box, a chart, a diagram, the prompt of an
    input and the tip of a link are read like the sheet itself. Tonnes there that are no
    result of the book are what somebody may copy into a document. A number that stands
    alone in a box, or in the head or foot of the pages, is asked about where it is as
    large as Table 3 and stands in no cell. Names, pages, days and pictures are nobody's
    business. Notes on the cells of an official sheet are
    prose: other tonnes of CO2 are asked about, unless they are said to be of another
    year, of the plan or of an earlier report.

How to fix it
    Correct the text or remove it: Page Layout > Print Titles > Header/Footer, the
    text box, the note, or Data > Data Validation > Input Message in Excel.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.tonnes_in_texts import (
    other_tonnes,
    other_total,
    tonnes_in_prose,
)
from jcm_xl.model.key import REFERENCE_NUMBER
from jcm_xl.model.shown import shown
from jcm_xl.plan.plan import Plan
from jcm_xl.text.late import late_pattern
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.signs import seen_as
from jcm_xl.writing.validations import prompts
from jcm_xl.xlsx.grid import address, parse_range
from jcm_xl.xlsx.remarks import REMARK
from jcm_xl.xlsx.sheet_look import Caption

_REFERENCE = late_pattern(r"(?<![A-Za-z0-9_])([A-Z]{2})[\s-]?(\d{3})(?![\w.,]*\d)")
_DIGITS = late_pattern(r"\d+(?:[.,]\d+)*")
_WHERE = {
    "note": "A note on {cell}",
    "tip": "The tip of the link on {cell}",
    "page": "The head or foot of the pages",
    "prompt": "The prompt of {cell}",
    "drawn": "Something drawn",
    "box": "Something drawn",
}
_WITH_NUMBERS = ("chart", "note")
"""What has numbers by nature: an axis, a remark on the number in a cell."""
_ALONE = ("box", "page")
"""Where a number that stands alone may be taken for the result."""


class _Stated(NamedTuple):
    """What a text states that the cells do not: the piece, and how grave it is."""

    piece: str
    severity: Severity
    is_about_tonnes: bool = True


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: Table 3 of the report states the reductions",
    message="{where} on {sheet} states '{actual}', which the cells do not say.",
    remedy="Correct this text or remove it.",
)
def number_beside_the_cells(context: OpenedBook) -> Iterator[Finding]:
    """Look at what is printed, drawn and prompted on every sheet."""
    for sheet, caption in _captions(context):
        text = caption.text
        stated = _stated(context, caption, text) or _prompted(context, sheet, caption)
        if stated is not None and caption.kind == "prompt":
            # Words of the definition may name another project.
            rest = _without_own(context.plan, caption.text)
            stated = _stated(context, caption, rest)
            stated = stated or _prompted(context, sheet, caption)
        if stated is not None:
            kind, cell = caption.kind, _first(caption.ranges)
            kind = "drawn" if kind == "box" else kind
            yield Finding(
                actual=stated.piece,
                sheet=sheet,
                cell=cell,
                severity=stated.severity,
                tonnes=stated.is_about_tonnes,
                facts={"where": Phrase(f"captions.{kind}", _WHERE[kind], cell=cell)},
            )


def _captions(context: OpenedBook) -> Iterator[tuple[str, Caption]]:
    official = {page.there for page in context.official_sheets}
    for sheet in context.file.grid.sheets:
        for caption in sheet.look.captions:
            yield sheet.name, caption
    for drawing in context.file.grid.drawings:
        if drawing.kind == REMARK:
            if drawing.sheet in official:
                cell = address(drawing.top, drawing.left)
                yield drawing.sheet, Caption("note", drawing.text, cell)
        elif drawing.text:
            kind = "drawn" if drawing.kind in _WITH_NUMBERS else "box"
            yield drawing.sheet, Caption(kind, drawing.text)


def _stated(context: OpenedBook, caption: Caption, text: str) -> _Stated | None:
    """Return a number of tonnes or of a project that is not this book's."""
    if caption.kind == "note":
        piece = tonnes_in_prose(context, text)
        return (
            _Stated(piece, Severity.WARNING, is_about_tonnes=False) if piece else None
        )
    if claim := other_tonnes(context, text):
        return _Stated(*claim)
    if caption.kind in _ALONE and (bare := other_total(context, text)):
        return _Stated(bare, Severity.WARNING)
    plain = seen_as(text)
    own = shown(context.submission.get(REFERENCE_NUMBER))
    for match in _REFERENCE.finditer(plain) if own else ():
        number = f"{match[1]}{match[2]}"
        if match[1] == context.methodology.country and number != own:
            return _Stated(number, Severity.WARNING, is_about_tonnes=False)
    return None


def _prompted(context: OpenedBook, sheet: str, caption: Caption) -> _Stated | None:
    """Return a number in a prompt of our template that the template has not there."""
    if caption.kind != "prompt" or context.foreign is not None:
        return None
    names = {there.there: there.name for there in context.official_sheets}
    name = names.get(sheet)
    if name is None or sheet in context.alterations.moved:
        return None
    made = _numbers_of_prompts(context.plan).get(name, frozenset())
    for number in _DIGITS.findall(seen_as(caption.text)):
        if number not in made:
            return _Stated(number, Severity.WARNING)
    return None


def _without_own(plan: Plan, text: str) -> str:
    """Return what is seen of a prompt beside the words of the template."""
    rest = seen_as(text)
    ours = {seen_as(words) for texts in prompts(plan).values() for words in texts}
    # A title may be a piece of a prompt: the longest first.
    for own in sorted(ours, key=lambda words: (-len(words), words)):
        rest = rest.replace(own, " ")
    return rest


@lru_cache(maxsize=64)
def _numbers_of_prompts(plan: Plan) -> dict[str, frozenset[str]]:
    """Return by sheet the numbers that stand in prompts of the template."""
    return {
        sheet: frozenset(n for text in texts for n in _DIGITS.findall(seen_as(text)))
        for sheet, texts in prompts(plan).items()
    }


def _first(ranges: str) -> str:
    """Return the first range of a prompt, nothing where it cannot be read."""
    first = ranges.partition(" ")[0]
    try:
        parse_range(first)
    except ValueError:
        return ""
    return first
