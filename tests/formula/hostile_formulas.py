"""Formulas by chance and by ill will, for the second engine: `python -m ... SEED N`.

Run as a program, as the engine is native code that could end it.
"""

from __future__ import annotations

import random
import sys

from jcm_xl.formula.scan import PROVED, TAKES_RANGES
from jcm_xl.formula.second_engine import evaluate
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Sheet

_VALUES = (
    "1E308", "-1E308", "1E-320", "0", "-0", "99999999999", "0.1", "2958466", "-1", "65",
    '"a"', '""', '"#N/A"', '"*?~"', "#N/A", "#REF!", "TRUE", "1%", '"😀"', "1E+20",
)  # fmt: skip
_SIGNS = ("+", "-", "*", "/", "^", "&", "=", "<>", "<", ">=", "%+", "--", "+-")
_RANGES = ("A1:A30", "A1:C3", "B1:B1", "$A$30:$A$1", "'My sheet'!A1:B9", "Z1:Z99")
_ROWS = 30


def formula(chance: random.Random, deep: int = 4) -> str:
    """Return a formula that makes sense to a parser, and seldom to anybody else."""
    kind = chance.random()
    if deep == 0 or kind < 0.25:
        return chance.choice(_VALUES)
    if kind < 0.45:
        return f"{chance.choice('ABC')}{chance.randint(1, _ROWS)}"
    if kind < 0.65:
        parts = (formula(chance, deep - 1) for _ in range(2))
        return chance.choice(_SIGNS).join(parts)
    if kind < 0.72:
        return f"({formula(chance, deep - 1)})"
    name = chance.choice(sorted(PROVED))
    count = chance.choice((0, 1, 1, 1, 2, 2, 3, 3, 4, 40))
    is_range = name in TAKES_RANGES
    arguments = [
        chance.choice(_RANGES)
        if is_range and chance.random() < 0.6
        else formula(chance, deep - 1)
        for _ in range(count)
    ]
    return f"{name}({','.join(arguments)})"


def damaged(text: str, chance: random.Random) -> str:
    """Return a formula with a sign too few or too many."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice("()+,\"':!#$\x00{}@ é") + text[at:]


def grid(chance: random.Random) -> Grid:
    """Return a book of such formulas, some reading each other."""
    cells = {}
    for row in range(1, _ROWS + 1):
        for column in (1, 2, 3):
            text = formula(chance)
            if chance.random() < 0.1:
                text = damaged(text, chance)
            is_value = chance.random() < 0.3
            value = chance.choice(
                (None, 1e308, -0.0, "x", True, CellError("#N/A"), 7.5)
            )
            cells[row, column] = Cell(value) if is_value else Cell(None, text)
    return Grid((Sheet("Own", cells=cells), Sheet("My sheet", cells=cells)))


def main(seed: int, count: int) -> int:
    """Evaluate so many books; return how many cells were answered."""
    chance = random.Random(seed)
    answered = 0
    for _ in range(count):
        wanted = [("Own", row, column) for row in range(1, 31) for column in (1, 2, 3)]
        answers = evaluate(grid(chance), wanted)
        answered += sum(not answer.reason for answer in answers.values())
    return answered


if __name__ == "__main__":
    print(main(int(sys.argv[1]), int(sys.argv[2])))
