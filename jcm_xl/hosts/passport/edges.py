"""Rounding where binary and decimal part: decision 0003, as cells of a book."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.formula.evaluation.book import evaluate_cells
from jcm_xl.hosts.passport.trial import Trial, TrialKind
from jcm_xl.xlsx.grid import Cell, Grid, Sheet

_CUTS = ("ROUNDDOWN({},0)", "INT({})", "TRUNC({})")
_FIRST = "1.15*100"
_HUNDREDTHS, _MOST = range(1, 1000), 6
_TAILS = ("1E-9", "1E-11", "1E-12", "3E-13", "1E-13", "1E-14")
_WHOLE = ("44", "40001")
_OTHERS = (
    "ROUNDDOWN(40000.846-2^-37,3)",
    "0.1*3-0.3",
    "(0.1*3-0.3)",
    "0.1+0.2=0.3",
    "(43.1-43.2)+1",
    "ROUND(2.5,0)",
    "ROUND(1.005*100,0)",
    "ROUND(-2.5,0)",
    "ROUNDDOWN(-0.5,0)",
    "1/3*3=1",
    "2^53+1-2^53",
)


def edge_trials() -> tuple[Trial, ...]:
    """Return a trial for each edge; where programs are known to differ none is right.

    What has to come out is what our own evaluation of formulas gives.
    """
    formulas = list(dict.fromkeys(_formulas()))
    cells = {(row, 1): Cell(None, text) for row, text in enumerate(formulas, 1)}
    grid = Grid((Sheet("Edges", cells=cells),))
    found = evaluate_cells(grid, [("Edges", *at) for at in cells])
    return tuple(
        Trial(
            TrialKind.EDGES,
            "noted only: programs differ" if told.obstacle else "rounding",
            "decision 0003",
            (text,),
            None if told.obstacle else told.value,
        )
        for text, told in zip(formulas, found.values(), strict=True)
    )


def _formulas() -> Iterator[str]:
    yield from (cut.format(_FIRST) for cut in _CUTS)
    # Products that are whole in decimal and a little less in binary.
    less = [n for n in _HUNDREDTHS if n / 100 * 100 < n][:_MOST]
    yield from (_CUTS[0].format(f"{n / 100!r}*100") for n in less)
    for whole in _WHOLE:
        for tail in _TAILS:
            yield from (cut.format(f"({whole}-{tail})") for cut in _CUTS[:2])
    yield from _OTHERS
