"""Compare two formulas by meaning: what programs rewrite on saving is forgiven."""

from __future__ import annotations

import re
from functools import lru_cache

from jcm_xl.formula.parse import NotParsed, printed

_PIECE = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[\w.$]+|\S", re.DOTALL)
_LONG = 1_000
_ONE_ROUND_DOWN = re.compile(r"ROUNDDOWN\((?:'(?:[^']|'')+'!)?[^(),:]+,0\.0\)")


def same_formula(first: str, second: str) -> bool:
    """Tell whether two formulas (without `=`) mean the same.

    Forgiven is what no result can depend on: spaces, `$`, parentheses that change
    nothing, quotes around sheet names, capitals, the spelling of numbers, `_xlfn.`,
    `TRUE()` for `TRUE`. The order of operands is not: sums of doubles depend on it.
    """
    return first == second or canonical(first) == canonical(second)


def canonical(formula: str) -> str:
    """Return one spelling for all formulas that mean the same."""
    # Long ones are not kept, so that no file can fill the memory with them.
    return _kept(formula) if len(formula) < _LONG else _canonical(formula)


@lru_cache(maxsize=1 << 14)
def _kept(formula: str) -> str:
    return _canonical(formula)


def _canonical(formula: str) -> str:
    formula = formula.removeprefix("=")
    try:
        return printed(formula)
    except NotParsed:
        return "\0" + "\0".join(_PIECE.findall(formula))


def is_one_round_down(formula: str) -> bool:
    """Tell whether a formula is one `ROUNDDOWN(cell, 0)` and nothing else."""
    return bool(_ONE_ROUND_DOWN.fullmatch(canonical(formula)))
