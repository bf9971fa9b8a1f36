"""Five jobs from blank to clean take as many steps as docs/steps.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.jobs import JOBS, counted

PAGE = Path(__file__).parents[2] / "docs" / "steps.md"


@pytest.mark.parametrize("key", JOBS)
def test_a_job_takes_the_steps_that_the_page_counts(
    key: str, run: Run, tmp_path: Path
) -> None:
    told = dict(counted(PAGE.read_text(encoding="utf-8")))
    assert JOBS[key](run, tmp_path) == told[key]


def test_the_page_counts_every_job() -> None:
    told = [key for key, _ in counted(PAGE.read_text(encoding="utf-8"))]
    assert told == list(JOBS)
