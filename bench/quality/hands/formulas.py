"""The formulas of a methodology as a person types them into cells."""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(
    r"(?P<text>'[^']*')|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>==|!=|<=|>=|[-+*/()<>,^])|(?P<space>\s+)"
)
_SIGNS = {"==": "=", "!=": "<>"}
_WORDS = {"when": "IF", "min": "MIN", "max": "MAX"}


class TooHard(Exception):
    """A formula with something in it that is not typed by hand here."""


def typed(
    text: str,
    cell: Callable[[str], str],
    summed: Callable[[str], str],
    looked_up: Callable[[str, str], str],
) -> str:
    """Return a formula without `=`.

    `cell` gives the reference of a quantity, `summed` the range over its units,
    `looked_up` the formula that finds a key in a table.
    """
    pieces: list[str] = []
    found = _tokens(text)
    number = 0
    while number < len(found):
        kind, word = found[number]
        is_call = number + 1 < len(found) and found[number + 1][1] == "("
        if kind != "name":
            pieces.append('"' + word[1:-1] + '"' if kind == "text" else _sign(word))
        elif word == "sum":
            pieces.append(f"SUM({summed(found[number + 2][1])})")
            number += 3
        elif word == "lookup":
            pieces.append(looked_up(found[number + 2][1], found[number + 4][1]))
            number += 5
        else:
            pieces.append(_called(word) if is_call else cell(_plain(word)))
        number += 1
    return "".join(pieces)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise TooHard(text[at:])
        at = match.end()
        if match.lastgroup != "space":
            found.append((match.lastgroup or "", match[0]))
    return found


def _sign(word: str) -> str:
    return _SIGNS.get(word, word)


def _called(word: str) -> str:
    if word not in _WORDS:
        raise TooHard(word)
    return _WORDS[word]


def _plain(word: str) -> str:
    if word in ("or", "and", "not", "in"):
        raise TooHard(word)
    return word
