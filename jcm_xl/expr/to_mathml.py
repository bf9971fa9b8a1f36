"""Boxes to presentation MathML, which browsers set and read aloud by themselves."""

from __future__ import annotations

from html import escape

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

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_LEAVES = {Word: "mi", Figure: "mn", Sign: "mo", Prose: "mtext"}


def to_mathml(box: Box, plain: str = "", *, is_block: bool = True) -> str:
    """Return a `math` element; `plain` is what a program without MathML shows."""
    display = ' display="block"' if is_block else ""
    words = f' alttext="{escape(plain)}"' if plain else ""
    return f'<math xmlns="{_NAMESPACE}"{display}{words}>{_element(box)}</math>'


def _element(box: Box) -> str:
    match box:
        case Word() | Figure() | Sign() | Prose():
            # Spaces at the ends of an element are dropped by browsers.
            text = escape(box.text).replace(" ", "&#160;")
            return f"<{_LEAVES[type(box)]}>{text}</{_LEAVES[type(box)]}>"
        case BoxRow(parts):
            return f"<mrow>{''.join(map(_element, parts))}</mrow>"
        case Indexed() | Raised() | Root():
            return _beside(box)
        case Fraction(above, below):
            return f"<mfrac>{_element(above)}{_element(below)}</mfrac>"
        case Fenced(body, left, right):
            marks = (_fence(left, "prefix"), _fence(right, "postfix"))
            return f"<mrow>{marks[0]}{_element(body)}{marks[1]}</mrow>"
        case Total(over, body):
            sign = "<mo>∑</mo>"
            if over is not None:
                sign = f"<munder>{sign}{_element(over)}</munder>"
            return f"<mrow>{sign}{_element(body)}</mrow>"
        case BrokenLines(lines):
            rows = "".join(f"<mtr><mtd>{_element(line)}</mtd></mtr>" for line in lines)
            return f'<mtable columnalign="left">{rows}</mtable>'
        case Cases(cases):
            rows = "".join(map(_case, cases))
            table = f'<mtable columnalign="left left">{rows}</mtable>'
            return f"<mrow>{_fence('{', 'prefix')}{table}</mrow>"


def _beside(box: Indexed | Raised | Root) -> str:
    """Return something with a small index, to a power, or under a root."""
    match box:
        case Indexed(base, index):
            return f"<msub>{_element(base)}{_element(index)}</msub>"
        case Raised(base, power):
            return f"<msup>{_element(base)}{_element(power)}</msup>"
        case Root(body):
            return f"<msqrt>{_element(body)}</msqrt>"


def _case(line: tuple[Box, Box]) -> str:
    cells = "".join(f"<mtd>{_element(box)}</mtd>" for box in line)
    return f"<mtr>{cells}</mtr>"


def _fence(sign: str, form: str) -> str:
    return f'<mo form="{form}" fence="true" stretchy="true">{escape(sign)}</mo>'
