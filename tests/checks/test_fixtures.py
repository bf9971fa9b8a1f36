"""Every case of every check: the complete list of findings, said in every language."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from jcm_xl.text.languages import messages
from tests.checks.cases import Case, cases, expected, found, judge, made, unsaid
from tests.checks.contract import has_unasked_tonnes, keeps_the_contract
from tests.support import WHOLE


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_a_case_gives_exactly_these_findings(case: Case, tmp_path: Path) -> None:
    plan, data = made(case)
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    report = judge(case, path)
    assert found(report, case.check) == expected(case, plan)
    assert unsaid(report, case) == []
    assert not has_unasked_tonnes(report)
    assert report.verdict.startswith(case.data.get("verdict", ""))
    for language in WHOLE:
        keeps_the_contract(report, messages(language))
    assert pickle.loads(pickle.dumps(report)) == report
