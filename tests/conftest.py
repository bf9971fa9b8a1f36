"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.office.harness import Office, missing


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the session; skips, or fails where it is required."""
    if reason := missing():
        if os.environ.get("JCM_XL_REQUIRE_OFFICE") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with Office() as running:
        yield running
