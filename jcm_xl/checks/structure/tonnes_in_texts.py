"""Tonnes that a text states and the book does not: claims, and prose of people.

A claim stands where everybody takes it for the result: in the head of a page, in a box
beside the tables. Prose, a note or a remark in a cell, may speak of other years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcm_xl.checks.base import OpenedBook, Severity
from jcm_xl.checks.structure.imitations import is_known, known_numbers
from jcm_xl.text.known import known_text
from jcm_xl.text.late import late_pattern
from jcm_xl.text.readings import numbers_meant
from jcm_xl.text.signs import seen_as

_NUMBER = r"(?P<number>\d[\d.,' ]*\d|\d)"
_TONNES = late_pattern(
    rf"{_NUMBER}\s*(?:k|M|kilo|mega)?\s*-?(?:t|tons?|tonnes?)\s*-?(?:of\s+)?"
    r"(?:CO2|carbon)(?:-?eq?)?\b(?!\s*/\s*(?!p\b|y|period))",
    re.IGNORECASE,
)
_BARE_TONNES = late_pattern(rf"{_NUMBER}\s*(?:t|tons?|tonnes?)\b(?!\s*[/-])")
_NAMED = (
    r"(?:emissions?\s+reductions?|CO2\s+reductions?|\breductions?\s*[:=]"
    r"|\bcredits?\b(?:\s+to\s+be)?(?:\s+issued)?\s*[:=]|\bER_?p?\s*="
    r"|排出削減量|削減量|クレジット(?:発行)?量|table\s*3\s*[:=])"
)
_REDUCTIONS = late_pattern(
    rf"{_NAMED}[^\d]{{0,20}}?(?<![A-Za-z]){_NUMBER}", re.IGNORECASE
)
_REDUCTIONS_SAID = late_pattern(
    rf"{_NAMED}(?:[\w ()]{{0,20}}?(?:[:=は]|\b(?:is|are|was|were|of)\b))?\s*{_NUMBER}\b"
    r"(?!\s*[.)]\s)",
    re.IGNORECASE,
)
"""A heading may be followed by another one with a number of its own."""
_PATTERNS = (
    (_TONNES, Severity.ERROR),
    (_REDUCTIONS, Severity.ERROR),
    (_BARE_TONNES, Severity.WARNING),
)
_IN_PROSE = ((_TONNES, Severity.WARNING), (_REDUCTIONS_SAID, Severity.WARNING))
"""Tonnes of anything may be of coal; of CO2 they are what the book is about."""
_IS_WORTH_A_LOOK = late_pattern(
    r"CO2|carbon|reduction|credit|\bER|削減|クレジット", re.IGNORECASE
)
_Patterns = tuple[tuple["re.Pattern[str]", Severity], ...]
_YEAR = late_pattern(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
_ALONE = late_pattern(r"[-+]?[1-9](?:[.,' ]?\d){2,}")
"""At least three digits; with a zero in front it is the number of a document."""
_NEAR = 10.0
_SENTENCE = late_pattern(r"[\n;。]|\.\s")
_OF_ANOTHER_TIME = late_pattern(
    r"\b(?:previous|earlier|last|plan|planned|PDD|estimate[ds]?|expected|baseline)\b"
    r"|前年|前回|計画|見込|推計",
    re.IGNORECASE,
)


class _Claim(NamedTuple):
    """A number that a text states, and the piece that states it.

    word:  the number as it stands there, where it may be a year.
    meant: the numbers that it may mean.
    """

    piece: str
    severity: Severity
    word: str
    meant: tuple[float, ...]


def other_tonnes(context: OpenedBook, text: str) -> tuple[str, Severity] | None:
    """Return the first claim that is no result of the book, and how grave it is."""
    return next(_other(context, _claims(text)), None)


def other_total(context: OpenedBook, text: str) -> str:
    """Return a number that stands alone and could be taken for Table 3.

    That is one of about its size, which stands in no cell of an official sheet; years
    and numbers of few digits are none. Nothing if there is none.
    """
    totals = [
        abs(float(total))
        for result in context.results.values()
        if (total := result.sheet_credited)
    ]
    for piece, meant in _alone(text):
        is_near = any(
            total / _NEAR <= abs(number) <= total * _NEAR
            for number in meant
            for total in totals
        )
        if is_near and not any(_is_there(context, number) for number in meant):
            return piece
    return ""


def _is_there(context: OpenedBook, number: float) -> bool:
    """Tell whether a number stands in a cell, or is a result that was rounded."""
    is_in_a_cell = number in context.once(_in_cells)
    return is_in_a_cell or is_known(number, known_numbers(context))


@known_text
def _alone(text: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Return the numbers that stand alone in a text: in a box, a section of a page."""
    pieces = (piece.strip() for piece in seen_as(text).split("|"))
    return tuple(
        (piece, numbers_meant(piece))
        for piece in pieces
        if _ALONE.fullmatch(piece) and not _YEAR.fullmatch(piece)
    )


def _in_cells(context: OpenedBook) -> frozenset[float]:
    """Return the numbers that stand in cells of the official sheets."""
    return frozenset(
        cell.value
        for page in context.official_sheets
        for _, cell, _ in page.filled
        if type(cell.value) is float
    )


def tonnes_in_prose(context: OpenedBook, text: str) -> str:
    """Return what a sentence claims for the time of this report; nothing if none does.

    Tonnes of nothing said are no claim in prose.
    """
    for sentence, claims in _sentences(text):
        for piece, _ in _other(context, claims):
            rest = sentence.replace(piece, " ")
            years = set(_YEAR.findall(rest)) - _own_years(context)
            if not (years or _OF_ANOTHER_TIME.search(rest)):
                return piece
    return ""


@known_text
def _claims(text: str) -> tuple[_Claim, ...]:
    """Return what a text claims wherever everybody takes it for the result."""
    return tuple(_found(seen_as(text), _PATTERNS))


@known_text
def _sentences(text: str) -> tuple[tuple[str, tuple[_Claim, ...]], ...]:
    """Return the sentences of prose that claim something, as they are seen."""
    if text.isascii() and not _IS_WORTH_A_LOOK.search(text):
        return ()
    plain = seen_as(text)
    if not _IS_WORTH_A_LOOK.search(plain):
        return ()
    every = ((s, tuple(_found(s, _IN_PROSE))) for s in _SENTENCE.split(plain))
    return tuple((sentence, claims) for sentence, claims in every if claims)


def _found(plain: str, patterns: _Patterns) -> Iterator[_Claim]:
    for pattern, severity in patterns:
        for match in pattern.finditer(plain):
            stated = match["number"]
            word = "" if pattern is _TONNES else stated
            yield _Claim(match[0], severity, word, numbers_meant(stated))


def _other(
    context: OpenedBook, claims: Sequence[_Claim]
) -> Iterator[tuple[str, Severity]]:
    """Yield the claims that are neither a result of the book nor one of its years."""
    known = known_numbers(context) if claims else ()
    for claim in claims if known else ():
        is_year = bool(claim.word) and claim.word in _own_years(context)
        if not (is_year or any(is_known(number, known) for number in claim.meant)):
            yield claim.piece, claim.severity


def _own_years(context: OpenedBook) -> set[str]:
    """Return the years that the report is about."""
    return {str(day.year) for day in context.period or ()}
