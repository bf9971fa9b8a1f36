"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import pytest

from tests.hosts.browser import Browser
from tests.hosts.browser import missing as browser_missing
from tests.office.harness import Office, missing

IS_OFFICE_REQUIRED = os.environ.get("JCM_XL_REQUIRE_OFFICE") == "1"


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
    is_host = any(item.iter_markers("office")) or any(item.iter_markers("browser"))
    if IS_OFFICE_REQUIRED and is_skipped and is_host:
        report.outcome = "failed"
        report.longrepr = f"Skipped, but JCM_XL_REQUIRE_OFFICE=1: {report.longrepr}"
    return report
