from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.errors import JcmError
from jcm_xl.inputs.example import example_inputs
from jcm_xl.submission.settings import Settings
from tests.library.sweep import examples
from tests.support import DEFINITIONS, methodology


@pytest.mark.parametrize(("key", "number"), examples())
def test_an_example_fills_plan_and_report(
    key: str, number: int, tmp_path: Path
) -> None:
    m = methodology(key)
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.fill(m, example_inputs(m, number + 1)))
    calculation = api.calc(path, definitions=DEFINITIONS)
    assert len(calculation.stages) == 2
    for result in calculation.results.values():
        assert result.status == "complete"
        credited = m.examples[number].credited
        assert credited is None or result.credited == credited


@pytest.mark.parametrize(("key", "number"), examples())
def test_a_book_filled_with_an_example_is_clean(
    key: str, number: int, tmp_path: Path
) -> None:
    m = methodology(key)
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.fill(m, example_inputs(m, number + 1)))
    report = api.check(path, Settings(definitions=DEFINITIONS))
    assert report.verdict.startswith("CLEAN (report stage)"), report.diagnostics


@pytest.mark.parametrize("number", [0, 3, -1])
def test_there_is_no_such_example(number: int) -> None:
    with pytest.raises(JcmError, match="has the examples 1 to 2"):
        example_inputs(api.load("ID_AM003"), number)
