"""One line of the table of promises."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One promise, measured: `figure` is to be no larger than `target`.

    Without a target nothing is promised; the figure is told for scale.
    """

    promise: str
    subject: str
    figure: float
    target: float | None
    stretch: float | None
    unit: str = "x"
    spread: tuple[float, float] | None = None
    ours_ms: float | None = None
    other_ms: float | None = None
    rounds: int = 0

    @property
    def verdict(self) -> str:
        """Return MISS, PASS, or STRETCH where even that is reached."""
        if self.target is None:
            return ""
        if self.figure > self.target:
            return "MISS"
        is_stretch = self.stretch is not None and self.figure <= self.stretch
        return "STRETCH" if is_stretch else "PASS"
