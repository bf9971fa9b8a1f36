"""The signs of the two print forms."""

from __future__ import annotations

from collections.abc import Callable

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.functions import FUNCTIONS
from jcm_xl.expr.operators import Operator


@dataclass(frozen=True, slots=True)
class Style:
    """The signs of one print form."""

    sign: Callable[[Operator], str]
    group: str
    text: Callable[[str], str]
    pattern: Callable[[str], str]
    is_fractional: bool


def _latex_text(value: str) -> str:
    special = {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
    special |= {sign: "\\" + sign for sign in "#$%&_{}"}
    return rf"\text{{{''.join(special.get(sign, sign) for sign in value)}}}"


PLAIN = Style(
    sign=lambda operator: operator.plain,
    group="({})",
    text=lambda value: f"'{value}'",
    pattern=lambda function: FUNCTIONS[function].plain,
    is_fractional=False,
)
LATEX = Style(
    sign=lambda operator: operator.latex,
    group=r"\left({}\right)",
    text=_latex_text,
    pattern=lambda function: FUNCTIONS[function].latex,
    is_fractional=True,
)
