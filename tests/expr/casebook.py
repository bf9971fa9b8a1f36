"""The cases of ``cases.toml`` as values, and a scope to run them in."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jcm_xl.expr.evaluate import Arithmetic, NotCalculable
from jcm_xl.expr.interpolated import interpolated
from jcm_xl.expr.nodes import Expr
from jcm_xl.expr.parse import parse, parse_condition

_BOOK = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text("utf-8"), parse_float=Decimal
)
TABLES: dict[str, dict[str, Any]] = _BOOK["tables"]


@dataclass(frozen=True)
class Case:
    """One row of the table; ``expected`` is a number, a bool or an error."""

    text: str
    is_condition: bool
    given: dict[str, Any]
    expected: Any
    exact: Any
    office: Any

    @property
    def tree(self) -> Expr:
        return parse_condition(self.text) if self.is_condition else parse(self.text)

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value}" for name, value in self.given.items())
        return f"{self.text} | {values}"


def _case(row: dict[str, Any]) -> Case:
    expected = row["error"] if "error" in row else row["result"]
    return Case(
        text=row.get("expr") or row["condition"],
        is_condition="condition" in row,
        given=row["given"],
        expected=expected,
        exact=row.get("exact", expected),
        office=row.get("office", expected),
    )


CASES = [_case(row) for row in _BOOK["case"]]


class CaseScope:
    """A scope over given values, all of one number type."""

    def __init__(
        self,
        given: dict[str, Any],
        arithmetic: Arithmetic,
        kind: Callable[[Any], Any],
    ) -> None:
        self._given = given
        self.arithmetic = arithmetic
        self._compare = arithmetic.compare
        self._kind = kind

    def value(self, name: str) -> Any:
        value = self._given[name]
        return value if isinstance(value, str) else self._kind(value)

    def column(self, name: str) -> Sequence[Any]:
        return [self._kind(value) for value in self._given[name]]

    def units(self, names: tuple[str, ...]) -> Iterator[CaseScope]:
        column = self._given[names[0]]
        for i, _ in enumerate(column if isinstance(column, list) else ()):
            row = {
                name: value[i] if isinstance(value, list) else value
                for name, value in self._given.items()
            }
            yield CaseScope(row, self.arithmetic, self._kind)

    def look_up(self, table: str, key: Any) -> Any:
        place = TABLES[table]
        if place["match"] == "exact":
            for text, value in place["rows"]:
                if self._compare(text, key) == 0:
                    return self._kind(value)
            raise NotCalculable("#N/A", f"{key} is not in {table}.")
        if place["match"] == "points":
            points = zip(place["limits"], place["values"], strict=True)
            typed = [(self._kind(x), self._kind(y)) for x, y in points]
            found = interpolated(self.arithmetic, typed, key)
            if found is None:
                raise NotCalculable("#N/A", f"{key} is beside the points.")
            return found
        return self._classified(place, key)

    def _classified(self, place: dict[str, Any], key: Any) -> Any:
        end = self._compare(key, self._kind(place["last"]))
        found = None
        if end < 0 or (end == 0 and place.get("last_closed", False)):
            for limit, value in zip(place["limits"], place["values"], strict=True):
                if self._compare(key, self._kind(limit)) >= 0:
                    found = value
        if found is None:
            raise NotCalculable("#N/A", f"{key} is in no class.")
        return self._kind(found)
