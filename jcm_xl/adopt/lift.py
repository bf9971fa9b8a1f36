"""Formulas of a workbook as trees of our little language.

A reference becomes what its cell is: a named value, a table, a number; a cell without a
name is followed. Guards against empty cells are taken off and noted. What is not
understood raises `NotLifted` with the reason: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from typing import NoReturn

from jcm_xl.adopt.found import OfficialSheets
from jcm_xl.adopt.lookups import (
    ReadTable,
    class_rows,
    closed,
    exact_rows,
    printed_place,
)
from jcm_xl.adopt.names import index_of
from jcm_xl.dataclass import dataclass
from jcm_xl.expr.functions import BETWEEN_KEYS, FUNCTIONS
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
from jcm_xl.expr.used import names
from jcm_xl.foreign.words import plain
from jcm_xl.formula.evaluation.tree import (
    CallNode,
    CellAt,
    CellNode,
    JoinNode,
    LinesNode,
    NameNode,
    Node,
    PairNode,
    SignsNode,
    TreeMaker,
    ValueNode,
)
from jcm_xl.formula.parse import NotParsed, made
from jcm_xl.formula.scan import CellPlace
from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Grid

NOTHING = Text("\0")
"""What a guard shows in place of a number: an empty text, words or #N/A."""
CELL = "="
"""Begins the name of a number in a cell that says nothing of itself: `=Sheet!B5`."""
HIDDEN = "~"
"""Begins the name of a column of units that has no name."""
TABLE = "#"
_DEEPEST = 60
_LARGEST = 2_000
_COMPARED = {"=": "==", "<>": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_CALLS = {
    "MIN": "min",
    "MAX": "max",
    "ABS": "abs",
    "EXP": "exp",
    "LN": "ln",
    "SQRT": "sqrt",
}
_OF_UNITS = {
    "average": "mean",
    "count": "count",
    "max": "largest",
    "min": "smallest",
}
_CUTS = ("INT", "TRUNC", "ROUNDDOWN", "FLOOR", "FLOOR.MATH")
_GUARDS = frozenset(
    ("ISNUMBER", "ISBLANK", "ISERROR", "ISERR", "ISNA", "ISTEXT", "ISNONTEXT",
     "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COLUMNS", "ROWS", "N", "LEN", "TRIM")
)  # fmt: skip


class NotLifted(Exception):
    """A formula that is not understood, in words."""


@dataclass
class _Unit:
    """The unit row whose formula is lifted: 0 for none, -1 for the first one met."""

    number: int


@dataclass
class Lifter:
    """Lifts the formulas of one workbook.

    tables: as the formulas read them, by name. hidden: the formulas of columns of units
    that have no name. guards: (place, formula) of what was taken off. numbers: name of
    a nameless number -> its value.
    """

    grid: Grid
    sheets: OfficialSheets
    tables: dict[str, ReadTable] = field(default_factory=dict)
    hidden: dict[str, Expr] = field(default_factory=dict)
    guards: dict[CellPlace, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cells: Mapping[str, Mapping[tuple[int, int], Cell]] = {
            s.name.casefold(): s.cells for s in self.grid.sheets
        }
        self._titles = {s.name.casefold(): s.name for s in self.grid.sheets}
        self._names = {k.casefold(): v for k, v in self.grid.names.items()}
        self._by_place = {
            (p[0].casefold(), *p[1:]): f for p, f in self.sheets.by_place.items()
        }

    def lift(self, place: CellPlace, unit: int) -> Expr:
        """Return the formula of a cell as a tree. Raises `NotLifted`."""
        cell = self.cell(place)
        if cell.formula is None:
            return self._constant(place, cell.value)
        found = self._formula(cell.formula, place, _Unit(unit), 0)
        if found == NOTHING:
            raise NotLifted("every branch of it is empty")
        return found

    def cell(self, place: CellPlace) -> Cell:
        """Return what is stored at a place."""
        return self._cells.get(place[0].casefold(), {}).get(place[1:], Cell(None))

    def _formula(self, formula: str, place: CellPlace, unit: _Unit, depth: int) -> Expr:
        maker = TreeMaker()
        try:
            node = made(formula.removeprefix("="), maker)
        except NotParsed:
            raise NotLifted("it cannot be parsed") from None
        return _Formula(self, place, unit, maker.cells, depth).lift(node)

    def refer(self, place: CellPlace, unit: _Unit, depth: int) -> Expr:
        """Return what a reference to a cell means."""
        found = self._by_place.get((place[0].casefold(), *place[1:]))
        if found is None:
            return self._nameless(place, unit, depth)
        index, name = index_of(found.item), Name(found.item.name)
        if not index:
            return name
        if not found.unit:
            return Call("sum", (name,))
        if unit.number == -1:
            unit.number = found.unit
        if unit.number == found.unit:
            return name
        if not unit.number and len(self.sheets.units(index)) == 1:
            return Call("sum", (name,))
        whose = f"of unit {unit.number}" if unit.number > 0 else "of no unit"
        raise NotLifted(
            f"it reads {found.item.name} of unit {found.unit}, at "
            f"{printed_place(place)}, in the formula {whose}"
        )

    def _nameless(self, place: CellPlace, unit: _Unit, depth: int) -> Expr:
        cell = self.cell(place)
        if cell.formula is not None:
            if depth > _DEEPEST:
                raise NotLifted("its cells lead back to themselves")
            return self._formula(cell.formula, place, unit, depth + 1)
        if cell.value is None or cell.value == "":
            where = printed_place(self.titled(place))
            raise NotLifted(f"it reads {where}, an empty cell of no known parameter")
        return self._constant(place, cell.value)

    def titled(self, place: CellPlace) -> CellPlace:
        """Return a place with the sheet's name as it is spelt in the book."""
        return (self._titles.get(place[0].casefold(), place[0]), *place[1:])

    def _constant(self, place: CellPlace, value: CellValue) -> Expr:
        if isinstance(value, float) and not isinstance(value, bool):
            name = CELL + printed_place(self.titled(place))
            self.numbers[name] = value
            return Name(name)
        if isinstance(value, str):
            return Text(value) if value.strip() else NOTHING
        raise NotLifted("it holds an error or a truth value")

    def name(self, text: str, sheet: str) -> str | None:
        """Return what a defined name stands for."""
        own = f"{sheet.casefold()}!{text.casefold()}"
        return self._names.get(own, self._names.get(text.casefold()))

    # -- tables ----------------------------------------------------------------------

    def table(
        self, keys: Sequence[CellPlace], values: Sequence[CellPlace], *, is_exact: bool
    ) -> str:
        """Return the name of the table with these cells."""
        titled = [self.titled(place) for place in keys]
        worth = [self.titled(place) for place in values]
        rows = (exact_rows if is_exact else class_rows)(
            titled, worth, [self.cell(p).value for p in keys],
            [self.cell(p).value for p in values],
        )  # fmt: skip
        wanted = ReadTable("", "exact" if is_exact else "class", rows)
        for name, known in self.tables.items():
            if known.match == wanted.match and known.places == wanted.places:
                return name
        name = f"{TABLE}{len(self.tables) + 1}"
        self.tables[name] = wanted._replace(name=name)
        return name

    def end(self, name: str, limit: float, place: CellPlace, *, is_in: bool) -> None:
        """Take the upper limit of a class table from the condition around it."""
        self.tables[name] = closed(
            self.tables[name], limit, self.titled(place), is_in=is_in
        )

    def column(self, tree: Expr) -> Expr:
        """Return the sum of an expression over the units."""
        if isinstance(tree, Name):
            return Call("sum", (tree,))
        name = next((n for n, known in self.hidden.items() if known == tree), None)
        if name is None:
            name = f"{HIDDEN}{len(self.hidden) + 1}"
            self.hidden[name] = tree
        return Call("sum", (Name(name),))


class _Formula:
    """Lifts the nodes of one formula."""

    def __init__(
        self,
        of: Lifter,
        place: CellPlace,
        unit: _Unit,
        cells: Sequence[CellAt],
        depth: int,
    ) -> None:
        self.of, self.place, self.unit = of, place, unit
        self.cells, self.depth = cells, depth

    def lift(self, node: Node) -> Expr:
        """Return the tree of a node."""
        match node:
            case ValueNode(value):
                return self._value(value)
            case CellNode():
                return self.of.refer(self._at(node), self.unit, self.depth)
            case SignsNode(signs, operand):
                return self._signed(signs, operand)
            case PairNode("^", first, second):
                return self._power(first, second)
            case PairNode("&"):
                return NOTHING
            case PairNode(sign, first, second) if sign in _COMPARED:
                pair = self.lift(first), self.lift(second)
                return Comparison(_COMPARED[sign], *pair)
            case PairNode(sign, first, second):
                return Binary(sign, self._number(first), self._number(second))
            case NameNode(name, sheet):
                return self._defined(name, sheet)
            case CallNode(name, arguments):
                return self._call(name, arguments)
        raise NotLifted("it has a reference that is not followed")

    def _number(self, node: Node) -> Expr:
        found = self.lift(node)
        if found == NOTHING:
            raise NotLifted("it calculates with an empty text")
        return found

    def _value(self, value: CellValue) -> Expr:
        if isinstance(value, bool) or value is None:
            raise NotLifted("it has a truth value or an argument that is left out")
        if isinstance(value, float):
            return Number(_digits(value))
        if isinstance(value, CellError):
            return NOTHING
        return Text(value) if value.strip() else NOTHING

    def _at(self, node: CellNode) -> CellPlace:
        cell = self.cells[node.number]
        return node.sheet or self.place[0], cell.row, cell.column

    def _signed(self, signs: str, operand: Node) -> Expr:
        found = self._number(operand)
        if signs[0] == "%":
            for _ in signs:
                found = Binary("/", found, Number("100"))
            return found
        return Negation(found) if signs.count("-") % 2 else found

    def _power(self, first: Node, second: Node) -> Expr:
        base, power = self._number(first), self.lift(second)
        if power == Number("0.5"):
            return Call("sqrt", (base,))
        digits = power.operand if isinstance(power, Negation) else power
        if isinstance(digits, Number) and re.fullmatch("[1-9]", digits.text):
            return Call("power", (base, power))
        raise NotLifted("it has a power that the language does not have")

    def _defined(self, name: str, sheet: str) -> Expr:
        text = self.of.name(name, sheet or self.place[0])
        if text is None or self.depth > _DEEPEST:
            raise NotLifted(f"it uses the name {name}, which is not defined")
        return self.of._formula(text, self.place, self.unit, self.depth + 1)

    # -- calls -----------------------------------------------------------------------

    def _call(self, name: str, arguments: tuple[Node, ...]) -> Expr:
        if not arguments and name != "NA":
            raise NotLifted(f"it calls {name} of nothing")
        match name, arguments:
            case "IF", (condition, *branches):
                return self._if(condition, branches)
            case "IFS", _ if len(arguments) % 2 == 0:
                return self._ifs(arguments)
            case (("IFERROR" | "IFNA"), (first, *_)):
                self._note(f"{name}(...)")
                return self.lift(first)
            case (("AND" | "OR"), _):
                parts = tuple(self.lift(part) for part in arguments)
                return Junction(name.lower(), parts) if parts[1:] else parts[0]
            case "NOT", (operand,):
                return Inversion(self.lift(operand))
            case "NA", ():
                return NOTHING
        return self._figured(name, arguments)

    def _figured(self, name: str, arguments: tuple[Node, ...]) -> Expr:
        match name, arguments:
            case "SUM", _:
                return self._total([self._elements(a) for a in arguments])
            case "SUMPRODUCT", _:
                return self._total([self._product(arguments)])
            case "PRODUCT", _:
                found = [e for a in arguments for _, e in self._elements(a)]
                return _joined("*", found)
            case _ if name in _CALLS:
                return self._of_all(_CALLS[name], arguments)
            case _ if name in _CUTS:
                return self._cut(name, arguments)
            case (("AVERAGE" | "COUNT"), _):
                over = self._over_units(name.lower(), arguments)
                if over is None:
                    raise NotLifted(f"it calls {name} of what are no units")
                return over
            case "POWER", (base, power):
                return self._power(base, power)
            case (("N" | "TRIM"), (operand,)):
                return self.lift(operand)
        return self._looked_up(name, arguments)

    def _of_all(self, name: str, arguments: Sequence[Node]) -> Expr:
        """Call a function of our language, if it takes so many values."""
        found = [tree for node in arguments for _, tree in self._elements(node)]
        over = self._over_units(name, arguments)
        if over is not None:
            return over
        if name in ("min", "max") and len(found) == 1:
            return found[0]
        if not FUNCTIONS[name].accepts(len(found)):
            raise NotLifted(f"it calls {name} of {len(found)} values")
        return Call(name, tuple(found))

    def _over_units(self, name: str, arguments: Sequence[Node]) -> Expr | None:
        """Return the mean, the largest and so on of all units of one quantity."""
        if name not in _OF_UNITS or len(arguments) != 1:
            return None
        found = [e for e in self._elements(arguments[0]) if e[0]]
        if not found:
            return None
        column = self._column(found)
        assert isinstance(column, Call)
        return Call(_OF_UNITS[name], column.arguments)

    def _student(self, outside: Node, degrees: Node) -> Expr:
        share = self.lift(outside)
        if not isinstance(share, Number):
            raise NotLifted("it calls TINV of a share that is calculated")
        inside = Number(str(1 - share.decimal))
        return Call("t_value", (inside, self._number(degrees)))

    def _of_some(self, name: str, column: Node, asked: Sequence[Node]) -> Expr:
        """Return the sum or mean of the units that have certain choices."""
        over = self._over_units("average", (column,))
        conditions: list[Expr] = []
        for where, text in zip(asked[::2], asked[1::2], strict=True):
            found = {tree for unit, tree in self._elements(where) if unit}
            wanted = self.lift(text)
            if len(found) != 1 or not isinstance(wanted, Text):
                raise NotLifted(f"it calls {name} of more than equal texts")
            conditions.append(Comparison("==", found.pop(), wanted))
        if over is None or not conditions:
            raise NotLifted(f"it calls {name} of what are no units")
        assert isinstance(over, Call)
        joined = Junction("and", tuple(conditions)) if conditions[1:] else conditions[0]
        function = "sum" if name == "SUMIFS" else "mean"
        return Call(function, (over.arguments[0], joined))

    def _cut(self, name: str, arguments: Sequence[Node]) -> Expr:
        digits = self.lift(arguments[1]) if len(arguments) > 1 else Number("0")
        if name.startswith("FLOOR") and len(arguments) > 1:
            if digits != Number("1"):
                raise NotLifted("it rounds down to another step than 1")
            digits = Number("0")
        whole = digits.operand if isinstance(digits, Negation) else digits
        if not (isinstance(whole, Number) and whole.text.isdigit()):
            raise NotLifted("it rounds to a number of digits that is calculated")
        return Call("round_down", (self._number(arguments[0]), digits))

    def _note(self, words: str) -> None:
        self.of.guards.setdefault(self.of.titled(self.place), words)

    # -- conditions and guards -------------------------------------------------------

    def _ifs(self, arguments: Sequence[Node]) -> Expr:
        last: Node = CallNode("NA", ())
        for at in range(len(arguments) - 2, -1, -2):
            if arguments[at] == ValueNode(True):
                last = arguments[at + 1]
            else:
                last = CallNode("IF", (arguments[at], arguments[at + 1], last))
        return self.lift(last)

    def _if(self, condition: Node, branches: Sequence[Node]) -> Expr:
        first = self.lift(branches[0])
        second = self.lift(branches[1]) if len(branches) > 1 else NOTHING
        if isinstance(first, Text) and first != NOTHING:
            same = self._same_text(condition, first)
            if same is not None and second in (NOTHING, same):
                self._note("IF(...)")
                return same
        if first == NOTHING or second == NOTHING:
            rest = second if first == NOTHING else first
            if rest != NOTHING:
                self._limits(condition, rest)
                self._note("IF(...)")
            return rest
        if _is_guard(condition):
            both = first, second
            full = [b for b in both if b != Number("0") and not _is_words(b)]
            if full and full[0] == full[-1]:
                self._note("IF(...)")
                return full[0]
            raise NotLifted("a condition about empty cells chooses between two figures")
        found = self.lift(condition)
        return Call("when", (_condition(found), first, second))

    def _same_text(self, condition: Node, text: Text) -> Expr | None:
        """Return the key that a condition compares with the very text it then shows.

        `IF(x="both","both",NA())` shows x, in whichever width its signs are typed.
        """
        try:
            found = self.lift(condition)
        except NotLifted:
            return None
        parts = found.parts if isinstance(found, Junction) else (found,)
        keys = set()
        for part in parts:
            match part:
                case Comparison("==", key, Text(other)) if _alike(other, text.value):
                    keys.add(key)
                case _:
                    return None
        return keys.pop() if len(keys) == 1 else None

    def _limits(self, condition: Node, rest: Expr) -> None:
        """Read the upper limit of a class table out of the condition around it."""
        match rest:
            case Call("lookup", (Name(table), key)):
                pass
            case _:
                return
        if self.of.tables[table].match != "class":
            return
        parts = [condition]
        if isinstance(condition, CallNode) and condition.name == "AND":
            parts = list(condition.arguments)
        for part in parts:
            if isinstance(part, PairNode) and part.sign in ("<", "<="):
                self._end(table, key, part)

    def _end(self, table: str, key: Expr, part: PairNode) -> None:
        try:
            left, right = self.lift(part.first), self.lift(part.second)
        except NotLifted:
            return
        if left != key:
            return
        is_in = part.sign == "<="
        if isinstance(right, Name) and right.id in self.of.numbers:
            assert isinstance(part.second, CellNode)
            number, place = self.of.numbers[right.id], self._at(part.second)
            self.of.end(table, number, place, is_in=is_in)
        elif isinstance(right, Number):
            self.of.end(table, float(right.text), self.place, is_in=is_in)

    # -- sums ------------------------------------------------------------------------

    def _elements(self, node: Node) -> list[tuple[int, Expr]]:
        """Return (unit, tree) of every cell of a range, or of one value (unit 0)."""
        if isinstance(node, PairNode) and node.sign in ("+", "-", "*", "/"):
            first, second = self._elements(node.first), self._elements(node.second)
            return list(_paired(node.sign, first, second))
        places = self._range(node)
        if not places:
            return [(0, self._number(node))]
        found = []
        for place in places:
            cell = self.of.cell(place)
            is_known = place[0].casefold(), *place[1:]
            is_empty = cell.value is None and cell.formula is None
            is_words = cell.formula is None and isinstance(cell.value, str)
            if (is_empty or is_words) and is_known not in self.of._by_place:
                continue  # SUM passes over empty cells and words
            unit = _Unit(-1)
            tree = self.of.refer(place, unit, self.depth)
            found.append((max(unit.number, 0), tree))
        return found

    def _product(self, arguments: Sequence[Node]) -> list[tuple[int, Expr]]:
        found = self._elements(arguments[0])
        for node in arguments[1:]:
            found = list(_paired("*", found, self._elements(node)))
        return found

    def _total(self, groups: Sequence[list[tuple[int, Expr]]]) -> Expr:
        parts: list[Expr] = []
        for group in groups:
            over = [(unit, tree) for unit, tree in group if unit]
            parts += [tree for unit, tree in group if not unit]
            if over:
                parts.append(self._column(over))
        if not parts:
            raise NotLifted("it adds up nothing")
        return _joined("+", parts)

    def _column(self, over: Sequence[tuple[int, Expr]]) -> Expr:
        trees = {tree for _, tree in over}
        if len(trees) != 1:
            raise NotLifted("it adds up units that are not calculated alike")
        tree = trees.pop()
        units = sorted(unit for unit, _ in over)
        known = [own for n in names(tree) if (own := self.of.sheets.units_of(n))]
        there = sorted(set.intersection(*known)) if known else []
        if units != there:
            raise NotLifted(
                f"it adds up the units {units[0]} to {units[-1]} of {len(there)}"
            )
        return self.of.column(tree)

    # -- ranges and look-ups ---------------------------------------------------------

    def _range(self, node: Node) -> list[CellPlace]:
        """Return the cells of a range line by line; nothing for anything else."""
        box = self._box(node)
        if box is None:
            return []
        sheet, top, left, bottom, right = box
        if (bottom - top + 1) * (right - left + 1) > _LARGEST:
            raise NotLifted("it reads a range that is too large")
        return [
            (sheet, row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]

    def _box(self, node: Node) -> tuple[str, int, int, int, int] | None:
        match node:
            case JoinNode(":", (CellNode() as first, CellNode() as last)):
                sheet, top, left = self._at(first)
                _, bottom, right = self._at(last)
                return (
                    sheet, min(top, bottom), min(left, right),
                    max(top, bottom), max(left, right),
                )  # fmt: skip
            case LinesNode(top, left, bottom, right, sheet):
                return self._used_lines(
                    sheet or self.place[0], top, left, bottom, right
                )
            case NameNode(name, sheet):
                text = self.of.name(name, sheet or self.place[0])
                if text is None:
                    return None
                maker = TreeMaker()
                try:
                    inner = made(text.removeprefix("="), maker)
                except NotParsed:
                    return None
                return (
                    _Formula(
                        self.of, self.place, self.unit, maker.cells, self.depth + 1
                    )._box(inner)
                    if not isinstance(inner, NameNode | CellNode)
                    else None
                )
        return None

    def _used_lines(
        self, sheet: str, top: int, left: int, bottom: int, right: int
    ) -> tuple[str, int, int, int, int] | None:
        """Return the part of whole columns that holds anything."""
        cells = self.of._cells.get(sheet.casefold(), {})
        rows = [r for r, c in cells if top <= r <= bottom and left <= c <= right]
        if not rows or right - left > 50:
            return None
        return sheet, min(rows), left, max(rows), right

    def _looked_up(self, name: str, arguments: Sequence[Node]) -> Expr:
        match name, arguments:
            case "TINV", (outside, degrees):
                return self._student(outside, degrees)
            case (("SUMIFS" | "AVERAGEIFS"), (column, *asked)):
                return self._of_some(name, column, asked)
            case "INDEX", (values, CallNode("MATCH", (key, keys, *kind))):
                is_exact = bool(kind) and kind[0] == ValueNode(0.0)
                return self._found(
                    key, self._range(keys), self._range(values), is_exact
                )
            case (
                ("VLOOKUP" | "HLOOKUP"),
                (key, area, ValueNode(float() as at), *kind),
            ):
                is_exact = bool(kind) and kind[0] in (ValueNode(False), ValueNode(0.0))
                first, other = self._split(name, area, int(at))
                return self._found(key, first, other, is_exact)
            case "LOOKUP", (key, keys, values):
                return self._found(key, self._range(keys), self._range(values), False)
            case "XLOOKUP", (key, keys, values):
                return self._found(key, self._range(keys), self._range(values), True)
            case "INDEX", (area, *numbers) if 1 <= len(numbers) <= 2:
                return self._cell_of(area, [self._whole(n) for n in numbers])
        self._fail(name)

    def _cell_of(self, area: Node, numbers: list[int]) -> Expr:
        """Return the cell of a range by its row and column, which are counted."""
        box = self._box(area)
        if box is None:
            raise NotLifted("INDEX reads no range")
        sheet, top, left, bottom, right = box
        if len(numbers) == 1:
            numbers = [1, numbers[0]] if top == bottom else [numbers[0], 1]
        row, column = top + numbers[0] - 1, left + numbers[1] - 1
        if not (top <= row <= bottom and left <= column <= right):
            raise NotLifted("INDEX reads a cell outside of its range")
        return self.of.refer((sheet, row, column), self.unit, self.depth)

    def _whole(self, node: Node) -> int:
        """Return a whole number that is written down or counts the rows of a range."""
        match node:
            case ValueNode(float() as number) if number == int(number):
                return int(number)
            case CallNode(("ROWS" | "COLUMNS") as name, (area,)):
                box = self._box(area)
                if box is not None:
                    _, top, left, bottom, right = box
                    return bottom - top + 1 if name == "ROWS" else right - left + 1
            case PairNode(("+" | "-") as sign, first, second):
                a, b = self._whole(first), self._whole(second)
                return a + b if sign == "+" else a - b
        raise NotLifted("INDEX reads a cell that is calculated")

    def _fail(self, name: str) -> NoReturn:
        raise NotLifted(f"it uses {name}, which the language does not have")

    def _split(
        self, name: str, area: Node, at: int
    ) -> tuple[list[CellPlace], list[CellPlace]]:
        box = self._box(area)
        if box is None:
            raise NotLifted(f"{name} reads no range")
        sheet, top, left, bottom, right = box
        if name == "VLOOKUP":
            rows = range(top, bottom + 1)
            return ([(sheet, r, left) for r in rows],
                    [(sheet, r, left + at - 1) for r in rows])  # fmt: skip
        columns = range(left, right + 1)
        return ([(sheet, top, c) for c in columns],
                [(sheet, top + at - 1, c) for c in columns])  # fmt: skip

    def _found(
        self, key: Node, keys: list[CellPlace], values: list[CellPlace], is_exact: bool
    ) -> Expr:
        if not keys or len(keys) != len(values):
            raise NotLifted("it looks up in ranges that do not agree")
        if isinstance(key, ValueNode) and isinstance(key.value, str):
            return self._at_key(key.value, keys, values)
        match key:
            case PairNode("&", PairNode("&", one, ValueNode(sign)), other) if (
                sign == BETWEEN_KEYS and is_exact
            ):
                wanted = [self._number(one), self._number(other)]
            case _:
                wanted = [self._number(key)]
        if keys == values and is_exact and len(wanted) == 1:
            return wanted[0]  # a text looked up in its own list
        table = self.of.table(keys, values, is_exact=is_exact)
        return Call("lookup", (Name(table), *wanted))

    def _at_key(
        self, text: str, keys: list[CellPlace], values: list[CellPlace]
    ) -> Expr:
        """Return what stands beside a key that the formula itself names."""
        for at, place in zip(keys, values, strict=True):
            found = self.of.cell(at).value
            if isinstance(found, str) and found.casefold() == text.casefold():
                return self.of.refer(place, self.unit, self.depth)
        raise NotLifted(f"no row has the key {text}")


def _paired(
    sign: str, first: Sequence[tuple[int, Expr]], second: Sequence[tuple[int, Expr]]
) -> Iterator[tuple[int, Expr]]:
    if len(first) == 1 and len(second) > 1:
        first = [first[0]] * len(second)
    if len(second) == 1 and len(first) > 1:
        second = [second[0]] * len(first)
    if len(first) != len(second):
        raise NotLifted("it multiplies ranges that do not agree")
    for (a, left), (b, right) in zip(first, second, strict=True):
        if a and b and a != b:
            raise NotLifted(f"it multiplies the unit {a} with the unit {b}")
        yield a or b, Binary(sign, left, right)


def _joined(sign: str, parts: Sequence[Expr]) -> Expr:
    if not parts:
        raise NotLifted("it reads a range without figures")
    found = parts[0]
    for part in parts[1:]:
        found = Binary(sign, found, part)
    return found


def _is_guard(node: Node) -> bool:
    """Tell whether a condition asks only whether cells are filled."""
    match node:
        case CallNode(("AND" | "OR" | "NOT"), arguments):
            return all(map(_is_guard, arguments))
        case CallNode(name, _):
            return name in _GUARDS
        case PairNode(sign, first, second) if sign in _COMPARED:
            return any(_is_empty(n) or _is_guard(n) for n in (first, second))
        case SignsNode(_, operand):
            return _is_guard(operand)
    return False


def _alike(first: str, second: str) -> bool:
    return plain(first).casefold() == plain(second).casefold()


def _is_words(tree: Expr) -> bool:
    return isinstance(tree, Text)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ValueNode) and node.value == ""


def _condition(found: Expr) -> Expr:
    if isinstance(found, Comparison | Junction | Inversion):
        return found
    raise NotLifted("its condition is a number")


def _digits(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
