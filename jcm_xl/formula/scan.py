"""What a formula reads and how much work it is, before another engine gets it.

A foreign formula may be written to exhaust a program that evaluates it. So it is
looked at first: its length, nesting and ranges are bounded, and it may use only
functions that were proved to mean the same in LibreOffice and in the second engine
(tests/formula/second_opinion.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from jcm_xl.formula.no_opinion import because
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import parse_address

_RANGES = """
    AVERAGE COLUMNS COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS INDEX MATCH
    MAX MIN PRODUCT ROWS SUM SUMIF SUMIFS SUMPRODUCT VLOOKUP
"""
_SINGLE = """
    ABS AND CHOOSE DAY EXP IF IFERROR INT ISBLANK ISERROR ISNUMBER ISTEXT LEN LN
    MOD MONTH NA NOT OR POWER ROUND ROUNDDOWN ROUNDUP SQRT TRIM TRUNC YEAR
"""
TAKES_RANGES = frozenset(_RANGES.split())
PROVED = TAKES_RANGES | frozenset(_SINGLE.split())
"""The functions on which the second engine and LibreOffice were shown to agree.

Not DATE: the engine (0.9.1) panics at a month far out of range. Not TINV: it counts for
minutes where there are very many degrees of freedom.
"""

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<reference>(?:'(?P<quoted>(?:[^']|'')+)'!|(?P<plain>[^\W\d][\w.]*)!)?
      (?P<first>\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})
      (?::(?P<last>\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}))?(?![\w.(!:$]))
  | (?P<error>\#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!))
  | (?P<call>[^\W\d][\w.]*\()
  | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?(?![\w.:(!$]))
  | (?P<truth>(?:TRUE|FALSE)(?![\w.(!:]))
  | (?P<open>\()
  | (?P<close>\))
  | (?P<comma>,)
  | (?P<sign><>|<=|>=|[-+*/^&=<>%])
  | (?P<space>\s+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PARTS = ("quoted", "plain", "first", "last")
_KINDS = frozenset(name for name in _TOKEN.groupindex if name not in _PARTS)
_ENDS = frozenset(("text", "reference", "error", "number", "truth", "close"))
_VALUES = frozenset(("text", "reference", "error", "number", "truth", "call", "open"))


class Reference(NamedTuple):
    """A cell or range that a formula reads; no sheet means its own."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def area(self) -> int:
        """Return how many cells it covers."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class Scan(NamedTuple):
    """What is known of a formula; `refusal` says why it is not handed over.

    levels:  how deep an engine may have to descend into it.
    work:    about how many values it looks at.
    letters: the length of its texts; `joins`: it joins texts to a longer one.
    """

    references: tuple[Reference, ...] = ()
    levels: int = 0
    work: int = 0
    letters: int = 0
    joins: bool = False
    refusal: str = ""


@lru_cache(maxsize=1 << 14)
def scan(formula: str) -> Scan:
    """Look at a formula without its equals sign."""
    if len(formula) > limits.FORMULA_CHARACTERS:
        return Scan(refusal=because("long"))
    try:
        return _Scanner(formula).scan()
    except _Refused as refused:
        return Scan(refusal=refused.reason)


CellPlace = tuple[str, int, int]
"""Sheet, row and column; sheets are told apart without regard to case."""

_FEW = 400


def places(formula: str, own: str) -> tuple[CellPlace, ...]:
    """Return every place that a formula on the sheet `own` reads."""
    seen = scan(formula)
    if seen.work > _FEW:
        return _expanded(seen.references, own)
    return _remembered(formula, own)


@lru_cache(maxsize=1 << 15)
def _remembered(formula: str, own: str) -> tuple[CellPlace, ...]:
    return _expanded(scan(formula).references, own)


def _expanded(references: tuple[Reference, ...], own: str) -> tuple[CellPlace, ...]:
    return tuple(
        (sheet.casefold() or own, row, column)
        for sheet, top, left, bottom, right in references
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    )


class _Refused(Exception):
    """A formula is not handed over."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.reason = because(key, **facts)


class _Scanner:
    def __init__(self, formula: str) -> None:
        self._formula = formula
        self._references: list[Reference] = []
        self._inside: list[str] = []  # the functions and brackets that are open
        self._before = "open"
        self._deepest = self._signs = self._letters = 0
        self._direct = self._mixed = 0  # cells of ranges: as an argument, in a term
        self._pending = 0  # cells of a range of which it is not known yet
        self._joins = False

    def scan(self) -> Scan:
        for kind, match in self._tokens():
            self._settle(kind)
            getattr(self, f"_{kind}")(match)
            self._before = kind
        self._settle("close")
        if self._inside:
            raise _Refused("not-closed")
        return Scan(
            tuple(self._references),
            self._deepest + self._signs + 1,
            1 + self._direct + self._mixed**2 * (self._signs + 1),
            self._letters,
            self._joins,
        )

    def _tokens(self) -> Iterator[tuple[str, re.Match[str]]]:
        at = 0
        while at < len(self._formula):
            match = _TOKEN.match(self._formula, at)
            if match is None:
                word = re.match(r"[\w.]+", self._formula[at:]) or [self._formula[at]]
                raise _Refused("word", word=word[0])
            kind = match.lastgroup or ""
            if kind not in _KINDS:
                kind = "reference"  # of which a part was matched last
            at = match.end()
            if kind == "space":
                continue
            if kind in _VALUES and self._before in _ENDS:
                raise _Refused("beside")
            yield kind, match

    def _settle(self, kind: str) -> None:
        """Decide, by what follows, whether a range is an argument of its own."""
        if not self._pending:
            return
        is_argument = kind in ("comma", "close") and self._inside[-1:] != [""]
        if is_argument and self._inside and self._inside[-1] in TAKES_RANGES:
            self._direct += self._pending
        elif "SUMPRODUCT" in self._inside:
            self._mixed += self._pending
        else:
            raise _Refused("range")
        self._pending = 0

    def _reference(self, match: re.Match[str]) -> None:
        name = match["quoted"]
        sheet = name.replace("''", "'") if name else match["plain"] or ""
        if "[" in sheet:
            raise _Refused("other-book")
        try:
            top, left = parse_address(match["first"])
            bottom, right = parse_address(match["last"] or match["first"])
        except ValueError:
            raise _Refused("outside", word=match[0]) from None
        reference = Reference(
            sheet, min(top, bottom), min(left, right), max(top, bottom),
            max(left, right),
        )  # fmt: skip
        if reference.area > limits.RANGE_CELLS:
            raise _Refused("area", count=reference.area)
        self._references.append(reference)
        if reference.area == 1:
            return
        if self._before in ("open", "comma", "call"):
            self._pending = reference.area
        elif "SUMPRODUCT" in self._inside:
            self._mixed += reference.area
        else:
            raise _Refused("range")

    def _call(self, match: re.Match[str]) -> None:
        name = match[0][:-1].upper().removeprefix("_XLFN.")
        if name not in PROVED:
            raise _Refused("not-proved", function=name)
        self._enter(name)

    def _open(self, _: re.Match[str]) -> None:
        self._enter("")

    def _enter(self, name: str) -> None:
        self._inside.append(name)
        self._deepest = max(self._deepest, len(self._inside))
        if len(self._inside) > limits.FORMULA_LEVELS:
            raise _Refused("nested")

    def _close(self, _: re.Match[str]) -> None:
        if not self._inside:
            raise _Refused("not-opened")
        self._inside.pop()

    def _sign(self, match: re.Match[str]) -> None:
        self._signs += 8 if match[0] == "^" else 1
        self._joins = self._joins or match[0] == "&"
        if self._signs > limits.FORMULA_SIGNS:
            raise _Refused("signs", count=limits.FORMULA_SIGNS)

    def _text(self, match: re.Match[str]) -> None:
        self._letters += len(match[0])

    def _nothing(self, _: re.Match[str]) -> None:
        pass

    _comma = _error = _number = _truth = _nothing
