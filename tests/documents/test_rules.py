"""The pages of the rules: made of the checks, and never stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl.checks.run import catalogue
from jcm_xl.definition.lint.run import catalogue as lint_catalogue
from jcm_xl.documents.rules import page_of, pages

FOLDER = Path(__file__).parents[2] / "docs" / "rules"


def test_the_committed_pages_are_those_of_the_rules() -> None:
    wanted = pages(catalogue().values(), lint_catalogue().values())
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    stale = sorted(name for name in wanted if there.get(name) != wanted[name])
    left = sorted(there.keys() - wanted.keys())
    assert not stale + left, "Write them anew: .venv/bin/jcm-xl rule -o docs/rules"


@pytest.mark.parametrize("code", catalogue())
def test_a_page_tells_what_why_and_how(code: str) -> None:
    page = page_of(catalogue()[code])
    headings = [heading for heading, _ in page.sections]
    assert headings[0] == "Why it matters"
    assert headings[-2:] == ["How to fix it", "What it says"]
    assert all(text for _, text in (*page.particulars, *page.sections))
    assert "{" not in dict(page.sections)["What it says"]
