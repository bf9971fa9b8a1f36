"""Random sheets and formulas over them, for engines to be compared by."""

from __future__ import annotations

import random

TEXTS = ("grid", "Captive", "solar", "x1", "Unit A")
COLUMNS = "BCDEF"
ROWS = 12
"""The data stand in B1:F12 of one sheet, the formulas in column H."""

_TESTS = ("=", "<>", "<", ">", "<=", ">=")


class RandomBook:
    """One sheet with data and formulas, drawn from a seed."""

    def __init__(self, seed: int, formulas: int = 60) -> None:
        self._draw = random.Random(seed)
        self.cells: dict[str, object] = {}
        for column in COLUMNS:
            for row in range(1, ROWS + 1):
                self.cells[f"{column}{row}"] = self._value(column)
        self.formulas = {f"H{n}": self._formula(n) for n in range(1, formulas + 1)}

    def _value(self, column: str) -> object:
        draw = self._draw
        if column == "B":  # sorted keys
            return None
        if column == "C":
            return draw.choice(TEXTS)
        if draw.random() < 0.1:
            return None
        if column == "F":
            return float(draw.randint(43_000, 46_000))
        return draw.choice((float(draw.randint(-20, 90)), round(draw.gauss(40, 30), 2)))

    def _formula(self, number: int) -> str:
        return self._one(3)

    def _area(self, column: str = "") -> str:
        column = column or self._draw.choice("DE")
        top = self._draw.randint(1, ROWS - 1)
        bottom = self._draw.randint(top + 1, ROWS)
        return f"{column}{top}:{column}{bottom}"

    def _number(self, depth: int) -> str:
        draw = self._draw
        if depth <= 0 or draw.random() < 0.3:
            return draw.choice(
                (f"{draw.choice('DE')}{draw.randint(1, ROWS)}", str(draw.randint(0, 9)),
                 f"{draw.randint(1, 99)}.{draw.randint(1, 9)}")
            )  # fmt: skip
        return self._one(depth - 1)

    def _one(self, depth: int) -> str:
        draw, n = self._draw, self._number
        whole = f"$E$1:$E${ROWS}"
        texts, days = f"$C$1:$C${ROWS}", f"$F$1:$F${ROWS}"
        sign = draw.choice(_TESTS)
        bound = draw.randint(-5, 60)
        first = draw.randint(43_000, 45_000)
        text = draw.choice((*TEXTS, "s*", "?rid", "<>grid"))
        return draw.choice((
            lambda: f"({n(depth)}{draw.choice('+-*')}{n(depth)})",
            lambda: f"IFERROR({n(depth)}/{n(depth)},0)",
            lambda: f"-{n(depth)}",
            lambda: f"SUM({self._area()},{n(depth)})",
            lambda: f"AVERAGE({self._area()})",
            lambda: f"MAX({self._area()})-MIN({self._area()})",
            lambda: f"COUNT({self._area()})+COUNTA({self._area('C')})",
            lambda: f"COUNTBLANK({self._area()})",
            lambda: f'SUMIF({texts},"{text}",{whole})',
            lambda: f'SUMIF({whole},"{sign}"&{bound})',
            lambda: f'COUNTIF({whole},"{sign}{bound}")',
            lambda: f'COUNTIF({texts},"{text}")',
            lambda: f'SUMIFS({whole},{texts},"{text}",{days},">={first}")',
            lambda: f'COUNTIFS({texts},"{text}",{days},"<{first}")',
            lambda: f'IFERROR(AVERAGEIF({texts},"{text}",{whole}),0)',
            lambda: f"SUMPRODUCT(({days}>={first})*({days}<{first + 700}))",
            lambda: f'SUMPRODUCT(--({texts}="{text}"),{whole})',
            lambda: f"ROUND({n(depth)},{draw.randint(-1, 3)})",
            lambda: f"ROUNDUP({n(depth)},{draw.randint(0, 2)})",
            lambda: f"ROUNDDOWN({n(depth)},{draw.randint(0, 2)})",
            lambda: f"ABS({n(depth)})",
            lambda: f"INT({n(depth)})",
            lambda: f"MOD({n(depth)},{draw.randint(2, 9)})",
            lambda: f"SQRT(ABS({n(depth)}))",
            lambda: f"IF({n(depth)}{sign}{n(depth)},{n(depth)},{n(depth)})",
            lambda: f"IF(AND({n(0)}{sign}{n(0)},{n(0)}>1),{n(depth)},{n(depth)})",
            lambda: f"IF(OR(ISBLANK(D{draw.randint(1, ROWS)}),{n(0)}>5),1,{n(depth)})",
            lambda: f"INDEX({whole},{draw.randint(1, ROWS)})",
            lambda: f'IFERROR(INDEX({whole},MATCH("{text}",{texts},0)),-1)',
            lambda: f'IFERROR(VLOOKUP("{text}",$C$1:$F${ROWS},3,FALSE),-1)',
            lambda: f"CHOOSE({draw.randint(1, 2)},{n(depth)},{n(depth)})",
            lambda: f"YEAR({first})*100+MONTH({first + bound})+DAY({first})",
            lambda: f"EOMONTH({first},{draw.randint(-14, 14)})",
            lambda: f"EDATE({first},{draw.randint(-14, 14)})",
            lambda: f"DATE({draw.randint(2001, 2050)},{bound},{bound})",
            lambda: f"LEN(TRIM(\" {text} \"&C{draw.randint(1, ROWS)}))",
            lambda: f'VALUE(LEFT("{abs(bound) + 100}",2))',
            lambda: f"LARGE({whole},{draw.randint(1, 4)})",
            lambda: f"SUBTOTAL(9,{self._area()})",
            lambda: f"PRODUCT({n(0)},{n(0)})",
        ))()  # fmt: skip
