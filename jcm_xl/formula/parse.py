"""Excel formulas parsed by Excel's own precedence, printed with all parentheses.

Excel differs from school and from other languages: `-2^2` is 4, as a sign binds closer
than a power; `2^3^2` is 64, as powers are taken from the left; a space between two
references intersects them, a comma outside of a function joins them. The printed tree
is what two formulas are compared by.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jcm_xl.text.late import late_pattern

_TOKEN = late_pattern(
    r"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>(?:'(?:[^']|'')+'|(?:\[[^\]\[]+\])?[\w.\\]+(?::[\w.\\]+)?)!)
  | (?P<error>\#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|FIELD!
      |BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA))
  | (?P<rows>\$?[0-9]+:\$?[0-9]+(?![\w.:(]))
  | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?(?![\w.\\$(!]))
  | (?P<call>[A-Z_\\][\w.\\]*\()
  | (?P<word>\$?[\w\\?][\w.\\$?]*)
  | (?P<sign><>|<=|>=|[-+*/^&=<>%:,;(){}@\#])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BINARY = {
    sign: level
    for level, signs in enumerate(
        (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
    )
    for sign in signs
}
_PREFIXES = ("_XLFN.", "_XLWS.", "COM.MICROSOFT.")
_DEEPEST = 40  # of parentheses and calls; Excel allows 64, ours need a dozen


class NotParsed(Exception):
    """A formula that is no formula, or of a kind that is not compared as a tree."""


class _Token(NamedTuple):
    kind: str
    text: str
    follows_space: bool


_END = _Token("end", "", False)


def printed(formula: str) -> str:
    """Return the tree of a formula (without `=`) with all parentheses.

    Raises `NotParsed`, also for the references of tables, whose rules are others.
    """
    parser = _Parser(_tokens(formula))
    while parser.sign("+"):  # =+A1, as some people type, is A1
        pass
    tree = parser.binary(0)
    if parser.token is not _END:
        raise NotParsed(formula)
    return tree


def _tokens(formula: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, follows_space = 0, False
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        if match is None:
            raise NotParsed(formula)
        at = match.end()
        if match.lastgroup == "space":
            follows_space = True
            continue
        tokens.append(_Token(match.lastgroup or "", match[0], follows_space))
        follows_space = False
    tokens.append(_END)
    return tokens


class _Parser:
    """Goes through the tokens once; each method returns what it read, printed."""

    __slots__ = ("_at", "_depth", "_tokens", "token")

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self.token = tokens[0]

    def sign(self, *signs: str) -> str:
        """Step over one of these signs and return it; nothing if another follows."""
        text = self.token.text
        if self.token.kind != "sign" or text not in signs:
            return ""
        self._step()
        return text

    def _step(self) -> _Token:
        token = self.token
        self._at += 1
        self.token = self._tokens[self._at] if token is not _END else _END
        return token

    def _expect(self, sign: str) -> None:
        if not self.sign(sign):
            raise NotParsed(f"{sign} expected")

    def binary(self, level: int) -> str:
        """Read operations from this level of precedence upwards."""
        first, rest = self._percent(), []
        while self.token.kind == "sign":
            found = _BINARY.get(self.token.text, -1)
            if found < level:
                break
            sign = self._step().text
            rest.append(f"{sign}{self.binary(found + 1)})")
        return "".join(("(" * len(rest), first, *rest))

    def _percent(self) -> str:
        operand, count = self._signed(), 0
        while self.sign("%"):
            count += 1
        return operand + "%" * count

    def _signed(self) -> str:
        """Read an operand with its signs; they bind closer than any other sign."""
        signs = ""
        while sign := self.sign("-", "+", "@"):
            signs += sign
        operand = self._intersection()
        return f"({signs}{operand})" if signs else operand

    def _intersection(self) -> str:
        first, rest = self._range(), []
        while self.token.follows_space and self._starts_reference():
            rest.append(f" {self._range()})")
        return "".join(("(" * len(rest), first, *rest))

    def _starts_reference(self) -> bool:
        return self.token.kind in ("sheet", "word", "call", "rows", "error") or (
            self.token.kind == "sign" and self.token.text == "("
        )

    def _range(self) -> str:
        first, rest = self._spilled(), []
        while self.sign(":"):
            rest.append(f":{self._spilled()}")
        return "".join((first, *rest))

    def _spilled(self) -> str:
        operand = self._primary()
        return f"ANCHORARRAY({operand})" if self.sign("#") else operand

    def _primary(self) -> str:
        token = self._step()
        if token.kind == "number":
            return repr(float(token.text))
        if token.kind == "text":
            return token.text
        if token.kind == "error":
            return token.text.upper()
        if token.kind in ("word", "rows"):
            return token.text.upper().replace("$", "")
        if token.kind == "sheet":
            return self._on_sheet(token.text[:-1])
        if token.kind == "call":
            return self._call(token.text[:-1])
        if token.text == "(":
            return self._parenthesis()
        if token.text == "{":
            return self._array()
        raise NotParsed(token.text)

    def _on_sheet(self, name: str) -> str:
        """Read a reference to another sheet; quotes and capitals do not matter."""
        if name.startswith("'"):
            name = name[1:-1]
        if self.token.kind not in ("word", "rows", "error") or self.token.follows_space:
            raise NotParsed(name)
        return f"'{name.upper()}'!{self._primary()}"

    def _parenthesis(self) -> str:
        """Read what stands in parentheses; a comma there joins references."""
        self._deeper()
        inner, rest = self.binary(0), []
        while self.sign(","):
            rest.append(f",{self.binary(0)}")
        self._expect(")")
        self._depth -= 1
        return "".join(("UNION(", inner, *rest, ")")) if rest else inner

    def _call(self, name: str) -> str:
        name = name.upper()
        for prefix in _PREFIXES:
            name = name.removeprefix(prefix)
        self._deeper()
        arguments: list[str] = []
        if not self.sign(")"):
            arguments.append(self._argument())
            while self.sign(","):
                arguments.append(self._argument())
            self._expect(")")
        self._depth -= 1
        if name in ("TRUE", "FALSE") and not arguments:
            return name  # LibreOffice writes TRUE() for TRUE
        if name == "SINGLE" and len(arguments) == 1:
            return f"(@{arguments[0]})"
        return f"{name}({','.join(arguments)})"

    def _argument(self) -> str:
        """Read an argument, which may be left out."""
        if self.token.kind == "sign" and self.token.text in (",", ")"):
            return ""
        return self.binary(0)

    def _array(self) -> str:
        """Read a constant array, such as `{1,2;3,4}`."""
        items = ["{"]
        while True:
            sign = self.sign("-", "+")
            if self.token.kind not in ("number", "text", "error", "word"):
                raise NotParsed(self.token.text)
            items.append(sign.replace("+", "") + self._primary())
            if self.sign("}"):
                return "".join((*items, "}"))
            separator = self.sign(",", ";")
            if not separator:
                raise NotParsed(self.token.text)
            items.append(separator)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotParsed("too deep")
