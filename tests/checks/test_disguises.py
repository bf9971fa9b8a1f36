"""Number formats that do not show the number, for each number and unit."""

from __future__ import annotations

import pytest

from jcm_xl.checks.structure.disguises import is_disguise, may_disguise

LIES = [
    (";;;", 1.0, ""), (";;;", -1.0, ""), ('"25"', 1.0, ""), ("0,", 1.0, ""),
    ("#,##0.0,", 1.0, ""), ('""', 1.0, ""), ('"1"0', 1.0, ""), ("\\2", 1.0, ""),
    ('0;"0"', -7.0, ""), ('0;-0;"12"', 0.0, ""), ("0;;0", -1.0, ""),
    ('[>1000]"900";0', 1200.0, ""), ('[<5]0;"5"', 7.0, ""),
    ("[$€-407] 0.00", 1.0, "t/p"), ("$#,##0", 1.0, "t/p"), ("0%", 0.5, "MWh/p"),
    ('0.0" MWh"', 1.0, "kWh/p"),
    ('0 "kg"', 1.0, "t/p"), ('0" tCO2"', 1.0, "kgCO2/p"), ('0"x"00"12"', 1.0, ""),
]  # fmt: skip
TRUTHS = [
    ("General", 1.0, ""), ("0", 1.0, ""), ("#,##0.000###", 1.0, ""),
    ("0.00E+00", 1.0, ""), ("yyyy-mm-dd", 1.0, ""), ("@", 1.0, ""),
    ("0%", 0.5, ""), ("0%", 0.5, "%"),
    ("# ?/?", 1.5, ""), ("[h]:mm", 1.0, ""), ("[Red]0.0;-0.0", -1.0, ""),
    ('0" MWh"', 1.0, "MWh/p"), ('0" MWh"', 1.0, ""), ("#,##0_);(#,##0)", -1.0, ""),
    ("[$-409]d mmm yyyy", 1.0, ""), ('0.0" t"', 1.0, "tCO2/p"),
    ('0" tCO2"', 1.0, "tCO2/p"), ('0" per year"', 1.0, "MWh/p"),
    ('[>1000]"900";0', 12.0, ""), ('0;"0"', 7.0, ""),
    ('0 "a;b"', 1.0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "unit"), LIES)
def test_a_format_that_disguises(code: str, value: float, unit: str) -> None:
    assert may_disguise(code)
    assert is_disguise(code, value, unit)


@pytest.mark.parametrize(("code", "value", "unit"), TRUTHS)
def test_a_format_that_does_not(code: str, value: float, unit: str) -> None:
    assert not is_disguise(code, value, unit)
