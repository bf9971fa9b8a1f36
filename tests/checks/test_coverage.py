"""`docs/rules-coverage.md` names each rule once, and only checks that there are."""

from __future__ import annotations

import re
from pathlib import Path

from jcm_xl.checks.run import catalogue

PAGE = Path(__file__).parents[2] / "docs" / "rules-coverage.md"
RULES = ("S1 S2 S3 S4 S5 S6 S7 S8 I1 I2 I3 I4 I5 I6 I7 I8 P1 P2 P3 P4 P5 "
         "X1 X2 X3 X4 X5 X6 M1 C1 V1")  # fmt: skip
OUTSIDE = {"X5", "V1"}
GRADES = {"E": "ERROR", "W": "WARNING", "I": "NOTE"}


def rows() -> dict[str, tuple[str, list[str]]]:
    """Return grade and codes by rule."""
    text = PAGE.read_text(encoding="utf-8")
    pattern = r"^\| ([A-Z]\d) \| ([EWI, ]+) \|.*\| ([^|]+) \|$"
    found = re.findall(pattern, text, re.M)
    assert len({rule for rule, _, _ in found}) == len(found)
    return {rule: (grade, re.findall(r"JX\d+", codes)) for rule, grade, codes in found}


def test_every_rule_stands_there_once() -> None:
    assert list(rows()) == RULES.split()


def test_every_code_is_that_of_a_check() -> None:
    checks = catalogue()
    for rule, (grade, codes) in rows().items():
        assert set(codes) <= set(checks), rule
        assert bool(codes) is (rule not in OUTSIDE), rule
        graded = {GRADES[letter] for letter in grade.split(", ")}
        assert rule in OUTSIDE or graded & {checks[c].severity.name for c in codes}, (
            rule
        )
