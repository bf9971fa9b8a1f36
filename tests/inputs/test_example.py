from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.errors import JcmError
from jcm_xl.inputs.example import example_inputs
from jcm_xl.submission.settings import Settings

KEYS = [entry.key for entry in entries()]
OURS = sorted((Path(__file__).parents[1] / "definitions").glob("*.toml"))
EXAMPLES = [
    (key, n + 1)
    for key in (*KEYS, *map(str, OURS))
    for n in range(len(api.load(key).examples))
]


@pytest.mark.parametrize(("key", "number"), EXAMPLES)
def test_an_example_fills_plan_and_report(
    key: str, number: int, tmp_path: Path
) -> None:
    m = api.load(key)
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.fill(m, example_inputs(m, number)))
    folder = OURS[0].parent
    calculation = api.calc(path, definitions=folder)
    assert len(calculation.stages) == 2
    for result in calculation.results.values():
        assert result.status == "complete"
        credited = m.examples[number - 1].credited
        assert credited is None or result.credited == credited


@pytest.mark.parametrize(("key", "number"), EXAMPLES)
def test_a_book_filled_with_an_example_is_clean(
    key: str, number: int, tmp_path: Path
) -> None:
    m = api.load(key)
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.fill(m, example_inputs(m, number)))
    report = api.check(path, Settings(definitions=OURS[0].parent))
    assert report.verdict.startswith("CLEAN (report stage)"), report.diagnostics


@pytest.mark.parametrize("number", [0, 3, -1])
def test_there_is_no_such_example(number: int) -> None:
    with pytest.raises(JcmError, match="has the examples 1 to 2"):
        example_inputs(api.load("ID_AM003"), number)
