"""The facts of a project: read whole, every problem told, nothing guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jcm_xl.errors import JcmError
from jcm_xl.forms.folder import ProjectError, open_project, project_of
from tests.forms.example import FACTS


def opened(folder: Path, facts: str) -> object:
    (folder / "project.toml").write_text(facts, encoding="utf-8")
    return open_project(folder)


def test_the_facts_are_read(tmp_path: Path) -> None:
    found = open_project(tmp_path) if opened(tmp_path, FACTS) else None
    assert found is not None
    assert found.reference == "TH000"
    assert [share.percent for share in found.shares] == [Decimal(50), Decimal(50)]
    assert found.latitude == Decimal("12.7")
    assert found.books() == ()
    assert found.forms() == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"TH000"', '"TH 000"', "'TH 000' is no number such as MN004"),
        ('"TH000"', '"MN004"', "'MN004' does not begin with TH"),
        ('country            = "TH"', 'country            = "XX"', "is no code"),
        ('"TH_AM001@1.0"', '"TH_AM001"', "is not written like MN_AM003@2.0"),
        ("12.7", "127", "127 lies outside of -90 to 90 degrees"),
        ("2024-04-01", '"1 April"', "expected a date"),
        ('percent  = "50"', 'percent  = "60"', "the shares make 110 per cent"),
        ('percent  = "50"', "percent  = 50", "expected a text"),
        ("residual = true\n", "", "exactly one share takes what rounding leaves"),
        ('location ', 'locaton ', "unknown key"),
        ("reference  ", "reference  [", "no valid TOML"),
    ],
)  # fmt: skip
def test_a_problem_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ProjectError) as refused:
        opened(tmp_path, FACTS.replace(old, new, 1))
    assert told in str(refused.value)
    assert "project.toml:" in str(refused.value)


def test_a_folder_without_facts_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(JcmError, match="jcm-xl project new"):
        open_project(tmp_path)


def test_a_file_is_of_the_project_that_it_lies_in(tmp_path: Path) -> None:
    opened(tmp_path, FACTS)
    (tmp_path / "forms").mkdir()
    assert project_of(tmp_path / "forms" / "PDD.xlsx") == tmp_path
    assert project_of(tmp_path.parent / "PDD.xlsx") is None
