"""What a calculation gave: every quantity, with what stands in its way."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jcm_xl.dataclass import dataclass
from jcm_xl.model.methodology import Methodology


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value of one name (and unit row); `error` is the spreadsheet's own word."""

    name: str
    row: int | None
    value: float | str | None
    error: str = ""
    reason: str = ""
    exact: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A required input that is blank or unusable; `row` 0: no unit row is used."""

    name: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """All quantities of one stage.

    unrounded:      reductions before rounding, tCO2 per period.
    sheet_credited: what the sheet's ROUNDDOWN shows (spreadsheet arithmetic).
    credited:       the same from exact decimal arithmetic.
    """

    methodology: Methodology
    quantities: Mapping[tuple[str, int | None], Quantity]
    missing: tuple[Missing, ...]
    unrounded: float | None
    sheet_credited: int | None
    credited: int | None
    is_knife_edge: bool

    @property
    def status(self) -> str:
        """Return `complete`, `incomplete` or `not calculable`."""
        if self.missing:
            return "incomplete"
        return "complete" if self.unrounded is not None else "not calculable"

    def get(self, name: str, row: int | None = None) -> Quantity | None:
        """Return one quantity, `None` where the unit row is unused."""
        return self.quantities.get((name, row))
