"""No package that breaks a written rule is called clean."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Severity
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.hostile.build import Recipe, build
from tests.questions import ask
from tests.support import DEFINITIONS

SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)
RULE = re.compile(
    r"part [12], \d[\d.]*( \(M\d\.\d+\)| \(Excel\))?|XML 1\.0, \d\.\d|Excel's limits"
)


def packages() -> list[Recipe]:
    """Return every package that breaks a rule; each names its rule."""
    path = Path(__file__).with_name("packages.toml")
    found: list[Recipe] = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
    return found


def test_there_are_a_hundred_and_each_names_its_rule() -> None:
    found = packages()
    assert len({package["title"] for package in found}) == len(found) > 100
    assert [p["title"] for p in found if not RULE.fullmatch(p["rule"])] == []


@pytest.mark.slow
def test_none_of_them_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"

    def is_told(package: Recipe) -> None:
        path.write_bytes(build(package))
        report = check_file(path, SETTINGS)
        if "refused" in package:
            assert f"cannot be read: {package['refused']}" in report.verdict
            return
        told = {d.code for d in report.diagnostics if d.severity > Severity.NOTE}
        assert sorted(told) == package["found"] != []

    ask(is_told, packages(), lambda package: package["title"])
