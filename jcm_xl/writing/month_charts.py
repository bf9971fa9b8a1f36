"""Charts on the sheet Monthly: plan against report, odd months in another colour."""

from __future__ import annotations

from typing import Any

from jcm_xl.model.key import Key
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.sheets.month_pictures import CHART_ROWS
from jcm_xl.plan.stage import MONTHS

_COLOURS = {"plan": "#BDD7EE", "report": "#2F75B5", "look": "#C62828"}
_SIZE = {"width": 640, "height": 320}


def draw_months(plan: Plan, book: Any, sheet: Any) -> None:
    """Draw the amounts that have a table below the months."""
    for name in plan.methodology.parameters:
        head = plan.get(Key("monthly", "picture.head", name))
        if head is None:
            continue
        chart = book.add_chart({"type": "column"})
        for word, colour in _COLOURS.items():
            title = plan[Key("monthly", f"picture.{word}.head", name)]
            chart.add_series(
                {
                    "name": str(title.content),
                    "categories": _column(plan, "month", name),
                    "values": _column(plan, word, name),
                    "fill": {"color": colour},
                    "overlap": 0,
                    "gap": 40,
                }
            )
        chart.set_title({"name": str(head.content), "name_font": {"size": 12}})
        chart.set_x_axis(
            {"num_format": "mmm yy", "text_axis": True, "label_position": "low"}
        )
        chart.set_y_axis({"num_format": "#,##0"})
        chart.set_legend({"position": "bottom"})
        chart.set_size(_SIZE)
        sheet.insert_chart(head.row - 1 - CHART_ROWS, head.column - 1, chart)


def _column(plan: Plan, word: str, name: str) -> list[str | int]:
    first, last = (
        plan[Key("monthly", f"picture.{word}", name, at=k)] for k in (1, MONTHS)
    )
    return [first.sheet, first.row - 1, first.column - 1, last.row - 1, last.column - 1]
