"""A number format hides a number or shows another one.

Why it matters
    People read what is shown, formulas what is stored. A format such as ;;; shows
    nothing, "25" shows 25 whatever the value is, and a comma at the end shows a
    thousandth.

How to fix it
    Give the cell the format General or a number format with as many decimals as you
    need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Context, Finding, Phase, Severity, check

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?![hms]+\])[^\]]*\]')
_SCALED = re.compile(r"[0#?],+(?:[^0#?,]|$)")


@check(
    code="JX221",
    name="number-disguised",
    phase=Phase.STRUCTURE,
    severity=Severity.WARNING,
    audience=Audience.PARTICIPANT,
    basis="ECMA-376 part 1, 18.8.31: a number format may show any text for a number",
    message="{cell} on {sheet} holds {actual}, but its number format '{format}' shows "
    "something else.",
    remedy="Give {cell} the format General, or a number format with decimals.",
)
def number_disguised(context: Context) -> Iterator[Finding]:
    """Look for numbers under a format that does not show them."""
    formats = context.grid.styles.formats
    bad = {n for n, code in enumerate(formats) if is_disguise(code)}
    if not bad:
        return
    for name, places in context.plan.by_place.items():
        sheet = context.sheets.get(name)
        for place, cell in sheet.cells.items() if sheet else ():
            slot = places.get(place)
            if slot and cell.style in bad and type(cell.value) is float:
                yield Finding(
                    slot,
                    parameter=context.subject(slot),
                    actual=f"{cell.value:.15g}",
                    facts={"format": formats[cell.style]},
                )


def is_disguise(code: str) -> bool:
    """Tell whether a format hides, replaces or scales a positive number."""
    section = code.partition(";")[0]
    literal = "".join(a or b for a, b in _LITERAL.findall(section))
    bare = _LITERAL.sub("", section)
    if re.search(r"\d", literal) or _SCALED.search(bare):
        return True
    shows = re.search(r"[0#?@]|general|[dmyhse]", bare, re.IGNORECASE)
    return not shows
