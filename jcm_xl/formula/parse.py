"""Excel formulas parsed by Excel's own precedence, and made into what a maker makes.

Excel differs from school and from other languages: `-2^2` is 4, as a sign binds closer
than a power; `2^3^2` is 64, as powers are taken from the left; a space between two
references intersects them, a comma outside of a function joins them. The grammar stands
here once. `FormulaPrinter` prints the tree with all parentheses, by which two formulas
are compared; `evaluation/tree` makes the tree that is evaluated.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from jcm_xl.text.late import late_pattern

T = TypeVar("T")

TOKEN = late_pattern(
    r"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>(?:'(?:[^']|'')+'|(?:\[[^\]\[]+\])?[\w.\\]+(?::[\w.\\]+)?)!)
  | (?P<table>[\w.\\]*\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
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
_LEAVES = frozenset(("number", "text", "error", "word", "rows", "table"))
"""Kinds of tokens that are operands by themselves; a maker has a method for each."""
_LARGEST = sys.float_info.max
_DEEPEST = 40  # of parentheses and calls; Excel allows 64, ours need a dozen


class NotParsed(Exception):
    """A formula that is no formula, or of a kind that is not compared as a tree."""


class _Token(NamedTuple):
    kind: str
    text: str
    follows_space: bool


_END = _Token("end", "", False)


class FormulaMaker(Protocol[T]):
    """What is made of each part of a formula; `T` is what stands for an operand."""

    def number(self, text: str) -> T:
        """Make a number of its digits."""

    def text(self, quoted: str) -> T:
        """Make a text, which comes with its quotation marks."""

    def error(self, code: str) -> T:
        """Make an error value."""

    def word(self, word: str) -> T:
        """Make a cell, a name, or a truth value."""

    def rows(self, rows: str) -> T:
        """Make whole rows, such as `2:5`."""

    def table(self, text: str) -> T:
        """Make a reference to a table, such as `Meters[kWh]`."""

    def on_sheet(self, sheet: str, operand: T) -> T:
        """Make a reference to another sheet, whose quotes are gone."""

    def missing(self) -> T:
        """Make an argument that was left out."""

    def call(self, name: str, arguments: Sequence[T]) -> T:
        """Make a call; the name is in capitals and has no prefix."""

    def array(self, lines: Sequence[Sequence[tuple[str, T]]]) -> T:
        """Make a constant array of its lines; each item has a sign or none."""

    def union(self, operands: Sequence[T]) -> T:
        """Join references."""

    def intersection(self, first: T, second: T) -> T:
        """Intersect references."""

    def span(self, first: T, last: T) -> T:
        """Make the range from one reference to another."""

    def spilled(self, operand: T) -> T:
        """Make the cells into which a formula spills."""

    def signed(self, signs: str, operand: T) -> T:
        """Make an operand with its signs, the outermost first."""

    def percent(self, operand: T, count: int) -> T:
        """Make an operand with its percent signs."""

    def binary(self, sign: str, first: T, second: T) -> T:
        """Make an operation."""


class FormulaPrinter:
    """Prints a formula with all parentheses."""

    def number(self, text: str) -> str:
        """Spell a number as all of its value are."""
        return repr(float(text))

    def text(self, quoted: str) -> str:
        """Leave a text as it is."""
        return quoted

    def error(self, code: str) -> str:
        """Leave an error as it is."""
        return code

    def word(self, word: str) -> str:
        """Print without `$`, which matters only to who copies."""
        return word.upper().replace("$", "")

    rows = word

    def table(self, text: str) -> str:
        """Refuse: the spaces and capitals of tables have rules of their own."""
        raise NotParsed(text)

    def on_sheet(self, sheet: str, operand: str) -> str:
        """Print the name of the sheet in quotes."""
        return f"'{sheet.upper()}'!{operand}"

    def missing(self) -> str:
        """Print nothing."""
        return ""

    def call(self, name: str, arguments: Sequence[str]) -> str:
        """Print a call, and what is a sign in one program as that sign."""
        if name in ("TRUE", "FALSE") and not arguments:
            return name  # LibreOffice writes TRUE() for TRUE
        if name == "SINGLE" and len(arguments) == 1:
            return f"(@{arguments[0]})"
        return f"{name}({','.join(arguments)})"

    def array(self, lines: Sequence[Sequence[tuple[str, str]]]) -> str:
        """Print an array without blanks."""
        printed = (",".join(map("".join, line)) for line in lines)
        return f"{{{';'.join(printed)}}}"

    def union(self, operands: Sequence[str]) -> str:
        """Print a union as no function is called."""
        return f"UNION({','.join(operands)})"

    def intersection(self, first: str, second: str) -> str:
        """Print one blank between them."""
        return f"({first} {second})"

    def span(self, first: str, last: str) -> str:
        """Print without parentheses: nothing binds closer."""
        return f"{first}:{last}"

    def spilled(self, operand: str) -> str:
        """Print as Excel stores it."""
        return f"ANCHORARRAY({operand})"

    def signed(self, signs: str, operand: str) -> str:
        """Print all signs at once; Gnumeric writes `-(-A1)` for `--A1`."""
        if operand[:2] in ("(-", "(+", "(@") and operand.endswith(")"):
            operand = operand[1:-1]
        return f"({signs}{operand})"

    def percent(self, operand: str, count: int) -> str:
        """Print the signs behind it."""
        return operand + "%" * count

    def binary(self, sign: str, first: str, second: str) -> str:
        """Print an operation in parentheses."""
        return f"({first}{sign}{second})"


def printed(formula: str) -> str:
    """Return the tree of a formula (without `=`) with all parentheses.

    Raises `NotParsed`, also for the references of tables, whose rules are others.
    """
    return made(formula, FormulaPrinter())


def made(formula: str, maker: FormulaMaker[T]) -> T:
    """Return what a maker makes of a formula (without `=`). Raises `NotParsed`."""
    parser = _Parser(_tokens(formula), maker)
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
        match = TOKEN.match(formula, at)
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


def _refuse_odd(token: _Token) -> None:
    """Refuse what is neither a number nor a name: `1E999`, `$17` alone, `2D`."""
    is_odd = (
        float(token.text) > _LARGEST
        if token.kind == "number"
        else token.kind == "word" and token.text.lstrip("$")[:1].isdigit()
    )
    if is_odd:
        raise NotParsed(token.text)


class _Parser(Generic[T]):
    """Goes through the tokens once; each method returns what was made of them."""

    __slots__ = ("_at", "_depth", "_make", "_tokens", "token")

    def __init__(self, tokens: list[_Token], maker: FormulaMaker[T]) -> None:
        self._tokens = tokens
        self._make = maker
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

    def binary(self, level: int) -> T:
        """Read operations from this level of precedence upwards."""
        first = self._percent()
        while self.token.kind == "sign":
            found = _BINARY.get(self.token.text, -1)
            if found < level:
                break
            sign = self._step().text
            first = self._make.binary(sign, first, self.binary(found + 1))
        return first

    def _percent(self) -> T:
        operand, count = self._signed(), 0
        while self.sign("%"):
            count += 1
        return self._make.percent(operand, count) if count else operand

    def _signed(self) -> T:
        """Read an operand with its signs; they bind closer than any other sign."""
        signs = ""
        while sign := self.sign("-", "+", "@"):
            signs += sign
        operand = self._intersection()
        return self._make.signed(signs, operand) if signs else operand

    def _intersection(self) -> T:
        first = self._range()
        while self.token.follows_space and self._starts_reference():
            first = self._make.intersection(first, self._range())
        return first

    def _starts_reference(self) -> bool:
        return self.token.kind in (
            "sheet", "word", "call", "rows", "error", "table"
        ) or (self.token.kind == "sign" and self.token.text == "(")  # fmt: skip

    def _range(self) -> T:
        first = self._spilled()
        while self.sign(":"):
            first = self._make.span(first, self._spilled())
        return first

    def _spilled(self) -> T:
        operand = self._primary()
        return self._make.spilled(operand) if self.sign("#") else operand

    def _primary(self) -> T:
        token = self._step()
        if token.kind in _LEAVES:
            _refuse_odd(token)
            text = token.text.upper() if token.kind == "error" else token.text
            leaf: T = getattr(self._make, token.kind)(text)
            return leaf
        if token.kind == "sheet":
            return self._on_sheet(token.text[:-1])
        if token.kind == "call":
            return self._call(token.text[:-1])
        if token.text == "(":
            return self._parenthesis()
        if token.text == "{":
            return self._array()
        raise NotParsed(token.text)

    def _on_sheet(self, name: str) -> T:
        """Read a reference to another sheet; quotes and capitals do not matter."""
        if name.startswith("'"):
            name = name[1:-1]
        if self.token.kind not in ("word", "rows", "error") or self.token.follows_space:
            raise NotParsed(name)
        return self._make.on_sheet(name, self._primary())

    def _parenthesis(self) -> T:
        """Read what stands in parentheses; a comma there joins references."""
        self._deeper()
        operands = [self.binary(0)]
        while self.sign(","):
            operands.append(self.binary(0))
        self._expect(")")
        self._depth -= 1
        return self._make.union(operands) if operands[1:] else operands[0]

    def _call(self, name: str) -> T:
        name = name.upper()
        for prefix in _PREFIXES:
            name = name.removeprefix(prefix)
        self._deeper()
        arguments: list[T] = []
        if not self.sign(")"):
            arguments.append(self._argument())
            while self.sign(","):
                arguments.append(self._argument())
            self._expect(")")
        self._depth -= 1
        return self._make.call(name, arguments)

    def _argument(self) -> T:
        """Read an argument, which may be left out."""
        if self.token.kind == "sign" and self.token.text in (",", ")"):
            return self._make.missing()
        return self.binary(0)

    def _array(self) -> T:
        """Read a constant array, such as `{1,2;3,4}`."""
        lines: list[list[tuple[str, T]]] = [[]]
        while True:
            sign = self.sign("-", "+").replace("+", "")
            if self.token.kind not in ("number", "text", "error", "word"):
                raise NotParsed(self.token.text)
            lines[-1].append((sign, self._primary()))
            if self.sign("}"):
                return self._make.array(lines)
            separator = self.sign(",", ";")
            if not separator:
                raise NotParsed(self.token.text)
            if separator == ";":
                lines.append([])

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotParsed("too deep")
