"""A proposal reads as an assignment once its gaps are filled, for every style."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl.model.evidence import LogEvidence
from jcm_xl.readings.assignment import AssignmentError, read_assignment
from jcm_xl.readings.propose import proposal
from jcm_xl.readings.read import read_logs
from tests.readings.books import put, solar
from tests.readings.made import STYLES, MadeLogs, made

MANY = "data logger of three"


def read(path: Path, paths: list[Path], logs: MadeLogs) -> LogEvidence:
    assignment = read_assignment(path)
    return read_logs(paths, assignment, solar(), (logs.first, logs.last))


@pytest.mark.parametrize("seed", range(len(STYLES)), ids=[s.name for s in STYLES])
def test_the_months_of_a_completed_proposal_are_the_truth(
    seed: int, tmp_path: Path
) -> None:
    logs = made(seed)
    paths = put(logs, tmp_path)
    path = tmp_path / "proposed.toml"
    text = proposal(paths, solar())
    path.write_text(text, encoding="utf-8")
    if "<" in text.partition("[[log]]")[2]:
        with pytest.raises(AssignmentError):
            read(path, paths, logs)
    text = text.replace("<start or end>", logs.style.stamp).replace("<...>", "kWh")
    if logs.style.zone:
        text = text.replace('zone        = ""', f'zone = "{logs.style.zone}"')
    if logs.style.sleeps:
        text += 'missing = "nothing"\n'
    if logs.style.thousands and "thousands" not in text:
        sign = f'thousands   = "{logs.style.thousands}"'
        text = text.replace("time_format", f"{sign}\ntime_format", 1)
    if logs.style.name == MANY:
        block = text[text.index("[[log.meter]]") :]
        meters = (f'{block}where = ["Device", "M-{n}"]\n' for n in (1, 2, 3))
        text = text.replace(block, "\n".join(meters))
    path.write_text(text, encoding="utf-8")
    found = read(path, paths, logs)
    assert not found.faults
    assert [float(m.amount or 0) for m in found.months] == [
        pytest.approx(float(amount) / 1000) for amount in logs.months.values()
    ]
