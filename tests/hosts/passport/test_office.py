"""The passport of the whole library, calculated and saved by LibreOffice, and read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jcm_xl.hosts.passport.book import passport
from jcm_xl.hosts.passport.confirmed import entry
from jcm_xl.hosts.passport.read import PassportRead, read_passport
from jcm_xl.hosts.passport.trial import ABSENT, DIFFERS, TrialKind
from tests.hosts.libreoffice.conftest import extension, live_office

__all__ = ["extension", "live_office"]
pytest.importorskip("xlwings")
pytestmark = [pytest.mark.office, pytest.mark.slow]


def returned(office: Any, folder: Path, *, has_macros: bool) -> PassportRead:
    ending = ".xlsm" if has_macros else ".xlsx"
    made, saved = folder / f"made{ending}", folder / f"saved{ending}"
    made.write_bytes(passport(has_macros=has_macros))
    office.recalculate(made, save_as=saved)
    return read_passport(saved)


def differing(found: PassportRead) -> list[str]:
    return ["".join(p if isinstance(p, str) else "." for p in one.trial.pieces)
            for one in found.tried if one.answer == DIFFERS]  # fmt: skip


def test_the_passport_is_complete_in_libreoffice(
    live_office: Any, tmp_path: Path
) -> None:
    found = returned(live_office, tmp_path, has_macros=False)
    assert found.faults == ()
    assert differing(found) == []
    assert [one.trial.what for one in found.tried if one.answer == ABSENT] == []
    assert found.counts(TrialKind.FORMULAS)["equal"] > 300
    good, count = found.example
    assert good == count > 200
    assert found.program.name == "LibreOffice"
    assert entry(found).startswith("[[host]]\ndate = ")


def test_the_one_with_macros_is_read_from_libreoffice(
    office: Any, tmp_path: Path
) -> None:
    found = returned(office, tmp_path, has_macros=True)
    assert found.faults == ()
    assert differing(found) == []
    counts = found.counts(TrialKind.FUNCTIONS)
    assert counts[ABSENT] == sum(counts.values())
    assert {button.words for button in found.buttons} == {""}
    assert "xl/vbaProject.bin" in {change.part for change in found.changed}
