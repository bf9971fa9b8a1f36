"""Two rounds of tests: a short one that a person waits for, and the rest.

A test with a marker of `LONG` is of the rest, every other one of the short round: each
test is of exactly one. `pytest --round short` and `--round rest` run them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

Item = TypeVar("Item", bound=pytest.Item)

HOSTS = frozenset({"office", "browser", "validator"})
"""Markers of the tests that need another program."""

LONG = frozenset({"library", "slow"})
"""Markers of the tests that are left to the long round."""

COLLECTED = pytest.StashKey[tuple[pytest.Item, ...]]()
"""Every test that was collected, before a round or an option chose among them."""


class Round(StrEnum):
    """When a test is run: by `make test`, or by `make test-all` alone."""

    SHORT = "short"
    REST = "rest"


def later(*values: object) -> ParameterSet:
    """Return a case of a test that is left to the long round."""
    return pytest.param(*values, marks=pytest.mark.slow)


def of_round(asked: str, items: Iterable[Item]) -> list[Item]:
    """Return the tests of a round."""
    return [item for item in items if _round(item) == asked]


def _round(item: pytest.Item) -> Round:
    is_long = any(item.get_closest_marker(name) for name in LONG)
    return Round.REST if is_long else Round.SHORT
