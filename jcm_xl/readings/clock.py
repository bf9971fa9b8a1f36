"""Local times as one line of time: summer time taken off, and put on again.

On the line every hour stands once. It is the zone's own time in winter; a log without a
zone, or of a zone without summer time, is on the line already.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from jcm_xl.dataclass import dataclass

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Summer:
    """One summer on the line of time: its first moment, its end, and the shift.

    Local times from `begin` to `begin + shift` are none; those from `end` to
    `end + shift` come twice.
    """

    begin: datetime
    end: datetime
    shift: timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """A zone between two days: its time in winter against UTC, and its summers."""

    offset: timedelta = timedelta()
    summers: tuple[Summer, ...] = ()

    def on_line(self, column: str) -> str:
        """Return SQL that puts a local time on the line; of two, the later one."""
        cases = (
            f"WHEN {column} >= {_stamp(s.begin + s.shift)} "
            f"AND {column} < {_stamp(s.end)} "
            f"THEN {column} - {_interval(s.shift)}"
            for s in self.summers
        )
        return _case(cases, column)

    def local(self, column: str) -> str:
        """Return SQL that gives the local time of one on the line."""
        cases = (
            f"WHEN {column} >= {_stamp(s.begin)} "
            f"AND {column} < {_stamp(s.end)} "
            f"THEN {column} + {_interval(s.shift)}"
            for s in self.summers
        )
        return _case(cases, column)

    def of_local(self, moment: datetime) -> datetime:
        """Return a local time on the line."""
        for s in self.summers:
            if s.begin + s.shift <= moment < s.end:
                return moment - s.shift
        return moment

    def shown(self, moment: datetime) -> datetime:
        """Return the local time of a moment on the line."""
        for s in self.summers:
            if s.begin <= moment < s.end:
                return moment + s.shift
        return moment


def clock_of(zone: str, first: datetime, last: datetime) -> Clock:
    """Return the clock of a zone for times between two; of no zone a plain one."""
    if not zone:
        return Clock()
    info = ZoneInfo(zone)
    begin = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    end = datetime(last.year + 2, 1, 1, tzinfo=UTC)
    moments = [begin + _HOUR * n for n in range(int((end - begin) / _HOUR))]
    offsets = [moment.astimezone(info).utcoffset() or timedelta() for moment in moments]
    offset = min(offsets)
    changes = [
        (moment, after)
        for (_, before), (moment, after) in pairwise(zip(moments, offsets, strict=True))
        if before != after
    ]
    summers = [
        Summer(
            (start + offset).replace(tzinfo=None),
            (stop + offset).replace(tzinfo=None),
            during - offset,
        )
        for (start, during), (stop, _) in pairwise([*changes, (end, offset)])
        if during > offset
    ]
    return Clock(offset, tuple(summers))


def _stamp(moment: datetime) -> str:
    return f"TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S}'"


def _interval(shift: timedelta) -> str:
    return f"INTERVAL {int(shift.total_seconds())} SECOND"


def _case(cases: Iterable[str], column: str) -> str:
    found = " ".join(cases)
    return f"CASE {found} ELSE {column} END" if found else column
