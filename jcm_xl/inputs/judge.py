"""One raw value to what a cell takes: a number, choice, text, day or option."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.filling import Filling
from jcm_xl.inputs.numbers import date_of, plain_number, quantised
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.reading import read
from jcm_xl.model.submission import DateNumber
from jcm_xl.text.day_readings import Calendar, common_day, days_meant
from jcm_xl.text.nearest import nearest
from jcm_xl.text.readings import numbers_meant
from jcm_xl.text.signs import look_alike, told

LONGEST_TEXT = 32_767
"""Excel's limit for the text of a cell."""
_FIRST_DAY = date(1900, 3, 1)


def is_blank(value: object) -> bool:
    """Tell whether nothing was given: a cell that stays empty."""
    return value is None or (isinstance(value, str) and not value.strip())


def number(f: Filling, entry: Entry, unit: str) -> float | None:
    """Return a number at 15 digits; a text is refused, with what it may mean."""
    value = entry.value
    if is_blank(value):
        return None
    if isinstance(value, str) and not entry.is_typed:
        spelled = plain_number(value)
        value = value if spelled is None else spelled
    expected = "expected a number" if unit == "1" else f"expected a number in {unit}"
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        f.fault(entry, expected + _probable(value, unit))
        return None
    result = quantised(value)
    if result is None:
        f.fault(entry, f"{expected} that a cell can hold")
    return result


def _probable(value: object, unit: str) -> str:
    if isinstance(value, DateNumber):
        reading = read(value)
        typed = "" if reading.typed is None else _asked([f"{reading.typed:.15g}"])
        return f"; this is {reading.kind.value}{typed}"
    found = numbers_meant(value, unit) if isinstance(value, str) else ()
    return _asked([f"{number:.15g}" for number in found])


def _asked(readings: Sequence[str]) -> str:
    """Return the question which reading of a text is the right one."""
    first, *rest = readings or ("",)
    if rest:
        return f" (is it {first} or {' or '.join(rest)}?)"
    return f" (is {first} meant?)" if first else ""


def admitted(f: Filling, entry: Entry, p: Parameter) -> float | str | None:
    """Return the number or choice of a parameter, within its limits."""
    if p.is_choice:
        return choice(f, entry, p)
    result = number(f, entry, str(p.unit))
    if result is not None and not p.bounds.admit(result):
        f.fault(entry, f"expected {p.bounds}")
        return None
    return result


def choice(f: Filling, entry: Entry, p: Parameter) -> str | None:
    """Return a choice as the methodology spells it."""
    if is_blank(entry.value):
        return None
    found = f.m.choice(p, str(entry.value).strip())
    if found is not None:
        return found
    choices = f.m.choices(p)
    listed = ", ".join(f"'{text}'" for text in choices)
    hint = nearest(str(entry.value), choices)
    f.fault(entry, f"expected one of {listed}{hint}{_unseen(entry.value, choices)}")
    return None


def _unseen(value: object, known: Sequence[str]) -> str:
    """Return by which signs a text differs from a known one that looks the same."""
    typed = str(value)
    is_twin = any(look_alike(typed, one) for one in known)
    return f"; it holds {told(typed)}" if is_twin else ""


def text(f: Filling, entry: Entry, expected: str = "a text") -> str | None:
    """Return a text that a cell can hold."""
    value = entry.value
    if is_blank(value):
        return None
    if not isinstance(value, str):
        f.fault(entry, f"expected {expected}")
    elif len(value) > LONGEST_TEXT:
        reason = f"{len(value)} signs; a cell holds at most {LONGEST_TEXT}"
        f.fault(entry, reason, is_shown=False)
    elif any("\ud800" <= sign <= "\udfff" for sign in value):
        f.fault(entry, "half a sign of two (a surrogate)", is_shown=False)
    else:
        return value
    return None


def day(f: Filling, entry: Entry) -> date | None:
    """Return a date, given as one or spelled 2017-01-31."""
    value = entry.value
    if is_blank(value):
        return None
    found = date_of(value)
    common = common_day(found) if found else None
    if found is not None and found >= _FIRST_DAY and common is None:
        return found
    read = days_meant(value) if isinstance(value, str) else ()
    days = read[0].days if len(read) == 1 else (common,) if common else ()
    is_buddhist = common or any(r.calendar is Calendar.BUDDHIST for r in read)
    why = "; its year is of the Buddhist calendar, 543 ahead" if is_buddhist else ""
    hint = _asked([day.isoformat() for day in days])
    f.fault(entry, f"expected a date such as 2017-01-31{hint}{why}")
    return None


def option(f: Filling, entry: Entry, p: Parameter) -> str | None:
    """Return `Option C`, if the methodology allows it for this parameter."""
    value = entry.value
    if is_blank(value):
        return None
    letter = str(value).strip().upper().removeprefix("OPTION").strip()
    if isinstance(value, str) and letter in p.options:
        return f"Option {letter}"
    allowed = " or ".join(p.options)
    f.fault(entry, f"the methodology allows option {allowed} for {p.name}")
    return None
