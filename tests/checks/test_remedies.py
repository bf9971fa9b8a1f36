"""Every remedy is executed: what it tells is done, its finding is gone, no other came.

A check that no test can do this for says so: `person_decides`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm_xl.checks.run import catalogue
from tests.checks.cases import Case, cases, fixtures
from tests.checks.remedies import gone_and_nothing_worse, mends


def _fired(code: str) -> list[Case]:
    return [case for case in cases() if case.check == code and case.fires]


def _mended(code: str, folder: Path) -> Iterator[bool]:
    for number, case in enumerate(_fired(code)):
        place = folder / str(number)
        place.mkdir()
        for _, before, after in mends(case, place):
            yield gone_and_nothing_worse(case, before, after)


@pytest.mark.slow
@pytest.mark.parametrize("code", catalogue())
def test_a_remedy_mends_its_fault_and_nothing_worse_comes(
    code: str, tmp_path: Path
) -> None:
    is_mended = any(_mended(code, tmp_path))
    if catalogue()[code].person_decides:
        assert not is_mended, f"{code} is mended by an edit: drop `person_decides`"
    else:
        assert is_mended, (
            f"give a case of {code} the edit that its remedy tells, `mend = {{...}}`, "
            "or mark the check `person_decides=True` if nobody can derive one"
        )


def test_a_case_that_says_how_it_is_mended_is_of_a_check_with_a_remedy() -> None:
    for case in cases():
        if "mend" in case.data:
            assert not catalogue()[case.check].person_decides, case
            assert case.fires, case


def test_a_check_that_a_person_decides_says_why() -> None:
    said = {facts["check"] for _, facts in fixtures() if "person" in facts}
    decided = {code for code, check in catalogue().items() if check.person_decides}
    assert said == decided, 'say `person = "why"` above the cases of its fixture'
