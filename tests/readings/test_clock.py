"""The line of time: every hour once, there and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jcm_xl.readings.clock import clock_of

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "zone", ["America/Santiago", "Asia/Bangkok", "Europe/Berlin", "Asia/Ulaanbaatar"]
)
def test_local_times_are_those_of_the_zone(zone: str) -> None:
    clock = clock_of(zone, datetime(2025, 1, 1), datetime(2025, 12, 31))
    info, moment = ZoneInfo(zone), datetime(2025, 1, 1, tzinfo=UTC)
    while moment.year == 2025:
        local = moment.astimezone(info).replace(tzinfo=None)
        on_line = moment.replace(tzinfo=None) + clock.offset
        assert clock.shown(on_line) == local
        if clock.of_local(local) != on_line:
            assert moment.astimezone(info).fold == 0, "of two the later one is taken"
            assert any(s.end <= local < s.end + s.shift for s in clock.summers)
        moment += HOUR


def test_a_zone_without_summer_is_on_the_line() -> None:
    clock = clock_of("Asia/Jakarta", datetime(2025, 1, 1), datetime(2025, 12, 31))
    assert clock.summers == ()
    assert clock.on_line("t") == "t"
