"""Every kind of fault is found at its line, and clean logs are quiet and exact."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.readings.books import evidence_of
from tests.readings.made import KINDS, STYLES, made

ROUNDS = 5


def told(seed: int, kind: str, folder: Path) -> str:
    """Return what is wrong with what was found in the logs of a seed, or nothing."""
    logs = made(seed, kind)
    folder.mkdir()
    found = evidence_of(logs, folder)
    faults = [f[:3] for f in found.faults if not f.is_note]
    if logs.fault not in faults:
        return f"{kind} {seed} {logs.style.name}: {logs.fault}, found {faults[:3]}"
    if len(faults) > logs.style.meters:
        return f"{kind} {seed} {logs.style.name}: more than {logs.fault}: {faults[:4]}"
    return ""


def unclean(seed: int, folder: Path) -> str:
    """Return what is wrong with clean logs, or with their months."""
    logs = made(seed)
    folder.mkdir()
    found = evidence_of(logs, folder)
    if found.faults:
        return f"{seed} {logs.style.name}: {found.faults[:3]}"
    months = {
        (m.month.year, m.month.month): m.amount and Fraction(m.amount) * 1000
        for m in found.months
    }
    if months != logs.months:
        return f"{seed} {logs.style.name}: {months}, in truth {logs.months}"
    return ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_is_found_at_its_line_and_nothing_else(
    kind: str, tmp_path: Path
) -> None:
    assert not told(0, kind, tmp_path / "0")


@pytest.mark.parametrize("seed", range(len(STYLES)), ids=[s.name for s in STYLES])
def test_clean_logs_are_quiet_and_their_months_exact(seed: int, tmp_path: Path) -> None:
    assert not unclean(seed, tmp_path / "0")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_faults_of_a_kind_in_many_logs(kind: str, tmp_path: Path) -> None:
    seeds = range(1, 1 + ROUNDS)
    assert not [t for s in seeds if (t := told(s, kind, tmp_path / str(s)))]


@pytest.mark.slow
def test_many_clean_logs(tmp_path: Path) -> None:
    seeds = range(len(STYLES), 60)
    assert not [t for s in seeds if (t := unclean(s, tmp_path / str(s)))]
