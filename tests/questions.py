"""One test a question, asked of many things: checks, definitions, plans.

The question is a function of one thing that asserts, as a test does. It is asked of
every thing, and the test fails with a line for each of which it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

import pytest

Thing = TypeVar("Thing")


def of_every(
    things: Iterable[Thing], name: Callable[[Thing], str] = str
) -> Callable[[Callable[[Thing], None]], Callable[[], None]]:
    """Make a test of a question: `name` is what a thing is called where it fails."""
    every = tuple(things)

    def asked(question: Callable[[Thing], None]) -> Callable[[], None]:
        def test() -> None:
            ask(question, every, name)

        test.__name__ = test.__qualname__ = question.__name__
        test.__module__, test.__doc__ = question.__module__, question.__doc__
        return test

    return asked


def ask(
    question: Callable[[Thing], None],
    things: Collection[Thing],
    name: Callable[[Thing], str] = str,
) -> None:
    """Ask a question of every thing, and fail with all that it does not hold of."""
    reasons = ((thing, _no(question, thing)) for thing in things)
    wrong = [f"{name(thing)}: {words}" for thing, words in reasons if words]
    if wrong:
        lines = [f"{len(wrong)} of {len(things)}", *wrong]
        pytest.fail("\n".join(lines), pytrace=False)


def _no(question: Callable[[Thing], None], thing: Thing) -> str:
    """Return why a question does not hold; nothing if it does."""
    try:
        question(thing)
    except Exception as reason:  # a question that cannot be asked does not hold
        words = f"{type(reason).__name__}: {reason}".removeprefix("AssertionError: ")
        return words.partition("\nassert ")[0]  # what pytest adds to words of ours
    return ""
