"""The units of the language, as a list for the author of a definition."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.documents.lines import BLANK, Line, line
from jcm_xl.expr.unit import GROUPS, PRODUCTS


def unit_lines() -> Iterator[Line]:
    """Yield every unit by its kind, and how a unit is made of several."""
    for group, words in GROUPS.items():
        yield line(group, "head")
        yield line(" ".join(words), indent=2)
    yield line("Products", "head")
    for word, parts in PRODUCTS.items():
        yield line(f"{word} = {'*'.join(parts)}", indent=2)
    yield BLANK
    yield line("Units are joined by * and /, all of * before the first /: tCO2/MWh,")
    yield line("kgCH4/ha/day. p is the period: what is monitored is MWh/p, not MWh.")
    yield line("A number without a unit is 1. Nothing is converted by itself: state a")
    yield line("constant with its unit, such as 1000 kWh/MWh.")
