"""The short way past what stands around the cells: merged ranges and harmless rules.

A template has hundreds of both, all in one spelling. They are taken by a pattern, out
of a part without comments, instructions and other name spaces. What is spelt in any
other way, and one of each run, is left to the parser, which judges its place. The grid
is the same both ways, which the tests hold them to; a fault of place counts once a run.
"""

import re

from jcm_xl.xlsx.cell_styles import Styles

_CELL = rb"[A-Z]{1,3}[1-9][0-9]{0,6}"
_MERGE = rb'<mergeCell ref="(' + _CELL + rb":" + _CELL + rb')"/>'
_MERGES = re.compile(
    rb"(</sheetData>(?:<sheetProtection[^<>]*/>)?(?:<autoFilter[^<>]*/>)?"
    rb"<mergeCells[^<>]*>)((?:" + _MERGE.replace(b"(", b"(?:") + rb")+)(?=<mergeCell )"
)
_REFERENCE = re.compile(_MERGE)

_BEFORE = (
    rb"(</(?:sheetData|mergeCells|conditionalFormatting)>"
    rb"|<(?:sheetProtection|phoneticPr|autoFilter)[^<>]*/>)"
)
_FORMULA = rb"<formula>(?:[ -%'-;=?-~]|&(?:amp|lt|gt|quot|apos);)*</formula>"
_OPENED = (
    rb'(?:<conditionalFormatting sqref="[A-Z0-9: ]+">'
    rb'(?:<cfRule type="(?:expression|cellIs)" dxfId="(?:'
)
_CLOSED = (
    rb')" priority="[0-9]{1,10}"(?: stopIfTrue="[01]")?'
    rb'(?: operator="(?:lessThan|greaterThan|equal|notEqual|between)")?>'
    rb"(?:" + _FORMULA + rb")+</cfRule>)+</conditionalFormatting>)+"
    rb"(?=<conditionalFormatting )"
)
_NUMBERS = 100


def without_merges(part: bytes) -> tuple[bytes, list[str]]:
    """Return a sheet's part without its plain merged ranges but the last, and those."""
    found = _MERGES.search(part)
    if found is None:
        return part, []
    ranges = [text.decode("ascii") for text in _REFERENCE.findall(found[2])]
    return part[: found.end(1)] + part[found.end(2) :], ranges


def without_harmless(part: bytes, styles: Styles) -> bytes:
    """Return a sheet's part without rules of which `Conditions` keeps nothing."""
    if part.count(b"<conditionalFormatting ") < 2:
        return part
    changes = enumerate(styles.changes[:_NUMBERS])
    numbers = "|".join(str(n) for n, change in changes if change.is_harmless)
    if not numbers:
        return part
    return re.sub(_BEFORE + _OPENED + numbers.encode() + _CLOSED, rb"\1", part)
