"""Functions that do not evaluate all of their arguments: IF, IFERROR, CHOOSE, ..."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from jcm_xl.expr.arithmetic import NOT_AVAILABLE, VALUE, NotCalculable
from jcm_xl.formula.evaluation.cells import Matrix, Operand, each, plain
from jcm_xl.formula.evaluation.frame import FormulaStep, Frame
from jcm_xl.formula.evaluation.tree import CallNode, Node, ValueNode
from jcm_xl.formula.evaluation.values import failure, number, same, truth
from jcm_xl.formula.evaluation.why import changing, unknown
from jcm_xl.xlsx.grid import CellError, CellValue

if TYPE_CHECKING:
    from jcm_xl.formula.evaluation.compiled import Steps

SpecialForm: TypeAlias = "Callable[[Steps, CallNode, bool], FormulaStep]"
FORMS: dict[str, SpecialForm] = {}


def _form(*names: str, least: int, most: int = 255) -> Callable[..., SpecialForm]:
    """Enter a form under its names, with the number of arguments that it takes."""

    def enter(make: SpecialForm) -> SpecialForm:
        def made(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
            if least <= len(node.arguments) <= most:
                return make(steps, node, is_array)
            return _refused(node.name)

        FORMS.update(dict.fromkeys(names, made))
        return made

    return enter


def _refused(name: str) -> FormulaStep:
    def stop(frame: Frame) -> Operand:
        raise unknown("arguments", function=name)

    return stop


def _branch(steps: Steps, node: Node, is_array: bool) -> FormulaStep:
    """Return the step of a branch, which may give a range."""
    return steps.array(node) if is_array else steps.operand(node)


def _in_array(steps: Steps) -> None:
    """Refuse an array that only LibreOffice makes, inside of SUMPRODUCT."""
    if not steps.is_array_formula:
        raise changing("array-or-not")


def _selected(
    frame: Frame, test: Matrix, choose: Callable[[CellValue], int],
    branches: Sequence[FormulaStep],
) -> Operand:  # fmt: skip
    """Return for each value of `test` that of the branch with this number."""
    budget = frame.book.budget
    numbers = each(lambda value: float(choose(value)), [test], budget)
    wanted = {int(n) for n in numbers.values if n.__class__ is float}  # type: ignore[union-attr]
    given = [
        plain(branches[n](frame)) if n in wanted else None for n in range(len(branches))
    ]

    def pick(number_: CellValue, *values: CellValue) -> CellValue:
        if isinstance(number_, CellError):
            return number_
        return values[int(number_)]  # type: ignore[arg-type]

    return each(pick, [numbers, *given], budget)


@_form("IF", least=2, most=3)
def if_(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
    """Evaluate the branch that is taken, and no other."""
    test_node, *rest = node.arguments
    test = steps.argument(test_node, is_array=is_array)
    branches = [_branch(steps, one, is_array) for one in rest]
    if len(branches) == 1:
        branches.append(lambda frame: False)

    def run(frame: Frame) -> Operand:
        value = test(frame)
        if isinstance(value, Matrix):
            _in_array(steps)
            return _selected(
                frame, value, lambda v: 0 if truth(v, frame.habits) else 1, branches
            )
        branch = branches[0] if truth(value, frame.habits) else branches[1]
        return branch(frame)  # type: ignore[no-any-return]

    return run


@_form("IFS", least=2)
def ifs(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
    """Take the value behind the first condition that holds."""
    if len(node.arguments) % 2:
        return _refused(node.name)
    tests = [steps.value(one) for one in node.arguments[::2]]
    values = [steps.operand(one) for one in node.arguments[1::2]]

    def run(frame: Frame) -> Operand:
        for test, value in zip(tests, values, strict=True):
            if truth(test(frame), frame.habits):
                return value(frame)  # type: ignore[no-any-return]
        raise failure(NOT_AVAILABLE)

    return run


@_form("SWITCH", least=3)
def switch(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
    """Take the value behind the first that is the same, or the last one of all."""
    asked = steps.value(node.arguments[0])
    rest = node.arguments[1:]
    pairs = [
        (steps.value(rest[n]), steps.operand(rest[n + 1]))
        for n in range(0, len(rest) - 1, 2)
    ]
    other = steps.operand(rest[-1]) if len(rest) % 2 else None

    def run(frame: Frame) -> Operand:
        value = _sound(asked(frame))
        for candidate, result in pairs:
            if same(value, _sound(candidate(frame)), frame.habits):
                return result(frame)  # type: ignore[no-any-return]
        if other is None:
            raise failure(NOT_AVAILABLE)
        return other(frame)  # type: ignore[no-any-return]

    return run


@_form("CHOOSE", least=2)
def choose(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
    """Take the value with this number."""
    first, *rest = node.arguments
    index = steps.argument(first, is_array=is_array)
    branches = [_branch(steps, one, is_array) for one in rest]

    def run(frame: Frame) -> Operand:
        def place(value: CellValue) -> int:
            at = int(number(value, frame.habits))
            if not 1 <= at <= len(branches):
                raise failure(VALUE)
            return at - 1

        value = index(frame)
        if isinstance(value, Matrix):
            _in_array(steps)
            return _selected(frame, value, place, branches)
        return branches[place(value)](frame)  # type: ignore[no-any-return]

    return run


@_form("IFERROR", "IFNA", least=2, most=2)
def if_error(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
    """Take the other value in place of an error; what is not evaluable is none."""
    first = steps.argument(node.arguments[0], is_array=is_array)
    other = steps.argument(node.arguments[1], is_array=is_array)
    codes = (NOT_AVAILABLE,) if node.name == "IFNA" else None

    def is_caught(value: Any) -> bool:
        is_error = isinstance(value, CellError)
        return is_error and (codes is None or value.code in codes)

    def run(frame: Frame) -> Operand:
        try:
            value = first(frame)
        except NotCalculable as error:
            value = CellError(error.error)
        if isinstance(value, Matrix):
            _in_array(steps)
            if not any(map(is_caught, value.values)):
                return value
            pair, budget = [value, other(frame)], frame.book.budget
            return each(lambda a, b: b if is_caught(a) else a, pair, budget)
        if is_caught(value):
            return other(frame)  # type: ignore[no-any-return]
        return value  # type: ignore[no-any-return]

    return run


@_form("ISERROR", "ISERR", "ISNA", least=1, most=1)
def is_error(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
    """Tell whether a value is an error, of one kind or another."""
    inner = steps.argument(node.arguments[0], is_array=is_array)
    name = node.name

    def told(value: CellValue) -> CellValue:
        if not isinstance(value, CellError):
            return False
        is_missing = value.code == NOT_AVAILABLE
        return name == "ISERROR" or is_missing is (name == "ISNA")

    def run(frame: Frame) -> Operand:
        try:
            value = inner(frame)
        except NotCalculable as error:
            return told(CellError(error.error))
        return each(told, [value], frame.book.budget)

    return run


@_form("ROW", "COLUMN", least=0, most=1)
def row_or_column(steps: Steps, node: CallNode, is_array: bool) -> FormulaStep:
    """Return the number of the first line of a range, or of the formula's own cell."""
    is_row = node.name == "ROW"
    if not node.arguments or node.arguments[0] == ValueNode(None):
        return lambda frame: float(frame.row if is_row else frame.column)
    inner = steps.range(node.arguments[0], is_array=False)

    def run(frame: Frame) -> Operand:
        area = inner(frame)
        if not hasattr(area, "top"):
            raise failure(VALUE)
        count = area.height if is_row else area.width
        first = area.top if is_row else area.left
        if not is_array or count == 1:
            return float(first)
        frame.book.budget.spend(count)
        lines = [float(first + n) for n in range(count)]
        return Matrix(count, 1, lines) if is_row else Matrix(1, count, lines)

    return run


def _sound(value: CellValue) -> CellValue:
    if isinstance(value, CellError):
        raise failure(value.code)
    return value
