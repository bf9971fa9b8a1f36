"""Formulas are compared by meaning."""

from __future__ import annotations

import pytest

from jcm_xl.workbook.formulas import same_formula

SAME = [
    ("SUM(A1:A3)", "sum( $A$1:A$3 )"),
    ("'MPS(input)'!E8*2", "'MPS(input)'!$E$8 * 2.0"),
    ("Sheet1!A1", "'Sheet1'!A1"),
    ("IF(A1,TRUE,FALSE)", "IF(A1,TRUE(),FALSE())"),
    ("_xlfn.CONCAT(A1,B1)", "CONCAT(A1,B1)"),
    ("A1/1000", "A1/1E3"),
    ('IF(A1=0,"",B1)', 'IF( A1 = 0 , "" , B1 )'),
]
OTHER = [
    ("A1+B1", "A1-B1"),
    ("SUM(A1:A3)", "SUM(A1:A2)"),
    ("A1*(B1+C1)", "A1*B1+C1"),
    ("ROUNDDOWN(A1,0)", "ROUND(A1,0)"),
    ('IF(A1="Option B",1,2)', 'IF(A1="option b",1,2)'),
    ('"a b"', '"ab"'),
    ("'MPS(input)'!E8", "'MRS(input)'!E8"),
    ("A1/1000", "A1/100"),
    ("A1:B2 B2:C3", "A1:B2B2:C3"),
    ("A1%", "A1"),
    ("-A1", "A1"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_what_programs_rewrite_is_forgiven(first: str, second: str) -> None:
    assert same_formula(first, second)


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_what_changes_the_meaning_is_not(first: str, second: str) -> None:
    assert not same_formula(first, second)
