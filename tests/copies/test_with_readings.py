"""A book that took its months from logs: judged as a whole, the same on every run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.errors import JcmError
from jcm_xl.model.answer import Answer
from jcm_xl.model.finding import Severity
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.readings.books import book_for, put
from tests.readings.made import BY_NAME, STYLES, made
from tests.support import DEFINITIONS

SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)
SEED = STYLES.index(BY_NAME["a file a month"])


def filled(folder: Path, kind: str = "", **how: bool) -> tuple[bytes, tuple[str, ...]]:
    logs = made(SEED, kind)
    book = book_for(logs, folder / "book.xlsx", **how)
    paths = put(logs, folder)
    done = api.readings(paths, book, folder / "readings.toml", settings=SETTINGS)
    return done.data, done.lost


@pytest.mark.parametrize("monthly", [True, False])
def test_clean_logs_make_a_book_that_passes_the_check(
    monthly: bool, tmp_path: Path
) -> None:
    data, lost = filled(tmp_path, monthly=monthly)
    report = api.check(data, SETTINGS)
    assert [d.key for d in report.diagnostics if d.severity > Severity.NOTE] == []
    assert report.exit_code == 0
    assert report.figures["report"]["status"] == "complete"  # type: ignore[index]
    assert lost == ()


def test_the_same_logs_make_the_same_bytes_also_over_a_book_that_has_them(
    tmp_path: Path,
) -> None:
    data, _ = filled(tmp_path)
    again, _ = filled(tmp_path)
    assert again == data
    (tmp_path / "filled.xlsx").write_bytes(data)
    paths = sorted(tmp_path.glob("log-*.csv"))
    over = api.readings(
        paths, tmp_path / "filled.xlsx", tmp_path / "readings.toml", settings=SETTINGS
    )
    assert over.data == data
    assert over.lost == ()


def test_a_fault_is_a_finding_that_is_answered_like_others(tmp_path: Path) -> None:
    data, _ = filled(tmp_path, "outlier")
    found = [d for d in api.check(data, SETTINGS).diagnostics if d.code == "JX173"]
    assert [d.severity for d in found] == [Severity.WARNING]
    assert "log-" in found[0].message
    assert ", line " in found[0].message
    answer = Answer(
        "JX173", found[0].place, "The boiler was tested that hour.", found[0].found
    )
    report = api.check(data, replace(SETTINGS, answers=(answer,)))
    assert [d.is_answered for d in report.diagnostics if d.code == "JX173"] == [True]


def test_a_month_in_doubt_stays_empty(
    tmp_path: Path,
) -> None:
    data, _ = filled(tmp_path, "gap")
    codes = {d.code for d in api.check(data, SETTINGS).diagnostics if d.asks}
    assert codes == {"JX166", "JX325"}
    assert api.check(data, SETTINGS).exit_code == 1


def test_a_repaired_book_keeps_its_evidence(tmp_path: Path) -> None:
    data, _ = filled(tmp_path)
    (tmp_path / "filled.xlsx").write_bytes(data)
    repaired = api.repair(tmp_path / "filled.xlsx", SETTINGS)
    assert repaired.lost == ()
    (tmp_path / "repaired.xlsx").write_bytes(repaired.data)
    paths = sorted(tmp_path.glob("log-*.csv"))
    text = tmp_path / "readings.toml"
    over = api.readings(paths, tmp_path / "repaired.xlsx", text, settings=SETTINGS)
    assert over.data == data


def test_a_book_without_a_period_is_refused(tmp_path: Path) -> None:
    logs = made(SEED)
    paths = put(logs, tmp_path)
    (tmp_path / "blank.xlsx").write_bytes(api.new("TH_AM001", {"i": 1}, monthly=True))
    with pytest.raises(JcmError, match="has no monitoring period"):
        api.readings(paths, tmp_path / "blank.xlsx", tmp_path / "readings.toml")
