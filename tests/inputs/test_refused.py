"""Every fault that an inputs file can have, as it is said: see refused.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.inputs.problems import InputsError
from jcm_xl.inputs.read import read_inputs

FILE = Path(__file__).with_name("refused.toml")
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_problem_is_said_at_once(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "inputs.toml"
    path.write_text(case["text"].lstrip("\n"), encoding="utf-8")
    with pytest.raises(InputsError) as failure:
        read_inputs(path, api.load(case["methodology"]))
    found = [str(problem) for problem in failure.value.problems]
    assert found == [f"inputs.toml: {problem}" for problem in case["says"]]
    noun = "problem" if len(found) == 1 else "problems"
    assert str(failure.value).startswith(f"{len(found)} {noun} in the inputs:\n")
