"""Which formulas of input cells go into a fresh book."""

from __future__ import annotations

import pytest

from jcm_xl.copies.carry import stays_within
from tests.support import example_book


@pytest.mark.parametrize(
    ("formula", "stays"),
    [
        ("1392.14/1000", True),
        ("SUM(C10:$D$12)*1E3", True),
        ("'MPS(input_separate)'!C10-500", True),
        ("sum('mps(input)'!A:A)", True),
        ('IF(TRUE,"Invoices!A1",2)', True),
        ("Guide!A1", True),
        ("SUM(Invoices!A1:A2)", False),
        ("SUM('MPS(input):MSS'!A1)", False),
        ("SUM(Guide:Check!A1)", False),
        ("'[1]MSS'!B2", False),
        ("OurFactor*2", False),
        ("#REF!+1", False),
        ('WEBSERVICE("http://a")', False),
    ],
)
def test_a_formula_stays_if_all_it_reads_is_there(formula: str, stays: bool) -> None:
    plan, _ = example_book("EX_AM901")
    assert stays_within(formula, plan) is stays


def test_the_books_own_names_are_there() -> None:
    plan, _ = example_book("EX_AM901")
    assert all(stays_within(f"{name}*2", plan) for name in plan.names)
