"""Every fixture holds for another layout of the official sheets, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl.plan.layout import layout
from tests.checks.cases import Case, cases, expected, found, judge, made
from tests.plan.layouts import ABOVE

OFFICIAL = frozenset(layout().names.values())


def names_a_sheet(case: Case) -> bool:
    """Tell whether a change of the file is told by the name of an official sheet."""
    return any(edit.get("sheet") in OFFICIAL for edit in case.data.get("file", ()))


OURS = [
    c
    for c in cases()
    if "hand" not in str(c.data) and "form" not in c.data and not names_a_sheet(c)
]


@pytest.mark.slow
@pytest.mark.parametrize("case", OURS, ids=str)
def test_a_case_gives_the_same_findings(case: Case, tmp_path: Path) -> None:
    plan, data = made(case, ABOVE)
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    report = judge(case, path, layout=ABOVE)
    assert found(report, case.check) == expected(case, plan)
