"""Months as columns on a page: plan against report, the months with findings marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.drawing import Drawn, Mark, Marks
from jcm_xl.model.key import month_note
from jcm_xl.plan.month_amounts import AmountByMonth, MonthAmount
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import parse_address

WIDTH, HEIGHT = 760, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 10, 24, 28
_BAR = 0.36
"""The share of a month's room that one column takes."""
_LEAST, _LETTERS = 1e-12, 12


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column of a chart in its pixels; what it says is its title."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class ChartTick:
    """A line across a chart with its number, or a month below it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class MonthChart:
    """One amount; `has_plan` tells whether the plan has an estimate of it."""

    title: str
    has_plan: bool
    columns: tuple[ChartColumn, ...]
    lines: tuple[ChartTick, ...]
    months: tuple[ChartTick, ...]
    size: tuple[int, int] = (WIDTH, HEIGHT)
    left: int = _LEFT


def month_charts(book: Drawn, marks: Marks) -> Iterator[MonthChart]:
    """Yield a chart for each amount that was typed by month."""
    if book.plan is None or book.place is None:
        return
    for amount in book.months:
        yield _chart(amount, [_mark(book, m, k, marks)
                              for k, m in enumerate(amount.months, 1)])  # fmt: skip


def _mark(book: Drawn, month: MonthAmount, k: int, marks: Marks) -> Mark | None:
    """Return the finding at a month's cells, or at its note."""
    for key in (*month.keys, month_note(k)):
        slot = book.plan.get(key) if book.plan is not None else None
        found = _at(slot, book.place, marks) if slot and book.place else None
        if found is not None:
            return found
    return None


def _at(
    slot: Slot, place: Callable[[Slot], tuple[str, str]], marks: Marks
) -> Mark | None:
    sheet, cell = place(slot)
    return marks.get(sheet, {}).get(parse_address(cell)) if cell else None


def _chart(amount: AmountByMonth, marks: Sequence[Mark | None]) -> MonthChart:
    values = [v for m in amount.months for v in (m.report, m.plan) if v is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    span = max(high - low, _LEAST)
    room = (WIDTH - _LEFT - _RIGHT) / max(1, len(amount.months))
    inner = HEIGHT - _TOP - _BOTTOM

    def y(value: float) -> float:
        return _TOP + inner * (high - value) / span

    columns: list[ChartColumn] = []
    for n, (month, mark) in enumerate(zip(amount.months, marks, strict=True)):
        left = _LEFT + room * n + room * (1 - 2 * _BAR) / 2
        for i, (kind, value) in enumerate((("plan", month.plan),
                                           ("report", month.report))):  # fmt: skip
            if value is not None:
                top, bottom = y(max(value, 0)), y(min(value, 0))
                title = f"{month.month:%Y-%m}: {value:.6g} {amount.unit}"
                columns.append(ChartColumn(
                    kind, round(left + i * room * _BAR, 1), round(top, 1),
                    round(room * _BAR, 1), round(max(bottom - top, 1), 1), title,
                    mark if kind == "report" else None,
                ))  # fmt: skip
    shown = [v for v in (low, high) if abs(y(v) - y(0)) > _LETTERS] + [0.0]
    return MonthChart(
        title=f"{amount.symbol} [{amount.unit}]: {amount.label}",
        has_plan=any(m.plan is not None for m in amount.months),
        columns=tuple(columns),
        lines=tuple(ChartTick(round(y(v), 1), f"{v:.4g}") for v in shown),
        months=tuple(
            ChartTick(round(_LEFT + room * (n + 0.5), 1), f"{m.month:%y-%m}")
            for n, m in enumerate(amount.months)
        ),
    )
