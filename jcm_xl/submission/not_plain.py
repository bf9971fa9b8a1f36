"""Inputs that are not what their cells are for: whoever takes inputs must list them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.model.reading import CellKind, CellReading, Takes, read
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Value
from jcm_xl.plan.sheets.meters import IDENTIFIERS
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.day_readings import days_meant
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.readings import numbers_meant

RULES = ("number", "date", "row")


class NotPlain(NamedTuple):
    """An input that does not count: where it stands, what it is, what it may mean."""

    slot: Slot
    place: tuple[str, str]
    reading: CellReading
    meant: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Return the key of its slot."""
        return self.slot.key

    @property
    def is_date(self) -> bool:
        """Tell whether it is a number that shows as a date."""
        return self.reading.kind is CellKind.DATE_NUMBER

    @property
    def sentence(self) -> Phrase:
        """Return what stands there and what it is taken for."""
        english = "{place} holds {value}, which is {kind}, not {takes}"
        return Phrase(
            "doors.not-plain", english, place="'{}'!{}".format(*self.place),
            value=shown(self.reading.value), kind=kind_phrase(self.reading.kind),
            takes=takes_phrase(self.reading.takes),
        )  # fmt: skip


def not_plain(book: OpenedBook) -> Iterator[NotPlain]:
    """Yield the numbers, days and rows of a book that cannot be taken as such."""
    for key, value in book.submission.values.items():
        slot = book.plan[key]
        reading = read(value, Takes.of(slot.rule))
        if slot.rule in RULES or _is_lost_name(slot, reading):
            if reading.is_plain:
                continue
            p = book.methodology.parameters.get(slot.name)
            meant = meant_by(value, reading.takes, str(p.unit) if p else "")
            yield NotPlain(slot, book.place(slot), reading, meant)


def _is_lost_name(slot: Slot, reading: CellReading) -> bool:
    """Tell whether a number that is a name became a date."""
    return is_name(slot.key) and reading.kind is CellKind.DATE_NUMBER


def is_name(key: Key) -> bool:
    """Tell whether a cell is for a number that is a name, which a text cell keeps."""
    of_meter = key.stage == "meters" and key.notion in IDENTIFIERS
    return of_meter or key == REFERENCE_NUMBER


def as_names(values: Mapping[Key, Value]) -> dict[Key, Value]:
    """Return values for a fresh book, in which numbers that are names are texts."""
    return {
        key: shown(value) if is_name(key) and type(value) is float else value
        for key, value in values.items()
    }


def meant_by(value: Value, takes: Takes, unit: str) -> tuple[str, ...]:
    """Return what a value that does not count may mean, as it would be typed."""
    if takes is Takes.NUMBER:
        typed = read(value).typed
        texts = numbers_meant(value, unit) if isinstance(value, str) else ()
        found = texts if typed is None else (typed,)
        return tuple(f"{number:.15g}" for number in found)
    days = days_meant(value) if isinstance(value, str) else ()
    return tuple(day.isoformat() for day in days[0].days) if len(days) == 1 else ()


def kind_phrase(kind: CellKind) -> Phrase:
    """Return what stands in a cell, in words."""
    return Phrase(f"doors.kind.{kind.name.lower().replace('_', '-')}", kind.value)


def takes_phrase(takes: Takes) -> Phrase:
    """Return what a cell is for, in words."""
    return Phrase(f"doors.takes.{takes.name.lower()}", takes.value)
