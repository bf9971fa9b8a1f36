from __future__ import annotations

from decimal import Decimal, getcontext
from typing import Any

import pytest

from jcm_xl.expr.evaluate import EXACT, SHEET, NotCalculable, compile_expression
from jcm_xl.expr.functions import FUNCTIONS
from jcm_xl.expr.nodes import Call, children
from jcm_xl.expr.parse import parse
from tests.expr.casebook import CASES, Case, CaseScope

RELATIVE = 1e-12


def outcome(case: Case, arithmetic: Any, kind: Any) -> Any:
    run = compile_expression(case.tree, arithmetic)
    try:
        return run(CaseScope(case.given, arithmetic, kind))
    except NotCalculable as failure:
        return failure.error


def assert_same(actual: Any, expected: Any) -> None:
    if isinstance(expected, str | bool):
        assert actual is expected or actual == expected
        assert type(actual) is type(expected)
    else:
        assert not isinstance(actual, str), actual
        # Nothing that is zero may come out as nearly zero, nor the other way.
        assert float(actual) == pytest.approx(float(expected), rel=RELATIVE, abs=0)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_sheet_calculates_as_the_table_says(case: Case) -> None:
    assert_same(outcome(case, SHEET, float), case.expected)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_exact_calculates_as_the_table_says(case: Case) -> None:
    assert_same(outcome(case, EXACT, Decimal), case.exact)


def test_every_function_has_a_case() -> None:
    def called(tree: Any) -> set[str]:
        own = {tree.function} if isinstance(tree, Call) else set()
        return own.union(*map(called, children(tree)))

    used = set().union(*(called(case.tree) for case in CASES))
    assert used == set(FUNCTIONS), "add a case to tests/expr/cases.toml"


def test_the_table_is_large_and_has_no_double() -> None:
    assert len(CASES) >= 80
    assert len({str(case) for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("arithmetic", "kind"), [(SHEET, float), (EXACT, Decimal)])
def test_results_have_the_number_type_and_no_minus_zero(
    arithmetic: Any, kind: type
) -> None:
    for text in ("-a", "a * -1", "a / -1", "round_down(-a - 0.5, 0)", "-a - a"):
        run = compile_expression(parse(text), arithmetic)
        value = run(CaseScope({"a": 0}, arithmetic, kind))
        assert type(value) is kind
        assert not str(value).startswith("-")


def test_exact_leaves_the_callers_decimal_context_alone() -> None:
    before = getcontext().copy()
    third = compile_expression(parse("a / 3"), EXACT)
    value = third(CaseScope({"a": 1}, EXACT, Decimal))
    assert len(value.as_tuple().digits) == 50
    assert str(getcontext()) == str(before)


def test_when_looks_only_at_the_branch_it_takes() -> None:
    class Missing:
        def value(self, name: str) -> float:
            if name == "b":
                raise NotCalculable("#N/A", "b is empty.")
            return 1.0

    run = compile_expression(parse("when(a > 0, a, b)"), SHEET)
    assert run(Missing()) == 1.0  # type: ignore[arg-type]
    run = compile_expression(parse("when(a > 1, a, b)"), SHEET)
    with pytest.raises(NotCalculable, match=r"#N/A: b is empty\."):
        run(Missing())  # type: ignore[arg-type]


def test_a_text_beside_a_number_is_never_compared() -> None:
    run = compile_expression(parse("when(a == 'x', 1, 2)"), SHEET)
    with pytest.raises(NotCalculable) as failure:
        run(CaseScope({"a": 1}, SHEET, float))
    assert failure.value.error == "#VALUE!"


@pytest.mark.parametrize("foreign", [True, None, "12"])
def test_nothing_but_a_number_counts_as_a_number(foreign: object) -> None:
    for arithmetic in (SHEET, EXACT):
        with pytest.raises(NotCalculable):
            arithmetic.number(foreign)
