"""Every definition once: the shapes at once, all others in the long round.

`sweep` and `examples` give a test its parameters, `of_every_definition` makes a test of
a quick question, as tests/questions.py does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from jcm_xl.definition.library import entries
from tests.questions import ask
from tests.support import SHAPES, methodology

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

OTHERS = tuple(entry.key for entry in entries() if entry.key not in SHAPES)
"""Every definition of the library that is none of the shapes."""


def sweep() -> list[ParameterSet]:
    """Return every key once; those of the long round are marked."""
    others = [pytest.param(key, marks=pytest.mark.library) for key in OTHERS]
    return [*map(pytest.param, SHAPES), *others]


def examples() -> list[ParameterSet]:
    """Return every (key, number of an example from 0) in the same way."""
    return [
        pytest.param(*param.values, number, marks=param.marks)
        for param in sweep()
        for number in range(len(methodology(str(param.values[0])).examples))
    ]


def of_every_definition(
    question: Callable[[str], None],
) -> Callable[[tuple[str, ...]], None]:
    """Make a test for either round of a question about a definition, by its key."""

    @pytest.mark.parametrize(
        "keys",
        [
            pytest.param(SHAPES, id="shapes"),
            pytest.param(OTHERS, id="others", marks=pytest.mark.library),
        ],
    )
    def test(keys: tuple[str, ...]) -> None:
        ask(question, keys)

    test.__name__ = test.__qualname__ = question.__name__
    test.__module__, test.__doc__ = question.__module__, question.__doc__
    return test
