"""Boxes to Office Math, the equations that Word sets and lets its users edit."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from jcm_xl.expr.typeset import (
    Box,
    BoxRow,
    BrokenLines,
    Cases,
    Fenced,
    Figure,
    Fraction,
    Indexed,
    Prose,
    Raised,
    Root,
    Sign,
    Total,
    Word,
)

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = f'xmlns:m="{NAMESPACE}" xmlns:w="{_WORD}"'
# Without a font of its own, text in an equation takes that of the paragraph.
_FONT = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'


def to_omml(box: Box, *, is_block: bool = True) -> str:
    """Return an `m:oMathPara`, or an `m:oMath` for the middle of a line."""
    if not is_block:
        return f"<m:oMath {_NAMESPACES}>{_element(box)}</m:oMath>"
    place = '<m:oMathParaPr><m:jc m:val="left"/></m:oMathParaPr>'
    inner = f"<m:oMath>{_element(box)}</m:oMath>"
    return f"<m:oMathPara {_NAMESPACES}>{place}{inner}</m:oMathPara>"


def _element(box: Box) -> str:
    match box:
        case Word() | Figure() | Sign() | Prose():
            return _leaf(box)
        case BoxRow(parts):
            return "".join(map(_element, parts))
        case Indexed() | Raised() | Root():
            return _beside(box)
        case Fraction(above, below):
            return f"<m:f>{_part('num', above)}{_part('den', below)}</m:f>"
        case Fenced(body, left, right):
            return _fenced(_element(body), left, right)
        case Total(over, body):
            return _total(over, body)
        case BrokenLines(lines):
            return _table([(line,) for line in lines])
        case Cases(cases):
            return _fenced(_table(cases), "{", "")


def _beside(box: Indexed | Raised | Root) -> str:
    """Return something with a small index, to a power, or under a root."""
    match box:
        case Indexed(base, index):
            return f"<m:sSub>{_part('e', base)}{_part('sub', index)}</m:sSub>"
        case Raised(base, power):
            return f"<m:sSup>{_part('e', base)}{_part('sup', power)}</m:sSup>"
        case Root(body):
            hidden = '<m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>'
            return f"<m:rad>{hidden}{_part('e', body)}</m:rad>"


def _leaf(box: Word | Figure | Sign | Prose) -> str:
    match box:
        case Word(text) if len(text) == 1:
            return _run(text, "")
        case Word(text) | Prose(text):
            # As anything but text LibreOffice reads RE as a command, and prints ℜ.
            return _run(text, "<m:nor/>")
        case Figure(text) | Sign(text):
            return _run(text, '<m:sty m:val="p"/>')


def _run(text: str, style: str) -> str:
    properties = f"<m:rPr>{style}</m:rPr>" if style else ""
    shown = f'<m:t xml:space="preserve">{escape(text)}</m:t>'
    return f"<m:r>{properties}{_FONT}{shown}</m:r>"


def _part(name: str, box: Box) -> str:
    return f"<m:{name}>{_element(box)}</m:{name}>"


def _fenced(inner: str, left: str, right: str) -> str:
    marks = f'<m:begChr m:val="{left}"/><m:endChr m:val="{right}"/>'
    return f"<m:d><m:dPr>{marks}</m:dPr><m:e>{inner}</m:e></m:d>"


def _total(over: Box | None, body: Box) -> str:
    hidden = "" if over else '<m:subHide m:val="1"/>'
    marks = f'<m:chr m:val="∑"/><m:limLoc m:val="undOvr"/>{hidden}'
    below = _part("sub", over) if over else "<m:sub/>"
    return (
        f'<m:nary><m:naryPr>{marks}<m:supHide m:val="1"/></m:naryPr>'
        f"{below}<m:sup/>{_part('e', body)}</m:nary>"
    )


def _table(lines: Sequence[Sequence[Box]]) -> str:
    count = f'<m:count m:val="{len(lines[0])}"/>'
    column = f'<m:mc><m:mcPr>{count}<m:mcJc m:val="left"/></m:mcPr></m:mc>'
    rows = "".join(
        f"<m:mr>{''.join(_part('e', box) for box in line)}</m:mr>" for line in lines
    )
    return f"<m:m><m:mPr><m:mcs>{column}</m:mcs></m:mPr>{rows}</m:m>"
