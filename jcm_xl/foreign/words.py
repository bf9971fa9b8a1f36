"""What the words on a hand-made sheet mean: headings, points, symbols, options, units.

Official sheets are typed by people: full-width signs, line breaks, plural or singular,
blanks anywhere. All of that is folded away; whatever then is not equal is not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jcm_xl.expr.unit import Unit, UnitError
from jcm_xl.model.methodology import Parameter, fold_symbol
from jcm_xl.plan.builder import STAGES
from jcm_xl.plan.layout import Layout

_SHORT = 200
"""Longer texts are not kept: a hostile book has many."""
_NOT_A_SIGN = re.compile(r"[\W_]+")
_TITLE = re.compile(r"^(?:table|表)\s*([1-3])(?!\d)")
_LETTER = re.compile(r"^\(?([a-z])\)$")
_LETTER_BEFORE = re.compile(r"^\(?[a-z]\)\s*(?=\S\S)")
_POINT = re.compile(r"^\(?\s*(\d{1,3})\s*\)?$")
_POINT_AND_UNIT = re.compile(
    r"^\(?\s*(\d{1,3})\s*\)?\s*[-‐‑–—−_./,#]\s*(?:no\.?\s*)?\(?\s*(\d{1,4})\s*\)?$"
)
_UNIT_NUMBER = re.compile(
    r"^(?!table|option|表)(?:[^\W\d][^\d]{0,40}?)?[\s#.(]*(?<!\d)(\d{1,4})\s*\)?(?:号機?)?$"
)
_OPTION = re.compile(r"^(?:monitoring)?(?:option|オプション)?([a-c])$")
_OPTIONS = re.compile(r"(?:option|オプション)\s*([a-c])(?![a-z])")
_OR_ANOTHER = re.compile(r"(?:\bor|\band|,|及び|又は|または)\s*[a-c](?![a-z])")
_PIECES = re.compile(r"[\n|/(\[]")
_IN_BRACKETS = re.compile(r"^[(\[](.+)[)\]]$")
_UNIT_BEHIND = re.compile(r"^(.*\S)\s*[(\[]([^()\[\]]*)[)\]]$")
_EQUIVALENT = re.compile(r"CO2-?(?:equivalent|eq?)\.?(?=$|[/*)])", re.IGNORECASE)
_DASHES = re.compile(r"[‐‑–—−―ー]")
_NONE = frozenset(("", "-", "--", "1", "n/a", "na", "dimensionless", "none"))
_SPELT = {
    "°c": "degC", "degc": "degC", "℃": "degC", "degreecelsius": "degC",
    "degreescelsius": "degC", "days": "day", "hours": "h", "hour": "h", "hr": "h",
    "ton": "t", "tons": "t", "tonne": "t", "tonnes": "t",
}  # fmt: skip
"""Spellings of one and the same unit; nothing here needs a number to convert."""


def plain(text: object) -> str:
    """Return a text on one line, full-width signs as usual ones."""
    return " ".join(unicodedata.normalize("NFKC", str(text)).split())


def folded(text: object) -> str:
    """Return the words of a text alone, each in the singular."""
    said = str(text)
    return _folded(said) if len(said) < _SHORT else _folded.__wrapped__(said)


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    words = _NOT_A_SIGN.sub(" ", plain(text).casefold()).split()
    return " ".join(w[:-1] if w.endswith("s") and len(w) > 3 else w for w in words)


def pieces(text: object) -> tuple[str, ...]:
    """Return a text whole, then its parts: what may say one thing in two languages."""
    said = str(text)
    return _pieces(said) if len(said) < _SHORT else _pieces.__wrapped__(said)


@lru_cache(maxsize=2048)
def _pieces(text: str) -> tuple[str, ...]:
    parts = _PIECES.split(unicodedata.normalize("NFKC", text))
    return tuple(dict.fromkeys((plain(text), *(p.strip(" )]\r\t") for p in parts))))


def symbol_and_unit(text: object) -> tuple[str, str]:
    """Return `EG_i,p` and `MWh/p` of `EG_i,p [MWh/p]`; no unit where none is there."""
    words = plain(text)
    match = _UNIT_BEHIND.match(words)
    return (match[1], match[2]) if match else (words, "")


def folded_name(name: str) -> str:
    """Return a sheet's name without what a keyboard or a hurry changes."""
    return _NOT_A_SIGN.sub("", plain(name).casefold())


# -- titles, letters, headings -----------------------------------------------------


def table_number(text: str) -> int:
    """Return 1 to 3 for the title of a table, 0 for any other text."""
    match = _TITLE.match(plain(text).casefold())
    return int(match[1]) if match else 0


def is_legend(text: str) -> bool:
    """Tell whether a text is the title `[Monitoring option]`, no unit in brackets."""
    words = plain(text)
    return words.startswith("[") and "/" not in words and len(words) > _UNIT_LENGTH


_UNIT_LENGTH = 10


def letter(text: str) -> str:
    """Return `c` for `(c)`, nothing for any other text."""
    match = _LETTER.match(plain(text).casefold())
    return match[1] if match else ""


def roles_by_letter(
    layout: Layout, stage: str, table: int, count: int
) -> tuple[str, ...]:
    """Return what stands under so many letters; nothing where the count is odd."""
    roles = layout.table(f"table{table}", stage).roles
    other = layout.table("table1", "mps").roles
    if table == 1 and count == len(other):
        roles = other  # a report without the column of the period
    return roles if len(roles) == count else ()


def is_of_table1(layout: Layout, roles: Iterable[str]) -> bool:
    """Tell whether headings are those of monitored parameters."""
    table1, table2 = layout.table("table1", "mrs"), layout.table("table2", "mrs")
    return any(role in table1 and role not in table2 for role in roles)


@lru_cache(maxsize=512)
def heading_role(layout: Layout, text: str) -> str:
    """Return what stands under a heading: `value`, `unit` ...; nothing if unknown."""
    for piece in pieces(text):
        words = folded(_LETTER_BEFORE.sub("", piece.casefold())).split()
        for count in range(min(len(words), _most_words(layout)), 0, -1):
            if role := _headings(layout).get(" ".join(words[:count])):
                return role
    return ""


@lru_cache(maxsize=16)
def _most_words(layout: Layout) -> int:
    """Return how many words the longest heading has."""
    return max(len(heading.split()) for heading in _headings(layout))


def _begins(words: str, heading: str) -> bool:
    return words == heading or words.startswith(f"{heading} ")


def says(layout: Layout, kind: str, text: object) -> bool:
    """Tell whether a text begins with a word of a kind: `sums`, `see`, `units`."""
    known = _known(layout, kind)
    return any(
        _begins(words, word)
        for piece in pieces(text)
        if (words := folded(piece))
        for word in known
    )


@lru_cache(maxsize=64)
def _known(layout: Layout, kind: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in layout.by_hand.get(kind, ()))


def of_part(
    layout: Layout, part: str, text: object, headings: Mapping[str, str]
) -> str:
    """Return the role of a heading of `mss` or `calc`, nothing where it has none.

    `headings`: what the layout itself prints, by role.
    """
    also = layout.by_hand.get(part, {})
    for piece in pieces(text):
        words = folded(piece)
        for role, heading in headings.items():
            if words and words in map(folded, (heading, *also.get(role, ()))):
                return role
    return ""


def is_result_heading(layout: Layout, text: object, *, is_below_title: bool) -> bool:
    """Tell whether a heading is that of Table 3's figure.

    Below the title of Table 3 its wording is free, as long as it speaks of reductions.
    """
    known = _result_headings(layout)
    if any(folded(piece) in known for piece in pieces(text)):
        return True
    if not is_below_title:
        return False
    words = plain(text).casefold()
    return any(w in words for w in layout.by_hand.get("result", {}).get("words", ()))


@lru_cache(maxsize=16)
def _result_headings(layout: Layout) -> frozenset[str]:
    also = layout.by_hand.get("result", {}).get("headings", ())
    own = layout.table("table3", "mrs").headings["value"]
    return frozenset(map(folded, (own, *also)))


@lru_cache(maxsize=16)
def _headings(layout: Layout) -> Mapping[str, str]:
    """Return the headings of the layout: words -> what stands under them."""
    also = layout.by_hand.get("headings", {})
    found = {folded(text): role for role, texts in also.items() for text in texts}
    for key in ("table1", "table2"):
        for stage in STAGES:
            headings = layout.table(key, stage).headings
            found |= {folded(text): role for role, text in headings.items()}
    return found


# -- what stands in a row ----------------------------------------------------------


def point_of(text: object) -> tuple[int, int]:
    """Return monitoring point and unit of `(1)-2`; 0 where there is none."""
    if isinstance(text, float) and text == int(text):
        return int(text), 0
    words = plain(text).casefold()
    match = _POINT_AND_UNIT.match(words)
    if match:
        return int(match[1]), int(match[2])
    match = _POINT.match(words)
    return (int(match[1]), 0) if match else (0, 0)


def is_reference(layout: Layout, text: object) -> bool:
    """Tell whether a cell points elsewhere: `see MPS(input_separate)`, `別紙参照`."""
    if not isinstance(text, str):
        return False
    ends = tuple(w for w in _known(layout, "see") if not w.isascii())
    return says(layout, "see", text) or (bool(ends) and folded(text).endswith(ends))


def unit_number(text: object) -> int:
    """Return the number of a unit row: `(3)`, `No. 3`, 3; 0 for anything else."""
    if isinstance(text, float):
        return int(text) if text == int(text) and 0 < text < 10_000 else 0
    match = _UNIT_NUMBER.match(plain(text).casefold())
    return int(match[1]) if match else 0


def symbol_key(symbol: object) -> str:
    """Return a symbol by its letters and digits alone."""
    return _NOT_A_SIGN.sub("", fold_symbol(plain(symbol)))


def symbol_pattern(p: Parameter) -> re.Pattern[str] | None:
    """Return how the symbol reads with a unit's number in place of the index.

    A symbol that is the index alone has none: `(1)` would name it.
    """
    tokens = re.findall(r"[^\s_,{}]+", p.symbol)
    if p.index is None or p.index not in tokens or len(tokens) == 1:
        return None
    parts = (
        r"(\d{1,4})" if token == p.index else re.escape(symbol_key(token))
        for token in tokens
    )
    return re.compile("".join(parts))


def option_letter(text: object) -> str:
    """Return `C` for `Option C`, `option-c` or `C`; nothing where it is not one.

    More words may follow, also in another language, but no second option.
    """
    match = _OPTION.match(symbol_key(text))
    if match:
        return match[1].upper()
    words = _DASHES.sub(" ", plain(text)).casefold() if isinstance(text, str) else ""
    named = set(_OPTIONS.findall(words))
    if len(named) != 1 or _OR_ANOTHER.search(words):
        return ""
    return str(named.pop()).upper()


def same_unit(found: object, wanted: str) -> bool:
    """Tell whether two spellings are one unit; nothing is converted."""
    first, second = _unit(found), _unit(wanted)
    if first == second:
        return True
    if first.casefold() == second.casefold():  # USRT, USRt; but not mW, MW
        return not any(
            a != b and a in "mMgGkKpP" for a, b in zip(first, second, strict=True)
        )
    try:
        return Unit.parse(first) == Unit.parse(second)
    except UnitError:
        return False


def is_no_unit(text: object) -> bool:
    """Tell whether a cell for a unit says that there is none."""
    return _unit(text) == "-"


def _unit(text: object) -> str:
    words = _DASHES.sub("-", plain("" if text is None else text)).replace(" ", "")
    if isinstance(text, float) and text == int(text):
        words = str(int(text))
    if match := _IN_BRACKETS.match(words):
        words = match[1]
    if words.casefold() in _NONE:
        return "-"
    words = _EQUIVALENT.sub("CO2", words)
    words = words.replace("-CO2", "CO2").replace("·", "*").replace("・", "*")
    words = re.sub(r"/(?:period|monitoringperiod|期間)$", "/p", words)
    parts = re.split(r"([/*])", words)
    return "".join(_SPELT.get(part.casefold(), part) for part in parts)
