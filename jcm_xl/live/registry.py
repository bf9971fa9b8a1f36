"""What a live function is, and the registry that every host's wrapper is made from."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeAlias, TypeVar

from jcm_xl.dataclass import dataclass

CallResult: TypeAlias = float | str | tuple[tuple[float | str, ...], ...]
R = TypeVar("R", bound=Callable[..., CallResult])


class ArgumentKind(Enum):
    """What a host hands over for an argument.

    CELL is a reference to one cell where a blank one must not pass as zero, as a
    host may turn a blank into 0 that is handed over as a plain value. PLACE is a cell
    of which its place counts: all cells of its sheet from A1 to it.
    """

    SCALAR = "scalar"
    CELL = "cell"
    RANGE = "range"
    TABLE = "table"
    PLACE = "place"


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
    is_verdict: what is wrong with the arguments is its answer, no failure.
    """

    name: str
    help: str
    arguments: tuple[Argument, ...]
    shape: ResultShape
    unit: str
    run: Callable[..., CallResult]
    is_verdict: bool = False

    @property
    def required(self) -> int:
        """Return how many arguments must be given."""
        return sum(not a.is_optional for a in self.arguments)


FUNCTIONS: dict[str, Function] = {}


def live_function(
    name: str,
    arguments: tuple[Argument, ...],
    unit: str = "",
    shape: ResultShape = ResultShape.NUMBER,
    *,
    is_verdict: bool = False,
) -> Callable[[R], R]:
    """Register a function; its docstring is the help that a function wizard shows."""

    def register(run: R) -> R:
        help_ = (run.__doc__ or "").removesuffix(".")
        made = Function(name, help_, arguments, shape, unit, run, is_verdict)
        FUNCTIONS[name] = made
        return run

    return register


ID = Argument(
    "id_version",
    ArgumentKind.SCALAR,
    "Methodology and version: TH_AM001@3.0, or the cell with the id in the corner",
)
STAGE_OR_ID = Argument(
    "id_version",
    ArgumentKind.SCALAR,
    "Methodology and version, TH_AM001@3.0; report or plan, or nothing: of this book",
    True,
)
RANGES = (
    Argument("names1", ArgumentKind.RANGE, "Table 1: the column of symbols", True),
    Argument(
        "values1", ArgumentKind.RANGE, "Table 1: the column of values, as long", True
    ),
    Argument("names2", ArgumentKind.RANGE, "Table 2: the column of symbols", True),
    Argument(
        "values2", ArgumentKind.RANGE, "Table 2: the column of values, as long", True
    ),
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
PLAN_RANGES = tuple(
    Argument(f"plan_{a.name}", a.kind, f"Of the plan. {a.help}", True)
    for a in RANGES[:4]
)
NAME = Argument("name", ArgumentKind.SCALAR, "Symbol of the quantity, such as RE_p")
UNIT_ROW = Argument(
    "row", ArgumentKind.SCALAR, "Number of the unit for what runs over units", True
)
