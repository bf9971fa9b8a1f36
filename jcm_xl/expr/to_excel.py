"""Tree to the text of an Excel formula, without the leading ``=``.

Every binary node has its parentheses, so no rule of precedence that differs
between Python and Excel can matter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.functions import BETWEEN_KEYS, CONDITIONAL, FUNCTIONS
from jcm_xl.expr.nodes import (
    Binary,
    Call,
    Comparison,
    Expr,
    Inversion,
    Junction,
    Name,
    Negation,
    Number,
    Text,
)
from jcm_xl.expr.operators import OPERATORS


@dataclass(frozen=True, slots=True)
class TableRange:
    """Where a table stands on a sheet.

    ``keys`` is the range of keys, or of lower limits (``from``) in a class
    table. ``first`` and ``last`` are the limits of all classes, as cells or as
    numbers; ``last_closed`` says that the last limit belongs to its class. Of a
    table of points they are the first and the last point.
    """

    match: Literal["exact", "class", "points"]
    keys: str
    values: str
    first: str = ""
    last: str = ""
    last_closed: bool = False


Locate = Callable[[str], str]


def to_excel(
    expr: Expr,
    cell: Locate,
    column: Locate,
    table: Callable[[str], TableRange],
) -> str:
    """Render a value or a condition.

    ``cell`` gives the address of a quantity, ``column`` the range of an indexed
    quantity inside ``sum``, ``table`` the place of a table.
    """
    return _Renderer(cell, column, table).render(expr)


@dataclass(frozen=True, slots=True)
class _Renderer:
    cell: Locate
    column: Locate
    table: Callable[[str], TableRange]

    def render(self, expr: Expr) -> str:
        """One node and everything below it."""
        match expr:
            case Number(text):
                return text.upper()
            case Text(value):
                return _quoted(value)
            case Name(identifier):
                return self.cell(identifier)
            case Negation(operand):
                return f"(-{self.render(operand)})"
            case Binary(operator, left, right) | Comparison(operator, left, right):
                sign = OPERATORS[operator].excel
                return f"({self.render(left)}{sign}{self.render(right)})"
            case Junction(operator, parts):
                return (
                    f"{OPERATORS[operator].excel}({','.join(map(self.render, parts))})"
                )
            case Inversion(operand):
                return f"NOT({self.render(operand)})"
            case Call(function, arguments):
                return self._call(function, arguments)

    def _call(self, function: str, arguments: tuple[Expr, ...]) -> str:
        match function, arguments:
            case "t_value", (Number() as share, degrees):
                return f"TINV({1 - share.decimal},{self.render(degrees)})"
            case _, (Name(identifier), condition) if function in CONDITIONAL:
                return self._of_some(function, self.column(identifier), condition)
            case "sum", (Name(identifier),):
                return f"SUM({self.column(identifier)})"
            case (("mean" | "count"), (Name(identifier),)):
                return f"{FUNCTIONS[function].excel}({self.column(identifier)})"
            case (("largest" | "smallest"), (Name(identifier),)):
                # MAX of nothing is 0, which would be a value nobody has.
                column = self.column(identifier)
                name = FUNCTIONS[function].excel
                return f"IF(COUNT({column})=0,NA(),{name}({column}))"
            case "interpolate", (Name(identifier), key):
                return _interpolated(self.table(identifier), self.render(key))
            case "lookup", (Name(identifier), *keys):
                joined = f'&"{BETWEEN_KEYS}"&'.join(map(self.render, keys))
                return _lookup(self.table(identifier), joined)
            case "any", (operand,):
                return self._any(operand)
            case _:
                inside = ",".join(map(self.render, arguments))
                return f"{FUNCTIONS[function].excel}({inside})"

    def _of_some(self, function: str, column: str, condition: Expr) -> str:
        """Take the units of certain choices; a choice that is missing stops it.

        SUMIFS passes over what is an error among the choices, SUMPRODUCT does not. Not
        every program has AVERAGEIFS.
        """
        parts = condition.parts if isinstance(condition, Junction) else (condition,)
        asked = [(self.column(name), _quoted(t)) for name, t in map(_chosen, parts)]
        count = f"SUMPRODUCT({'*'.join(f'({w}={t})' for w, t in asked)}*1)"
        total = f"SUMIFS({column},{','.join(f'{w},{t}' for w, t in asked)})"
        if function == "count":
            return count
        if function == "mean":
            return f"({total}/{count})"
        return f"IF(ISERROR({count}),NA(),{total})"

    def _any(self, operand: Expr) -> str:
        """Count the units: of a set the flags of those in use, else the texts."""
        match operand:
            case Name(identifier):
                return f"(COUNTIF({self.column(identifier)},1)>0)"
            case Junction("or", parts):
                return f"OR({','.join(map(self._any, parts))})"
            case Comparison("==", Name(identifier), Text(text)):
                return f"(COUNTIF({self.column(identifier)},{_quoted(text)})>0)"
            case Comparison("==", Text(), Name()):
                return self._any(Comparison("==", operand.right, operand.left))
        raise TypeError(f"no sheet counts this: {operand}")


def _chosen(condition: Expr) -> tuple[str, str]:
    match condition:
        case Comparison("==", Name(identifier), Text(text)):
            return identifier, text
    raise TypeError(f"no sheet counts this: {condition}")


def _quoted(value: str) -> str:
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def _interpolated(place: TableRange, key: str) -> str:
    """Join two points by a straight line; the last point belongs to the last line."""
    row = f"MIN(MATCH({key},{place.keys},1),ROWS({place.keys})-1)"

    def at(where: str, step: str = "") -> str:
        return f"INDEX({where},{row}{step})"

    rise = f"({at(place.values, '+1')}-{at(place.values)})"
    run = f"({at(place.keys, '+1')}-{at(place.keys)})"
    line = f"({at(place.values)}+((({key}-{at(place.keys)})*{rise})/{run}))"
    return f"IF(AND({key}>={place.first},{key}<={place.last}),{line},NA())"


def _lookup(place: TableRange, key: str) -> str:
    if place.match == "exact":
        return f"INDEX({place.values},MATCH({key},{place.keys},0))"
    # MATCH(...,1) alone would give the last class to every larger key.
    below = "<=" if place.last_closed else "<"
    inside = f"AND({key}>={place.first},{key}{below}{place.last})"
    found = f"INDEX({place.values},MATCH({key},{place.keys},1))"
    return f"IF({inside},{found},NA())"
