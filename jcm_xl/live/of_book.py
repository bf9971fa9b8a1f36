"""A call without ranges: those of the workbook that the host passes.

`JCM_CREDITED()` and `JCM_CREDITED("plan")` are asked of the book in which they stand.
A book of ours says by its properties where its inputs lie; in any other book a sheet
Live says it, by the ranges of its own calls. Nothing else is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from jcm_xl.live.arguments import FunctionError, cell, day_of_period
from jcm_xl.live.registry import PLAN_RANGES, RANGES, Function
from jcm_xl.model.submission import DAYS_OF_A_YEAR

STAGES = ("plan", "report")
LIVE = "Live"
_RANGES = {a.name for a in (*RANGES, *PLAN_RANGES)}
_CALL = re.compile(r"JCM[_.]CREDITED\((.+)\)\s*$", re.DOTALL)
_SHEET = r"\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!.;,()$]+))[!.]"
_AREA = re.compile(
    _SHEET + r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)"
    r"(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+))?"
)
Raw: TypeAlias = Sequence[Sequence[object]]
Corner: TypeAlias = tuple[str, int, int]
HostPlaces: TypeAlias = Mapping[str, Any]
"""Where the inputs of a stage stand, as JSON tells it: see `plan.input_places`."""


class HostBook(Protocol):
    """What a host tells of the workbook in which a function stands."""

    def properties(self) -> Mapping[str, str]:
        """Return the custom properties of the book, by lower-case name."""

    def places(self, properties: Mapping[str, str]) -> Mapping[str, HostPlaces] | None:
        """Return where a book of ours has its inputs, by stage; `None` if unknown."""

    def cells(self, sheet: str, top: int, left: int, bottom: int, right: int) -> Raw:
        """Return cells, counted from 1. Raises `FunctionError` for what is not there.

        A host that cannot know whether a formula's result is new refuses the formula.
        """

    def formulas(self, sheet: str) -> Iterator[str]:
        """Yield the formulas of a sheet in reading order; none without the sheet."""


def asks_book(function: Function, given: Sequence[object]) -> bool:
    """Tell whether a call names no id and no range, where both could be."""
    named = dict(zip((a.name for a in function.arguments), given, strict=True))
    if "names1" not in named or any(named[n] is not None for n in _RANGES & {*named}):
        return False
    stage = cell(named["id_version"])
    return stage is None or str(stage).strip().lower() in STAGES


def of_book(
    function: Function, given: Sequence[object], book: HostBook | None
) -> tuple[object, ...]:
    """Return the arguments with the id and the ranges of the book in their places."""
    if book is None:
        raise FunctionError(
            "No ranges are written, and this program passes no workbook; write the id "
            "and the ranges."
        )
    names = [a.name for a in function.arguments]
    named = dict(zip(names, given, strict=True))
    stage = str(cell(named["id_version"]) or "report").strip().lower()
    if "plan_names1" in named:
        stage = "report"
    more = _found(book, "plan" if "plan_names1" in named else stage, stage)
    if "first_day" in named:
        _refuse_months(more)
    more |= {k: v for k, v in named.items() if k != "id_version" and v is not None}
    return tuple(more.get(name) for name in names)


def _found(book: HostBook, first: str, last: str) -> dict[str, object]:
    """Return the arguments by name: `plan_...` are of the first stage."""
    facts = {k.lower(): v for k, v in book.properties().items()}
    places = book.places(facts) if "jcm_xl.methodology" in facts else None
    if places is None:
        return _of_live(book, first, last)
    key = f"{facts['jcm_xl.methodology']}@{facts['jcm_xl.version']}"
    found = {"id_version": key, **_ranges(book, places, last)}
    if first != last:
        before = _ranges(book, places, first)
        found |= {f"plan_{k}": v for k, v in before.items() if f"plan_{k}" in _RANGES}
    found |= _period(book, places[last], with_days=first != last)
    return found | {"has_months": facts.get("jcm_xl.monthly") == "yes"}


def _refuse_months(found: Mapping[str, object]) -> None:
    """Refuse a division by days where the book has the months of its years."""
    first, last = found.get("first_day"), found.get("last_day")
    if not found.get("has_months") or first is None or last is None:
        return
    days = day_of_period(first, "first"), day_of_period(last, "last")
    if days[0].year != days[1].year:
        raise FunctionError(
            "The years of this book come from the months on its sheet Monthly, which "
            "`jcm-xl vintages` takes; write the ranges to divide the period by days."
        )


def _ranges(
    book: HostBook, places: Mapping[str, HostPlaces], stage: str
) -> dict[str, object]:
    """Return the ranges of a stage, read from the cells in which they are typed."""
    own = places[stage]
    found: dict[str, object] = {}
    for number in ("1", "2"):
        inputs = [one for one in own["single"] if one[0] == number]
        found[f"names{number}"] = tuple(one[1] for one in inputs)
        found[f"values{number}"] = tuple(_one(book, one[2]) for one in inputs)
    found["unit_table"] = tuple(_units(book, own["sets"]))
    if stage == "report":
        found["plan_units"] = tuple(_units(book, places["plan"]["sets"]))
    return found


def _one(book: HostBook, corner: Corner) -> object:
    sheet, row, column = corner
    return book.cells(sheet, row, column, row, column)[0][0]


def _units(book: HostBook, sets: Sequence[Any]) -> Iterator[tuple[object, ...]]:
    for count, columns in sets:
        yield ("", *(symbol for symbol, _ in columns))
        values = []
        for _, (sheet, row, column) in columns:
            rows = book.cells(sheet, row, column, row + count - 1, column)
            values.append([line[0] for line in rows])
        for unit, line in enumerate(zip(*values, strict=True), 1):
            yield (f"({unit})", *line)


def _period(
    book: HostBook, places: HostPlaces, *, with_days: bool
) -> dict[str, object]:
    """Return the period, and for a bridge how many days plan and report cover."""
    first, last = (_one(book, corner) for corner in places["period"])
    found = {"first_day": first, "last_day": last}
    if not with_days:
        return found
    begin, end = day_of_period(first, "first"), day_of_period(last, "last")
    typed = cell(_one(book, places["plan_days"]))
    is_number = isinstance(typed, float) and typed > 0
    of_plan = typed if is_number else DAYS_OF_A_YEAR
    return found | {"plan_days": of_plan, "days": float((end - begin).days + 1)}


# -- a sheet Live ----------------------------------------------------------------------


def _of_live(book: HostBook, first: str, last: str) -> dict[str, object]:
    calls = [m[1] for f in book.formulas(LIVE) if (m := _CALL.search(f))]
    if len(calls) != len(STAGES):
        raise FunctionError(
            "This book is not one of jcm_xl and has no sheet Live, so nobody knows "
            "where its inputs stand; write the id and the ranges."
        )
    by_stage = dict(zip(STAGES, calls, strict=True))
    found = _arguments(book, by_stage[last])
    if first != last:
        before = _arguments(book, by_stage[first])
        found |= {f"plan_{k}": v for k, v in before.items() if f"plan_{k}" in _RANGES}
    return found


def _arguments(book: HostBook, text: str) -> dict[str, object]:
    """Return the arguments of a call that is written out: areas and the id."""
    names = ("id_version", *(a.name for a in RANGES))
    words = [word.strip() for word in _split(text)]
    return {n: _read(book, w) for n, w in zip(names, words, strict=False) if w}


def _split(text: str) -> Iterator[str]:
    """Yield the arguments; a separator within quotes separates nothing."""
    word, quote = "", ""
    for sign in text:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in ",;":
            yield word
            word = ""
            continue
        word += sign
    yield word


def _read(book: HostBook, word: str) -> object:
    if word.startswith('"'):
        return word.strip('"')
    match = _AREA.fullmatch(word)
    if match is None:
        raise FunctionError(f"A range of the sheet Live is not understood: {word}.")
    sheet = (match["quoted"] or match["plain"]).replace("''", "'")
    top, left = int(match["top"]), _column(match["left"])
    bottom = int(match["bottom"] or top)
    right = _column(match["right"]) if match["right"] else left
    return book.cells(sheet, top, left, bottom, right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
