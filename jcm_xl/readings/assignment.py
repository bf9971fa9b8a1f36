"""Which column of which log is which meter: a small file that is kept and used again.

[[log]]
files       = "meter-*.csv"       # names of files; of several blocks the first fits
head        = 7                   # the line of the headings
separator   = ";"
decimal     = ","
thousands   = "."
time        = ["Date", "Time"]    # headings, or numbers of columns
time_format = "%d/%m/%Y %H:%M"    # or "iso"
zone        = "Asia/Bangkok"
stamp       = "end"               # a reading of 10:15 is of the time before it
kind        = "interval"          # or "cumulative": the meter counts on

[[log.meter]]
name      = "Meter 1"
column    = "Energy [kWh]"
unit      = "kWh"
parameter = "EG_i_p"
row       = 1
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.lines import KeyPath, index_lines, line_of
from jcm_xl.errors import JcmError
from jcm_xl.plain_file import TooLarge, read_plain
from jcm_xl.text.nearest import nearest

_MAX_BYTES = 1_000_000
LogColumn = str | int
"""A heading, or the number of a column from 1."""
KINDS, STAMPS = ("interval", "cumulative"), ("start", "end")
NO_READING = ("ask", "nothing")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A meter that was exchanged: what the old one showed last, the new one first."""

    at: datetime
    old: Decimal
    new: Decimal


@dataclass(frozen=True, slots=True)
class LoggedMeter:
    """A meter in a log, and what it measures.

    where:   column and text of the rows that are its own, where several share one.
    digits:  before the point, of a meter that begins anew at 0 after all nines.
    missing: `nothing` where the device logs nothing as long as it has nothing to log,
             as an inverter at night; a gap of more than a day is asked all the same.
    most:    the most that it can measure in an hour, in its unit.
    """

    name: str
    column: LogColumn
    unit: str
    parameter: str
    row: int | None = None
    where: tuple[LogColumn, str] | None = None
    digits: int | None = None
    missing: str = "ask"
    most: Decimal | None = None
    replaced: tuple[Replaced, ...] = ()
    certificates: tuple[tuple[date, date], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class LogFormat:
    """How the logs of one kind are written."""

    files: str
    meters: tuple[LoggedMeter, ...]
    time: tuple[LogColumn, ...]
    sheet: str = ""
    head: int = 1
    separator: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    thousands: str = ""
    time_format: str = "iso"
    zone: str = ""
    stamp: str = ""
    kind: str = "interval"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A file of assignments."""

    name: str
    sha256: str
    formats: tuple[LogFormat, ...]


class AssignmentError(JcmError):
    """An assignment that cannot be used; `problems` are sentences with their lines."""

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {name}: {problem}" for problem in problems)
        noun = "problem" if len(problems) == 1 else "problems"
        super().__init__(f"{len(problems)} {noun} in the assignment:\n{lines}")


def read_assignment(path: Path) -> Assignment:
    """Read the file; raise `AssignmentError` with every problem and its line."""
    try:
        data = read_plain(path, _MAX_BYTES)
    except TooLarge:
        raise JcmError(f"{path} is too long for an assignment of columns.") from None
    except OSError as error:
        raise JcmError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        found = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError:
        raise JcmError(f"{path} is not in UTF-8; save it as UTF-8.") from None
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise AssignmentError(path.name, [f"no valid TOML: {error}"]) from None
    reader = _Reader(index_lines(text))
    formats = tuple(reader.formats(found))
    if reader.problems:
        raise AssignmentError(path.name, reader.problems)
    return Assignment(path.name, hashlib.sha256(data).hexdigest(), formats)


_OF_LOG = ("files", "sheet", "head", "separator", "encoding", "decimal", "thousands",
           "time", "time_format", "zone", "stamp", "kind", "meter")  # fmt: skip
_OF_METER = ("name", "column", "unit", "parameter", "row", "where", "digits",
             "missing", "most", "replaced", "certificate")  # fmt: skip
_SIGNS = {"separator": ",;\t|", "decimal": ".,", "thousands": ".,' \u00a0\u202f"}
_TIME_SIGN = re.compile(r"%[^dmYyHMSIpjbBf]")


class _Reader:
    """Walks the blocks and notes every problem with its line."""

    def __init__(self, lines: dict[KeyPath, int]) -> None:
        self._lines = lines
        self.problems: list[str] = []

    def formats(self, data: Mapping[str, Any]) -> Iterator[LogFormat]:
        self._known(data, ("log",), ())
        blocks = data.get("log")
        if not isinstance(blocks, list) or not blocks:
            self.problems.append("it has no block [[log]]")
            return
        for n, block in enumerate(blocks):
            yield self._format(block, ("log", n))

    def _note(self, path: KeyPath, sentence: str) -> None:
        key = re.sub(r"\.(\d+)", lambda m: f"[{int(m[1]) + 1}]",
                     ".".join(map(str, path)))  # fmt: skip
        self.problems.append(f"line {line_of(self._lines, path)}: {key}: {sentence}")

    def _known(
        self, block: Mapping[str, Any], known: tuple[str, ...], path: KeyPath
    ) -> None:
        for key in block:
            if key not in known:
                told = f"unknown key{nearest(str(key), known)}; known are "
                self._note((*path, str(key)), told + ", ".join(known))

    def _format(self, block: Mapping[str, Any], path: KeyPath) -> LogFormat:
        self._known(block, _OF_LOG, path)
        facts: dict[str, Any] = {}
        for key in ("files", "sheet", "encoding", "time_format", "zone"):
            facts[key] = self._text(block, key, path, is_needed=key == "files")
        for key, signs in _SIGNS.items():
            facts[key] = self._sign(block, key, signs, path)
        if facts["decimal"] and facts["decimal"] == facts["thousands"]:
            self._note((*path, "thousands"), "it is the decimal sign, too")
        facts["kind"] = self._one_of(block, "kind", KINDS, path)
        facts["stamp"] = self._one_of(block, "stamp", STAMPS, path)
        if facts["kind"] != "cumulative" and not facts["stamp"]:
            told = 'say whether a time is that of the "start" or of the "end"'
            self._note((*path, "stamp"), f"{told} of what was measured")
        facts["head"] = self._count(block, "head", path, least=0)
        facts["time"] = self._columns(block, path)
        self._zone_and_time(facts, path)
        meters = block.get("meter")
        if not isinstance(meters, list) or not meters:
            self._note(path, "it has no block [[log.meter]]")
            meters = []
        made = tuple(
            self._meter(each, (*path, "meter", n)) for n, each in enumerate(meters)
        )
        given = {key: value for key, value in facts.items() if value not in (None, "")}
        line = line_of(self._lines, path)
        return LogFormat(**{"files": "", **given}, meters=made, line=line)

    def _zone_and_time(self, facts: dict[str, Any], path: KeyPath) -> None:
        if facts["zone"]:
            try:
                ZoneInfo(facts["zone"])
            except (KeyError, ValueError, OSError):
                told = f"'{facts['zone']}' is no time zone such as Asia/Bangkok"
                self._note((*path, "zone"), told)
        form = facts["time_format"] or "iso"
        if form != "iso" and (_TIME_SIGN.search(form) or "%" not in form):
            told = f"'{form}' is not read; write it like %d/%m/%Y %H:%M, or iso"
            self._note((*path, "time_format"), told)

    def _text(
        self, block: Mapping[str, Any], key: str, path: KeyPath, is_needed: bool = False
    ) -> str:
        value = block.get(key, "")
        if not isinstance(value, str) or (is_needed and not value):
            self._note((*path, key), "a text is expected")
            return ""
        return value

    def _sign(
        self, block: Mapping[str, Any], key: str, signs: str, path: KeyPath
    ) -> str | None:
        if key not in block:
            return None
        value = block[key]
        if isinstance(value, str) and (value in tuple(signs) or value == ""):
            return value
        self._note((*path, key), f"expected one of {' '.join(map(repr, signs))}")
        return None

    def _one_of(
        self, block: Mapping[str, Any], key: str, known: tuple[str, ...], path: KeyPath
    ) -> str:
        value = block.get(key, "")
        if value in ("", *known):
            return str(value)
        words = " or ".join(f'"{word}"' for word in known)
        self._note((*path, key), f"expected {words}")
        return ""

    def _count(
        self, block: Mapping[str, Any], key: str, path: KeyPath, least: int
    ) -> int | None:
        value = block.get(key)
        if value is None or (type(value) is int and least <= value <= 1_000_000):
            return value
        self._note((*path, key), f"a whole number from {least} is expected")
        return None

    def _column(self, value: object, path: KeyPath) -> LogColumn:
        if (isinstance(value, str) and value.strip()) or (
            type(value) is int and value >= 1
        ):
            return value
        self._note(path, "expected a heading, or the number of a column from 1")
        return 1

    def _columns(
        self, block: Mapping[str, Any], path: KeyPath
    ) -> tuple[LogColumn, ...]:
        value = block.get("time")
        if value is None:
            self._note((*path, "time"), "name the column of the time, or date and time")
            return ()
        values = value if isinstance(value, list) else [value]
        return tuple(self._column(each, (*path, "time")) for each in values)

    def _meter(self, block: Mapping[str, Any], path: KeyPath) -> LoggedMeter:
        self._known(block, _OF_METER, path)
        texts = {
            key: self._text(block, key, path, is_needed=True)
            for key in ("unit", "parameter")
        }
        column = self._column(block.get("column"), (*path, "column"))
        name = self._text(block, "name", path) or str(column)
        most = block.get("most")
        if most is not None and not (isinstance(most, int | Decimal) and most > 0):
            self._note((*path, "most"), "a number above 0 is expected")
            most = None
        return LoggedMeter(
            name=name, column=column, **texts,
            row=self._count(block, "row", path, least=1),
            where=self._where(block, path),
            digits=self._count(block, "digits", path, least=1),
            missing=self._one_of(block, "missing", NO_READING, path) or "ask",
            most=None if most is None else Decimal(most),
            replaced=tuple(self._replaced(block, path)),
            certificates=tuple(self._certificates(block, path)),
            line=line_of(self._lines, path),
        )  # fmt: skip

    def _where(
        self, block: Mapping[str, Any], path: KeyPath
    ) -> tuple[LogColumn, str] | None:
        value = block.get("where")
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2:
            return self._column(value[0], (*path, "where")), str(value[1])
        self._note((*path, "where"), 'write it like ["Device", "INV-01"]')
        return None

    def _replaced(self, block: Mapping[str, Any], path: KeyPath) -> Iterator[Replaced]:
        for each in _tables(block.get("replaced")):
            at, old, new = (each.get(key) for key in ("at", "old", "new"))
            if type(at) is date:
                at = datetime(at.year, at.month, at.day)
            if isinstance(at, datetime) and all(
                type(n) in (int, Decimal) for n in (old, new)
            ):
                yield Replaced(at, Decimal(old or 0), Decimal(new or 0))
            else:
                told = (
                    "write it like { at = 2025-03-04T10:00:00, old = 99120.5, new = 0 }"
                )
                self._note((*path, "replaced"), told)

    def _certificates(
        self, block: Mapping[str, Any], path: KeyPath
    ) -> Iterator[tuple[date, date]]:
        for each in _tables(block.get("certificate")):
            first, last = each.get("from"), each.get("until")
            if type(first) is date and type(last) is date and first <= last:
                yield first, last
            else:
                told = "write it like { from = 2024-07-01, until = 2026-06-30 }"
                self._note((*path, "certificate"), told)


def _tables(value: object) -> list[Mapping[str, Any]]:
    if value is None:
        return []
    found = value if isinstance(value, list) else [value]
    return [each if isinstance(each, Mapping) else {} for each in found]
