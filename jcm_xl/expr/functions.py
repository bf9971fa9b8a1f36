"""The functions of the language: one table, read by every rendering.

A new function needs an entry here, a line in :mod:`.evaluate`, a case in
``tests/expr/cases.toml``, and two methodologies that want it. Only functions
that every spreadsheet program has may be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from jcm_xl.dataclass import dataclass


class UnitRule(Enum):
    """How the unit of a call follows from the units of its arguments."""

    FIRST = "the unit of the first argument"
    ALIKE = "all arguments have one unit, which is the result's"
    PURE = "the argument and the result have no unit"
    BRANCHES = "both branches have one unit, which is the result's"
    TABLE = "the key has the table's key unit; the result has the value unit"
    ROOT = "the root of the argument's unit, which has a root"
    POWER = "the argument's unit to that power"
    COUNT = "any unit of the argument; the result has none"
    CONDITION = "true or false; it stands where a condition stands"


@dataclass(frozen=True, slots=True)
class LanguageFunction:
    """One function; ``plain`` and ``latex`` are patterns over its arguments.

    ``{0}`` and ``{1}`` are single arguments, ``{all}`` is all of them, joined
    by commas.
    """

    name: str
    signature: str
    doc: str
    at_least: int
    at_most: int | None
    excel: str
    plain: str
    latex: str
    unit_rule: UnitRule

    def accepts(self, count: int) -> bool:
        """Whether the function takes that many arguments."""
        return self.at_least <= count and (
            self.at_most is None or count <= self.at_most
        )


_TABLE = (
    LanguageFunction(
        "sum",
        "sum(X_i)",
        "The sum of one indexed quantity over its units, or those of a choice.",
        1,
        2,
        "SUM",
        "Σ {0}",
        r"\sum {0}",
        UnitRule.FIRST,
    ),
    LanguageFunction(
        "mean",
        "mean(X_i)",
        "The mean of one indexed quantity over the units in use, or those of a choice.",
        1,
        2,
        "AVERAGE",
        "mean({0})",
        r"\operatorname{{mean}}\left({0}\right)",
        UnitRule.FIRST,
    ),
    LanguageFunction(
        "largest",
        "largest(X_i)",
        "The largest value of one indexed quantity among the units in use.",
        1,
        1,
        "MAX",
        "largest({0})",
        r"\max_{{\text{{all units}}}} {0}",
        UnitRule.FIRST,
    ),
    LanguageFunction(
        "smallest",
        "smallest(X_i)",
        "The smallest value of one indexed quantity among the units in use.",
        1,
        1,
        "MIN",
        "smallest({0})",
        r"\min_{{\text{{all units}}}} {0}",
        UnitRule.FIRST,
    ),
    LanguageFunction(
        "count",
        "count(X_i)",
        "The number of units in use of one indexed quantity, or those of a choice.",
        1,
        2,
        "COUNT",
        "count({0})",
        r"\operatorname{{count}}\left({0}\right)",
        UnitRule.COUNT,
    ),
    LanguageFunction(
        "lookup",
        "lookup(TABLE, key)",
        "The value of a table's row: equal text, or the class the key falls in; "
        "lookup(TABLE, a, b) in a table of two keys.",
        2,
        3,
        "INDEX",
        "{0}({rest})",
        r"{0}\left({rest}\right)",
        UnitRule.TABLE,
    ),
    LanguageFunction(
        "interpolate",
        "interpolate(TABLE, x)",
        "The value on the straight line between two points of a table.",
        2,
        2,
        "INDEX",
        "{0}({1}), interpolated",
        r"{0}\left({1}\right)_{{\text{{interpolated}}}}",
        UnitRule.TABLE,
    ),
    LanguageFunction(
        "min",
        "min(a, b, ...)",
        "The smallest of two or more numbers.",
        2,
        None,
        "MIN",
        "min({all})",
        r"\min\left({all}\right)",
        UnitRule.ALIKE,
    ),
    LanguageFunction(
        "max",
        "max(a, b, ...)",
        "The largest of two or more numbers.",
        2,
        None,
        "MAX",
        "max({all})",
        r"\max\left({all}\right)",
        UnitRule.ALIKE,
    ),
    LanguageFunction(
        "abs",
        "abs(x)",
        "The number without its sign.",
        1,
        1,
        "ABS",
        "|{0}|",
        r"\left|{0}\right|",
        UnitRule.FIRST,
    ),
    LanguageFunction(
        "exp",
        "exp(x)",
        "e to the power of x.",
        1,
        1,
        "EXP",
        "exp({0})",
        r"\exp\left({0}\right)",
        UnitRule.PURE,
    ),
    LanguageFunction(
        "ln",
        "ln(x)",
        "The natural logarithm of a positive number.",
        1,
        1,
        "LN",
        "ln({0})",
        r"\ln\left({0}\right)",
        UnitRule.PURE,
    ),
    LanguageFunction(
        "sqrt",
        "sqrt(x)",
        "The square root of a number that is not negative.",
        1,
        1,
        "SQRT",
        "sqrt({0})",
        r"\sqrt{{{0}}}",
        UnitRule.ROOT,
    ),
    LanguageFunction(
        "power",
        "power(x, n)",
        "x to a literal whole power, -9 to 9.",
        2,
        2,
        "POWER",
        "power({all})",
        r"\left({0}\right)^{{{1}}}",
        UnitRule.POWER,
    ),
    LanguageFunction(
        "t_value",
        "t_value(0.9, n)",
        "Student's t of n degrees of freedom that encloses a literal share, two-sided.",
        2,
        2,
        "TINV",
        "t({all})",
        r"t_{{{0}}}\left({1}\right)",
        UnitRule.PURE,
    ),
    LanguageFunction(
        "round_down",
        "round_down(x, digits)",
        "x cut towards zero to a literal number of decimal digits.",
        2,
        2,
        "ROUNDDOWN",
        "round_down({all})",
        r"\operatorname{{rounddown}}\left({all}\right)",
        UnitRule.FIRST,
    ),
    LanguageFunction(
        "when",
        "when(condition, a, b)",
        "a if the condition holds, else b; the other one is not calculated.",
        3,
        3,
        "IF",
        "({1} if {0}, otherwise {2})",
        r"\begin{{cases}}{1} & \text{{if }} {0} \\ {2} & \text{{otherwise}}"
        r"\end{{cases}}",
        UnitRule.BRANCHES,
    ),
    LanguageFunction(
        "any",
        "any(a_i == 'x')",
        "Whether it holds for any unit in use; any(l): whether the set l has one.",
        1,
        1,
        "OR",
        "{0} for any unit",
        r"{0} \text{{ for any unit}}",
        UnitRule.CONDITION,
    ),
)

FUNCTIONS: Mapping[str, LanguageFunction] = MappingProxyType(
    {function.name: function for function in _TABLE}
)
OVER_UNITS = ("sum", "mean", "largest", "smallest", "count")
"""The functions of one indexed name: of all its units in use one number is made."""
OF_TABLES = ("lookup", "interpolate")
"""The functions whose first argument is a table."""
CONDITIONAL = ("sum", "mean", "count")
"""Those that a spreadsheet has with conditions: SUMIFS, AVERAGEIFS, COUNTIFS."""
BETWEEN_KEYS = " | "
"""Joins the two keys of a table of two keys, on the sheet as in the look-up."""
