"""A little of `make quality`, so that its measurement keeps running, and holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.quality.__main__ import PARTS, TARGETS, _kept, _measure, _table
from bench.quality.fills import fills
from bench.quality.inputs import legitimate, wrong_kinds
from bench.quality.laws import laws
from bench.quality.mutants import mutants
from bench.quality.outcome import Outcome
from bench.quality.own_code import own_code


def test_mutants_are_found_at_their_cell() -> None:
    found = mutants(range(1000, 1040))
    assert found["killed"].wrong == 0, found["killed"].samples
    assert found["right cell"].wrong == 0, found["right cell"].samples


@pytest.mark.parametrize("part", [wrong_kinds, legitimate])
def test_inputs_are_judged_rightly(part: object) -> None:
    for outcome in part(range(1000, 1020)).values():  # type: ignore[operator]
        assert outcome.tried > 15
        assert outcome.wrong == 0, outcome.samples


def test_clean_fills_give_no_alarm_and_laws_hold() -> None:
    for found in (fills(range(7, 9)), laws(range(7, 9))):
        for outcome in found.values():
            assert outcome.tried
            assert outcome.wrong == 0, outcome.samples


def test_a_change_of_a_check_is_noticed() -> None:
    outcome = own_code(range(2))["own code"]
    assert outcome.tried == 2


def test_a_stopped_measurement_is_continued(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    _measure({"laws": PARTS["laws"]}, state, end=0)
    assert set(_kept(state)) == set(TARGETS)
    assert _table(_kept(state)).count("not measured") == len(TARGETS)
    line = '{"part": "laws", "first": 0, "found": {"own": [9, 1, ["why"], [["x", 2]]]}}'
    state.write_text(f"{line}\n")
    assert _kept(state)["own"] == Outcome(9, 1, ("why",), (("x", 2),))
    assert "| 9 | 1 | 88.89 % | x: 2 |" in _table(_kept(state))
