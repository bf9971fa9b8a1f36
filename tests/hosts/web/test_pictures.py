"""The moving picture is one of the page as it is, and short."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts.web.chromium import Chromium
from tests.hosts.web.test_page import clear
from tests.pictures import LONGEST, MOVING, animated, frames, taken_apart

UNLIKE = 0.03
"""The share of points that may be others: systems draw letters otherwise."""


def test_the_moving_picture_is_short_and_small() -> None:
    shots = taken_apart(MOVING.read_bytes())
    assert len(shots) >= 4
    assert sum(shot.seconds for shot in shots) <= LONGEST
    assert len(MOVING.read_bytes()) < 1_500_000
    assert animated(shots) == MOVING.read_bytes()


@pytest.mark.browser
@pytest.mark.slow
def test_the_moving_picture_shows_the_page_as_it_is(
    page: Chromium, tmp_path: Path
) -> None:
    clear(page)
    kept = taken_apart(MOVING.read_bytes())
    now = list(frames(page, tmp_path))
    assert len(now) == len(kept)
    shares = []
    for number, (old, new) in enumerate(zip(kept, now, strict=True)):
        paths = [tmp_path / f"{number}-{word}.png" for word in ("old", "new")]
        for path, shot in zip(paths, (old, new), strict=True):
            path.write_bytes(shot.png)
        shares.append(page.do("unlike", files=[str(path) for path in paths]))
    assert max(shares) <= UNLIKE, "make pictures, and look at it"
    others = [str(tmp_path / f"{number}-new.png") for number in (0, len(now) - 1)]
    assert page.do("unlike", files=others) > UNLIKE, "the comparison sees a difference"
    clear(page)
    page.do("size", width=1366)
