"""The live functions: one registry, from which every host's wrapper is made.

A function takes the ranges of the sheets, so that a spreadsheet program knows on what
it depends. It gives a number or a table, or raises `FunctionError` with a sentence:
never zero and never a text in place of a number. CHECK gives that sentence as its text.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.live import arguments
from jcm_xl.live import calls as answers
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.calls import CallResult, Find


class ArgumentKind(Enum):
    """What a host hands over for an argument.

    CELL is a reference to one cell where a blank one must not pass as zero, as a
    host may turn a blank into 0 that is handed over as a plain value.
    """

    SCALAR = "scalar"
    CELL = "cell"
    RANGE = "range"
    TABLE = "table"


class ResultShape(Enum):
    """What comes back: a number, a text, or rows and columns."""

    NUMBER = "number"
    TEXT = "text"
    ARRAY = "array"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument, with the help a function wizard shows."""

    name: str
    kind: ArgumentKind
    help: str
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """One live function; hosts call it `JCM_<name>` or `JCM.<name>`.

    None is volatile: the answer depends on the arguments and the definitions alone.
    """

    name: str
    help: str
    arguments: tuple[Argument, ...]
    shape: ResultShape
    unit: str
    run: Callable[..., CallResult]

    @property
    def required(self) -> int:
        """Return how many arguments must be given."""
        return sum(not a.is_optional for a in self.arguments)


def call(find: Find, name: str, *given: object) -> CallResult:
    """Run a function with what a host hands over; omitted arguments are `None`.

    Raises `FunctionError`, never anything else for whatever stands in the cells.
    """
    function = FUNCTIONS[name]
    count = len(function.arguments)
    if not function.required <= len(given) <= count:
        raise FunctionError(
            f"{name} takes {function.required} to {count} arguments, not {len(given)}."
        )
    padded = (*given, *[None] * (count - len(given)))
    read_as = {
        ArgumentKind.SCALAR: arguments.cell,
        ArgumentKind.CELL: arguments.cell,
        ArgumentKind.RANGE: arguments.line,
        ArgumentKind.TABLE: arguments.table,
    }
    try:
        cells = [
            read_as[a.kind](raw)
            for a, raw in zip(function.arguments, padded, strict=True)
        ]
        return function.run(find, *cells)
    except JcmError as failure:
        if function.run is answers.check:
            return str(failure)
        raise FunctionError(str(failure)) from failure


_ID = Argument(
    "id_version",
    ArgumentKind.SCALAR,
    "Methodology and version: TH_AM001@3.0, or the cell with the id in the corner",
)
_RANGES = (
    Argument("names1", ArgumentKind.RANGE, "Table 1: the column of symbols"),
    Argument("values1", ArgumentKind.RANGE, "Table 1: the column of values, as long"),
    Argument("names2", ArgumentKind.RANGE, "Table 2: the column of symbols"),
    Argument("values2", ArgumentKind.RANGE, "Table 2: the column of values, as long"),
    Argument(
        "unit_table",
        ArgumentKind.TABLE,
        "input_separate: from the row of symbols to the last unit, with the numbers",
        True,
    ),
    Argument(
        "plan_units",
        ArgumentKind.TABLE,
        "For a report: the same table of the plan; its units count as in use",
        True,
    ),
)
_NAME = Argument("name", ArgumentKind.SCALAR, "Symbol of the quantity, such as RE_p")
_UNIT_ROW = Argument(
    "row", ArgumentKind.SCALAR, "Number of the unit for what runs over units", True
)

REGISTRY = (
    Function(
        "RE",
        "Reference emissions, recalculated from the inputs",
        (_ID, *_RANGES),
        ResultShape.NUMBER,
        "that of RE in the methodology (tCO2/p)",
        answers.reference_emissions,
    ),
    Function(
        "PE",
        "Project emissions, recalculated from the inputs",
        (_ID, *_RANGES),
        ResultShape.NUMBER,
        "that of PE in the methodology (tCO2/p)",
        answers.project_emissions,
    ),
    Function(
        "ER",
        "Emission reductions before rounding, recalculated from the inputs",
        (_ID, *_RANGES),
        ResultShape.NUMBER,
        "that of ER in the methodology (tCO2/p)",
        answers.reductions,
    ),
    Function(
        "CREDITED",
        "Emission reductions rounded down to whole tonnes, as in Table 3",
        (_ID, *_RANGES),
        ResultShape.NUMBER,
        "that of ER in the methodology (tCO2/p)",
        answers.credited,
    ),
    Function(
        "QUANTITY",
        "Any quantity of the methodology, recalculated from the inputs",
        (_ID, _NAME, *_RANGES, _UNIT_ROW),
        ResultShape.NUMBER,
        "that of the quantity",
        answers.quantity,
    ),
    Function(
        "DEFAULT",
        "A default value or constant, or the value of a table for a key",
        (
            _ID,
            Argument(
                "name", ArgumentKind.SCALAR, "Symbol of the value, or name of the table"
            ),
            Argument(
                "key", ArgumentKind.SCALAR, "Key in the table: a text or a number", True
            ),
        ),
        ResultShape.NUMBER,
        "that of the value",
        answers.default,
    ),
    Function(
        "CHECK",
        "ok, or in words why an input or quantity cannot be used",
        (
            _ID,
            Argument(
                "name", ArgumentKind.SCALAR, "Symbol; blank for everything at once"
            ),
            *_RANGES,
            _UNIT_ROW,
        ),
        ResultShape.TEXT,
        "",
        answers.check,
    ),
    Function(
        "TRACE",
        "A quantity and what it is made of: name, value, unit, from what",
        (_ID, _NAME, *_RANGES, _UNIT_ROW),
        ResultShape.ARRAY,
        "third column",
        answers.trace,
    ),
    Function(
        "CONVERT",
        "A number in another unit, by an explicit table of exact factors",
        (
            Argument("value", ArgumentKind.CELL, "The cell with the number"),
            Argument("from_unit", ArgumentKind.SCALAR, "Its unit, such as kWh"),
            Argument("to_unit", ArgumentKind.SCALAR, "The unit wanted, such as MWh"),
        ),
        ResultShape.NUMBER,
        "the unit wanted",
        answers.convert,
    ),
    Function(
        "VERSION",
        "Version of these functions, and of a definition",
        (Argument(_ID.name, _ID.kind, _ID.help, True),),
        ResultShape.TEXT,
        "",
        answers.version,
    ),
)
FUNCTIONS = {function.name: function for function in REGISTRY}
