"""Compare two formulas by meaning: what programs rewrite on saving is forgiven."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<quoted>'(?:[^']|'')+'!)
  | (?P<space>\s+)
  | (?P<number>(?<![A-Za-z0-9_$.])(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?
      (?![A-Za-z0-9_.(!:]))
  | (?P<other>[A-Za-z_][A-Za-z0-9_.]*\(\)|[A-Za-z0-9_.$]+!?|.)
    """,
    re.VERBOSE | re.DOTALL,
)


def same_formula(first: str, second: str) -> bool:
    """Tell whether two formulas (without `=`) mean the same.

    Spaces, `$`, quotes around sheet names, `_xlfn.`, the case of names, the spelling
    of numbers and `TRUE()` for `TRUE` are forgiven; nothing that changes a value is.
    """
    return first == second or canonical(first) == canonical(second)


@lru_cache(maxsize=1 << 14)
def canonical(formula: str) -> tuple[str, ...]:
    """Return the tokens of a formula in one spelling."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(formula.removeprefix("=")):
        kind, token = match.lastgroup, match.group()
        if kind == "space":
            # A space between two references intersects them: it has a meaning.
            before = tokens[-1][-1:] if tokens else ""
            after = formula.removeprefix("=")[match.end() : match.end() + 1]
            if _is_operand(before) and _is_operand(after):
                tokens.append(" ")
            continue
        tokens.append(_spelled(kind or "", token))
    return tuple(tokens)


def _is_operand(sign: str) -> bool:
    return bool(sign) and (sign.isalnum() or sign in "_$")


def _spelled(kind: str, token: str) -> str:
    if kind == "text":
        return token
    if kind == "quoted":
        return token[1:-2].replace("''", "'") + "!"
    if kind == "number":
        return repr(float(token))
    if token.endswith("!"):
        return token
    word = token.upper().replace("$", "")
    for prefix in ("_XLFN.", "_XLWS.", "COM.MICROSOFT."):
        word = word.removeprefix(prefix)
    return word[:-2] if word in ("TRUE()", "FALSE()") else word
