"""A tree made ready: each node becomes a step that is given the frame of a formula.

A node is wanted in one of three ways: as one value (a range then means the cell beside
the formula), as an operand (a range stays a range), or as an array (a range becomes all
of its values). Array formulas, and the arguments of SUMPRODUCT, are arrays throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from jcm_xl.expr.arithmetic import DIVISION, NUMBER, VALUE, NotCalculable
from jcm_xl.expr.sheet import SHEET
from jcm_xl.formula.evaluation.cells import (
    CellRange,
    Joined,
    Matrix,
    Operand,
    each,
    needs_array,
    plain,
    single,
)
from jcm_xl.formula.evaluation.forms import FORMS
from jcm_xl.formula.evaluation.frame import FormulaStep, Frame, SheetFunction, functions
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.tree import (
    CallNode,
    CellNode,
    JoinNode,
    LinesNode,
    LinesOfValues,
    NameNode,
    Node,
    OddNode,
    PairNode,
    SignsNode,
    TableNode,
    ValueNode,
)
from jcm_xl.formula.evaluation.values import (
    compare,
    failure,
    joined,
    number,
    same,
    text,
    truth,
)
from jcm_xl.formula.evaluation.why import NotEvaluable, Obstacle, changing, unknown
from jcm_xl.xlsx.grid import CellError, CellValue

_ADD: Callable[[float, float], float] = SHEET.add
_SUBTRACT: Callable[[float, float], float] = SHEET.subtract
_MULTIPLY: Callable[[float, float], float] = SHEET.multiply
_DIVIDE: Callable[[float, float], float] = SHEET.divide


class Mode(Enum):
    """How a formula is calculated: `NAME` is a formula that a name stands for."""

    PLAIN = "one value"
    ARRAY = "array"
    NAME = "name"


# -- operations --------------------------------------------------------------------


def _add(a: CellValue, b: CellValue, habits: Habits) -> CellValue:
    return _ADD(number(a, habits), number(b, habits))


def _subtract(a: CellValue, b: CellValue, habits: Habits) -> CellValue:
    return _SUBTRACT(number(a, habits), number(b, habits))


def _multiply(a: CellValue, b: CellValue, habits: Habits) -> CellValue:
    return _MULTIPLY(number(a, habits), number(b, habits))


def _divide(a: CellValue, b: CellValue, habits: Habits) -> CellValue:
    return _DIVIDE(number(a, habits), number(b, habits))


def power(a: CellValue, b: CellValue, habits: Habits) -> CellValue:
    """Raise to a power; 0^0 is an error in Excel and 1 in LibreOffice."""
    base, exponent = number(a, habits), number(b, habits)
    if base == 0.0 and exponent <= 0.0:
        if exponent < 0.0:
            raise failure(habits.by_program(DIVISION, NUMBER))
        if habits.by_program(excel=False, libre=True):
            return 1.0
        raise failure(NUMBER)
    try:
        result = base**exponent
    except OverflowError:
        raise failure(NUMBER) from None
    if isinstance(result, complex) or result - result != 0.0:
        raise failure(NUMBER)
    return float(result)


def _join(a: CellValue, b: CellValue, habits: Habits) -> CellValue:
    return joined(text(a, habits), text(b, habits))


OPERATIONS: dict[str, Callable[[Any, Any, Habits], CellValue]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "^": power,
    "&": _join,
    "=": same,
    "<>": lambda a, b, habits: not same(a, b, habits),
    "<": lambda a, b, habits: compare(a, b, habits) < 0,
    ">": lambda a, b, habits: compare(a, b, habits) > 0,
    "<=": lambda a, b, habits: compare(a, b, habits) <= 0,
    ">=": lambda a, b, habits: compare(a, b, habits) >= 0,
}


def _signed(signs: str, value: CellValue, habits: Habits) -> CellValue:
    for sign in reversed(signs):
        if sign == "-":
            value = 0.0 - number(value, habits)
        elif sign == "%":
            value = number(value, habits) / 100
    if value.__class__ is CellError:
        raise failure(value.code)
    return value


# -- steps -------------------------------------------------------------------------

_PLAIN = frozenset((float, str, bool, type(None), CellError))
_REFERENCES = (CellNode, LinesNode, NameNode, TableNode, JoinNode)
_GIVES_RANGES = frozenset(("INDEX", "XLOOKUP"))


class Steps:
    """Makes the steps of one formula."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode

    @property
    def is_array_formula(self) -> bool:
        """Tell whether every program calculates it as an array throughout."""
        return self.mode is Mode.ARRAY

    def whole(self, node: Node) -> FormulaStep:
        """Return the step of a whole formula."""
        if self.mode is Mode.ARRAY:
            return self.array(node)
        return self.operand(node) if self.mode is Mode.NAME else self.value(node)

    def value(self, node: Node) -> FormulaStep:
        """Return the step that gives one value."""
        match node:
            case ValueNode(value=value):
                return lambda frame: value
            case CellNode(number=at, sheet=""):
                return _own_cell(at)
            case PairNode():
                return self._chain(node)
            case SignsNode(signs=signs, operand=operand):
                inner = self.value(operand)
                return lambda frame: _signed(signs, inner(frame), frame.habits)
        operand_step, is_name = self.operand(node), self.mode is Mode.NAME

        def one(frame: Frame) -> CellValue:
            operand: Operand = operand_step(frame)
            if operand.__class__ in _PLAIN:
                return operand  # type: ignore[return-value]
            if is_name:
                needs_array(operand)
            return single(operand, frame.row, frame.column)

        return one

    def operand(self, node: Node) -> FormulaStep:
        """Return the step that leaves a range as it is."""
        match node:
            case CellNode(number=at, sheet=sheet):
                return _cell(at, sheet)
            case LinesNode(top=top, left=left, bottom=bottom, right=right):
                corners = (top, left, bottom, right)
                return lambda f: _ranges(f, node.sheet, corners)
            case NameNode(name=name, sheet=sheet):
                return lambda frame: frame.book.named(name, sheet, frame)
            case TableNode(text=written):
                return lambda frame: frame.book.table(written, frame)
            case JoinNode():
                return self._joined(node)
            case LinesOfValues(height=height, width=width, values=values):
                matrix = Matrix(height, width, values)
                return lambda frame: matrix
            case CallNode():
                return self._call(node, is_array=self.mode is Mode.ARRAY)
            case OddNode(why=why):
                return _stopped(why)
        return self.value(node)

    def array(self, node: Node) -> FormulaStep:
        """Return the step that gives one value or an array of them."""
        match node:
            case PairNode():
                return self._chain_of_arrays(node)
            case SignsNode(signs=signs, operand=operand):
                return self._signs_of_arrays(signs, self.array(operand))
            case CallNode():
                call = self._call(node, is_array=True)
                return lambda frame: plain(call(frame))
            case ValueNode(value=value):
                return lambda frame: value
        operand_step = self.operand(node)
        return lambda frame: plain(operand_step(frame))

    def argument(self, node: Node, *, is_array: bool) -> FormulaStep:
        """Return the step of a value that a function takes."""
        return self.array(node) if is_array else self.value(node)

    def range(self, node: Node, *, is_array: bool) -> FormulaStep:
        """Return the step of a range that a function takes."""
        is_reference = isinstance(node, _REFERENCES) or (
            isinstance(node, CallNode) and node.name in _GIVES_RANGES
        )
        if is_array and not is_reference:
            return self.array(node)
        return self.operand(node)

    # -- operations

    def _chain(self, node: PairNode) -> FormulaStep:
        """Go along a chain of operations, which may be longer than a stack is deep."""
        first, rest = _unchained(node)
        start = self.value(first)
        steps = [(OPERATIONS[sign], self.value(operand)) for sign, operand in rest]

        def chain(frame: Frame) -> CellValue:
            value, habits = start(frame), frame.habits
            for run, step in steps:
                if value.__class__ is CellError:
                    raise failure(value.code)
                value = run(value, step(frame), habits)
            return value  # type: ignore[no-any-return]

        return chain

    def _chain_of_arrays(self, node: PairNode) -> FormulaStep:
        first, rest = _unchained(node)
        start = self.array(first)
        steps = [(OPERATIONS[sign], self.array(operand)) for sign, operand in rest]

        def chain(frame: Frame) -> CellValue | Matrix:
            value, habits = start(frame), frame.habits
            for run, step in steps:
                value = _paired(frame, run, value, step(frame), habits)
            return value  # type: ignore[no-any-return]

        return chain

    def _signs_of_arrays(self, signs: str, inner: FormulaStep) -> FormulaStep:
        def signed(frame: Frame) -> CellValue | Matrix:
            value, habits = inner(frame), frame.habits
            budget = frame.book.budget
            return each(lambda one: _signed(signs, one, habits), [value], budget)

        return signed

    # -- references

    def _joined(self, node: JoinNode) -> FormulaStep:
        steps = [self.operand(operand) for operand in node.operands]
        join = {":": _spanned, " ": _crossed, ",": _side_by_side}[node.sign]
        return lambda frame: join([step(frame) for step in steps])

    # -- calls

    def _call(self, node: CallNode, *, is_array: bool) -> FormulaStep:
        if form := FORMS.get(node.name):
            return form(self, node, is_array)
        found = functions().get(node.name)
        if found is None:
            return _not_known(node.name)
        kinds = found.kinds_of(len(node.arguments))
        if kinds is None:
            return _raising(lambda: unknown("arguments", function=node.name))
        steps = [
            self._step(kind, argument, is_array)
            for kind, argument in zip(kinds, node.arguments, strict=True)
        ]
        plain_call = _plain_call(found, kinds, steps)
        return _lifted_call(found, kinds, steps) if is_array else plain_call

    def _step(self, kind: str, node: Node, is_array: bool) -> FormulaStep:
        if kind == "r":
            return self.range(node, is_array=is_array)
        if kind == "a":
            return self.range(node, is_array=True)
        if kind == "m":
            return self._undisputed(node, is_array)
        return self.argument(node, is_array=is_array)

    def _undisputed(self, node: Node, is_array: bool) -> FormulaStep:
        """Return the step of an operand that LibreOffice alone takes for an array."""
        if is_array or not isinstance(node, PairNode | SignsNode):
            return self.range(node, is_array=is_array)
        array = self.array(node)
        return lambda frame: needs_array(array(frame))


def _unchained(node: PairNode) -> tuple[Node, list[tuple[str, Node]]]:
    rest: list[tuple[str, Node]] = []
    first: Node = node
    while isinstance(first, PairNode):
        rest.append((first.sign, first.second))
        first = first.first
    return first, rest[::-1]


def _own_cell(at: int) -> FormulaStep:
    def read(frame: Frame) -> CellValue:
        return frame.sheet.value(frame.cells[at][:2])

    return read


def _cell(at: int, sheet: str) -> FormulaStep:
    def cell(frame: Frame) -> Operand:
        row, column, _, _ = frame.cells[at]
        return _ranges(frame, sheet, (row, column, row, column))

    return cell


def _ranges(
    frame: Frame, sheet: str, corners: tuple[int, int, int, int]
) -> CellRange | Joined:
    if not sheet:
        return frame.sheet.area(*corners)
    if ":" in sheet:
        return Joined(tuple(s.area(*corners) for s in frame.book.sheets(sheet)))
    return frame.book.sheet(sheet).area(*corners)


def _spanned(operands: Sequence[Operand]) -> CellRange | Joined:
    """Return the smallest range around two; `Jan:Dec!A1:B2` is one on each sheet."""
    first, last = operands
    if isinstance(first, Joined) and isinstance(last, CellRange):
        return Joined(tuple(_around(one, last) for one in first.ranges))
    if not (isinstance(first, CellRange) and isinstance(last, CellRange)):
        raise failure(VALUE)
    if last.sheet is not first.sheet and last.size > 1:
        raise failure(VALUE)
    return _around(first, last)


def _around(first: CellRange, last: CellRange) -> CellRange:
    return first.sheet.area(
        min(first.top, last.top), min(first.left, last.left),
        max(first.bottom, last.bottom), max(first.right, last.right),
    )  # fmt: skip


def _crossed(operands: Sequence[Operand]) -> CellRange:
    first, second = operands
    if not (isinstance(first, CellRange) and isinstance(second, CellRange)):
        raise failure(VALUE)
    top, bottom = max(first.top, second.top), min(first.bottom, second.bottom)
    left, right = max(first.left, second.left), min(first.right, second.right)
    if first.sheet is not second.sheet or top > bottom or left > right:
        raise failure("#NULL!")
    return first.sheet.area(top, left, bottom, right)


def _side_by_side(operands: Sequence[Operand]) -> Joined:
    ranges: list[CellRange] = []
    for one in operands:
        if isinstance(one, Joined):
            ranges += one.ranges
        elif isinstance(one, CellRange):
            ranges.append(one)
        else:
            raise failure(VALUE)
    return Joined(tuple(ranges))


def _paired(
    frame: Frame, run: Callable[..., CellValue], a: Any, b: Any, habits: Habits
) -> CellValue | Matrix:
    return each(lambda x, y: run(x, y, habits), [a, b], frame.book.budget)


# -- calls -------------------------------------------------------------------------


def converted(kind: str, value: Any, habits: Habits) -> Any:
    """Return a value as a function takes it; see `SheetFunction`."""
    if kind == "n":
        return value if value.__class__ is float else number(value, habits)
    if kind == "t":
        return text(value, habits)
    if kind == "b":
        return truth(value, habits)
    if kind == "v" and value.__class__ is CellError:
        raise failure(value.code)
    return value


def _plain_call(
    found: SheetFunction, kinds: str, steps: Sequence[FormulaStep]
) -> FormulaStep:
    run, pairs = found.run, tuple(zip(kinds, steps, strict=True))

    def call(frame: Frame) -> Operand:
        habits = frame.habits
        return run(frame, *[converted(k, s(frame), habits) for k, s in pairs])

    return call


def _lifted_call(
    found: SheetFunction, kinds: str, steps: Sequence[FormulaStep]
) -> FormulaStep:
    """Call a function for each value of the arrays where it takes one value."""
    run = found.run
    lifted = tuple(n for n, kind in enumerate(kinds) if kind not in "ram")

    def call(frame: Frame) -> Operand:
        habits = frame.habits
        given: list[Any] = [_caught(step, frame) for step in steps]
        singles = [given[n] for n in lifted]

        def once(*values: CellValue) -> Any:
            for n, value in zip(lifted, values, strict=True):
                given[n] = converted(kinds[n], value, habits)
            return run(frame, *given)

        if not any(isinstance(one, Matrix) for one in singles):
            return once(*singles)  # type: ignore[no-any-return]
        budget = frame.book.budget
        return each(lambda *values: plain_one(once(*values)), singles, budget)

    return call


def plain_one(operand: Operand) -> CellValue:
    """Return the one value of what a function gave inside of an array."""
    value = plain(operand)
    return value.values[0] if isinstance(value, Matrix) else value


def _caught(step: FormulaStep, frame: Frame) -> Any:
    try:
        return step(frame)
    except NotCalculable as error:
        return CellError(error.error)


# -- what is not evaluated ---------------------------------------------------------

_DIFFERENT = """
    TODAY NOW RAND RANDBETWEEN RANDARRAY OFFSET INDIRECT CELL INFO HYPERLINK
    GETPIVOTDATA DATEVALUE TIMEVALUE DOLLAR USDOLLAR YEN BAHTTEXT FIXED ASC JIS DBCS
    PHONETIC CHAR CODE SHEET SHEETS FORMULATEXT ISFORMULA TRANSLATE DETECTLANGUAGE
    COPILOT STYLE CURRENT DATESTRING NUMBERSTRING MULTIPLE.OPERATIONS
"""
_OUTSIDE = """
    PY WEBSERVICE FILTERXML ENCODEURL RTD DDE CALL REGISTER REGISTER.ID EXEC
    SQL.REQUEST IMAGE STOCKHISTORY IMPORTDATA IMPORTRANGE
"""
CHANGING = frozenset(_DIFFERENT.split())
"""Functions that give another value on another day, computer or program."""
ELSEWHERE = frozenset(_OUTSIDE.split())
"""Functions that ask another program or a server."""


def _not_known(name: str) -> FormulaStep:
    if name in CHANGING:
        return _raising(lambda: changing("volatile", function=name))
    if name in ELSEWHERE or name.startswith("CUBE"):
        return _raising(lambda: NotEvaluable(Obstacle.ELSEWHERE, "elsewhere"))
    if name == "TABLE":
        return _raising(lambda: unknown("table-of-inputs"))
    return _raising(lambda: unknown("function", function=name))


def _stopped(why: str) -> FormulaStep:
    if why == "elsewhere":
        return _raising(lambda: NotEvaluable(Obstacle.ELSEWHERE, why))
    return _raising(lambda: unknown(why))


def _raising(make: Callable[[], Exception]) -> FormulaStep:
    def stop(frame: Frame) -> Operand:
        raise make()

    return stop
