"""A definition is corrected: a book of the released text and one of today's.

The library of these tests is a copy of the shipped one in which a default is another
number, the released text kept beside it, as after `make earlier`.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.copies.diff import diff
from jcm_xl.copies.next_report import carry_over
from jcm_xl.definition import library
from jcm_xl.foreign.found import Reason
from jcm_xl.model.finding import Report
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.methodology import Methodology
from jcm_xl.places import templates
from jcm_xl.submission.open import CannotUse
from jcm_xl.submission.settings import Settings
from tests.support import example_book

KEY = "ID_AM012@1.0"
FILE = "id/ID_AM012_ver01.0.toml"
WAS, IS = "value = 0.001\n", "value = 0.002\n"
SETTINGS = Settings(today=date(2026, 1, 1))


@pytest.fixture
def released() -> Methodology:
    """The definition that the release shipped."""
    return library.load(KEY)


@pytest.fixture
def change() -> tuple[str, str]:
    """What is corrected in the text, and to what."""
    return WAS, IS


@pytest.fixture
def corrected(
    released: Methodology,
    change: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Methodology:
    """The corrected definition, in a library that keeps the released text, too."""
    root = tmp_path / "templates"
    shutil.copytree(templates(), root)
    path = root / "methodologies" / FILE
    kept = root / "releases" / "earlier" / released.digest[:16] / path.name
    kept.parent.mkdir(parents=True)
    shutil.copy(path, kept)
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    for module in ("definition.library", "definition.earlier"):
        monkeypatch.setattr(f"jcm_xl.{module}.templates", lambda: root)
    return library.load(KEY)


def written(m: Methodology, path: Path) -> Path:
    return api.save(api.book(*example_book(m)), path)


def codes(report: Report) -> list[str]:
    return [d.code for d in report.diagnostics if d.code != "JX104"]


def default(m: Methodology) -> float:
    return float(m.constants["MWh_per_kWh"].value)


def test_each_book_is_judged_by_the_text_it_was_made_from(
    released: Methodology, corrected: Methodology, tmp_path: Path
) -> None:
    assert (default(released), default(corrected)) == (0.001, 0.002)
    old = check_file(written(released, tmp_path / "old.xlsx"), SETTINGS)
    new = check_file(written(corrected, tmp_path / "new.xlsx"), SETTINGS)
    assert (codes(old), codes(new)) == (["JX102"], [])
    assert (old.exit_code, new.exit_code) == (0, 0)
    assert old.versions["definition"] == released.digest[:16]
    assert new.versions["definition"] == corrected.digest[:16]
    assert old.figures["plan"] != new.figures["plan"]
    (note,) = (d for d in old.diagnostics if d.code == "JX102")
    was, now = released.digest[:12], corrected.digest[:12]
    assert (note.severity.name, note.found, note.expected) == ("NOTE", was, now)
    assert note.message == (
        f"The book was made from edition {was} of the definition of {KEY}; it is "
        f"judged by that edition; today's is {now}."
    )


def test_a_changed_cell_of_the_old_book_is_an_error_of_its_own_template(
    released: Methodology, corrected: Methodology, tmp_path: Path
) -> None:
    plan, submission = example_book(released)
    key = Key("mps", "default", "MWh_per_kWh")
    data = api.book(plan, submission, {key: 0.002})  # the number of today's text
    report = check_file(api.save(data, tmp_path / "typed.xlsx"), SETTINGS)
    (found,) = (d for d in report.diagnostics if d.code == "JX213")
    assert (found.severity.name, found.slot) == ("ERROR", key)
    assert (found.found, found.expected) == ("0.002", "0.001")


def test_figures_explanations_copies_and_comparisons_take_its_own_text(
    released: Methodology, corrected: Methodology, tmp_path: Path
) -> None:
    old = written(released, tmp_path / "old.xlsx")
    new = written(corrected, tmp_path / "new.xlsx")
    assert api.calc(old).methodology.digest == released.digest
    assert api.explain(old).calculation.methodology.digest == released.digest
    repaired = api.save(api.repair(old, SETTINGS).data, tmp_path / "repaired.xlsx")
    assert api.calc(repaired).methodology.digest == released.digest
    compared = diff(old, new)
    assert compared.first.methodology.digest == released.digest
    assert compared.second.methodology.digest == corrected.digest
    assert compared.results
    assert not compared.inputs


def test_a_fresh_book_takes_the_text_of_today(
    released: Methodology, corrected: Methodology, tmp_path: Path
) -> None:
    old = written(released, tmp_path / "old.xlsx")
    imported = api.import_book(old)
    assert imported.plan.methodology.digest == corrected.digest
    assert imported.unplaced == ()
    plan, submission = carry_over(old, api.load(KEY))
    assert plan.methodology.digest == corrected.digest
    assert submission.get(value_key("mps", "SEC_RE")) is not None


@pytest.mark.parametrize("change", [("SEC_RE", "SEC_RX")], ids=["renamed"])
def test_a_value_that_is_asked_no_more_is_never_lost_in_silence(
    released: Methodology, corrected: Methodology, tmp_path: Path
) -> None:
    assert "SEC_RE" in released.parameters
    assert "SEC_RE" not in corrected.parameters
    old = written(released, tmp_path / "old.xlsx")
    assert codes(check_file(old, SETTINGS)) == ["JX102"]
    (left,) = api.import_book(old).unplaced
    key = value_key("mps", "SEC_RE")
    assert (left.key, left.content, left.reason) == (key, "165", Reason.NOT_ASKED)
    with pytest.raises(CannotUse, match=r"does not ask for SEC_RE \('MPS\(input\)'!"):
        carry_over(old, api.load(KEY))


OVERLAY = f"""
schema = 1
overlay = "{KEY}"
confirmed_by = "N. N."
confirmed_on = 2026-01-01

[summary]
measures = "As the official document has it."
"""


def test_official_figures_complete_the_text_that_a_book_was_made_from(
    released: Methodology,
    corrected: Methodology,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = written(released, tmp_path / "plain.xlsx")
    kept = library.templates() / "releases" / "earlier" / released.digest[:16]
    folder = tmp_path / "overlays"
    folder.mkdir()
    (folder / "ID_AM012_ver01.0.overlay.toml").write_text(OVERLAY, encoding="utf-8")
    monkeypatch.setenv(library.OVERLAYS, str(folder))
    official = library.load(str(kept / "ID_AM012_ver01.0.toml"))
    assert official.overlay is not None
    assert official.overlay.base == released.digest
    for book in (plain, written(official, tmp_path / "official.xlsx")):
        report = check_file(book, SETTINGS)
        assert codes(report) == ["JX102"]
        assert report.versions["definition"] == official.digest[:16]


def test_a_text_that_nobody_released_is_judged_by_todays(
    released: Methodology, corrected: Methodology, tmp_path: Path
) -> None:
    shutil.rmtree(library.templates() / "releases" / "earlier")
    report = check_file(written(released, tmp_path / "own.xlsx"), SETTINGS)
    assert {"JX102", "JX213"} <= set(codes(report))
    assert report.versions["definition"] == corrected.digest[:16]
    (note,) = (d for d in report.diagnostics if d.code == "JX102")
    assert note.message.endswith(f"it is judged by edition {corrected.digest[:12]}.")
