"""Fixtures and options for all tests, of the package and of the benches."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import pytest

from tests.hosts.browser import Browser
from tests.hosts.browser import missing as browser_missing
from tests.office.harness import Office, missing
from tests.rounds import COLLECTED, HOSTS, Round, of_round

IS_OFFICE_REQUIRED = os.environ.get("JCM_XL_REQUIRE_OFFICE") == "1"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--round`; without it both rounds are run."""
    parser.addoption(
        "--round", choices=[*Round], help="run only the tests of this round"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out the tests of the other round."""
    config.stash[COLLECTED] = tuple(items)
    if asked := config.getoption("round"):
        others = next(name for name in Round if name != asked)
        config.hook.pytest_deselected(items=of_round(others, items))
        items[:] = of_round(asked, items)


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the session; skips, or fails where it is required."""
    if reason := missing():
        if IS_OFFICE_REQUIRED:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with Office() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser's Python for the session; skips, or fails where it is required."""
    if reason := browser_missing():
        if IS_OFFICE_REQUIRED:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with Browser() as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that skips itself where every host is required."""
    report = yield
    is_skipped = report.skipped and not hasattr(report, "wasxfail")
    is_host = any(item.get_closest_marker(name) for name in HOSTS)
    if IS_OFFICE_REQUIRED and is_skipped and is_host:
        report.outcome = "failed"
        report.longrepr = f"Skipped, but JCM_XL_REQUIRE_OFFICE=1: {report.longrepr}"
    return report
