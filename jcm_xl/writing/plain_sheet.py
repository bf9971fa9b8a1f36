"""A sheet whose formulas need no translation: XlsxWriter asks 29 questions of each."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

_CALL = re.compile(r"(?<![A-Z0-9'])[A-Z][A-Z0-9.]*(?=\()")
_OF_2003 = frozenset(
    """
    ABS AND CHOOSE COLUMNS COUNT COUNTBLANK COUNTIF DATE DAY EXP FIND IF INDEX INT
    ISBLANK ISERROR ISNUMBER ISTEXT LEFT LEN LN MATCH MAX MID MIN MONTH NA NOT OR
    ROUNDDOWN ROWS SMALL SUBSTITUTE SUM SUMPRODUCT TRIM UPPER YEAR
    """.split()  # noqa: SIM905
)


class PlainSheet(Worksheet):  # type: ignore[misc]
    """Hands on what it knows; a name that came after 2003 goes the usual way."""

    def _prepare_formula(
        self, formula: str, expand_future_functions: bool = False
    ) -> Any:
        if formula[:1] == "=" and set(_CALL.findall(formula)) <= _OF_2003:
            return formula[1:]
        return super()._prepare_formula(formula, expand_future_functions)
