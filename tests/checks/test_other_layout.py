"""Every fixture holds for another layout of the official sheets, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.cases import Case, cases, expected, found, judge, made
from tests.plan.layouts import ABOVE

OURS = [case for case in cases() if "hand" not in str(case.data)]


@pytest.mark.slow
@pytest.mark.parametrize("case", OURS, ids=str)
def test_a_case_gives_the_same_findings(case: Case, tmp_path: Path) -> None:
    plan, data = made(case, ABOVE)
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    report = judge(case, path, layout=ABOVE)
    assert found(report, case.check) == expected(case, plan)
