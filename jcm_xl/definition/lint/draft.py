"""A definition as the rules look at it: the model, its text, its examples' results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.examples import example_inputs
from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.lint.direction import Visit, visits
from jcm_xl.engine.calculate import calculate
from jcm_xl.model.methodology import Example, Methodology
from jcm_xl.model.result import Result


@dataclass(frozen=True)
class Draft:
    """What an author has written and the loader has read without a problem."""

    methodology: Methodology
    content: Mapping[str, Any]

    @cached_property
    def results(self) -> tuple[tuple[int, Example, Result], ...]:
        """Return the examples with their positions and calculated results."""
        m = self.methodology
        return tuple(
            (position, example, calculate(m, example_inputs(m, example.given)))
            for position, example in enumerate(m.examples)
        )

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Return every node of the reduction's formulas, and which way it works."""
        return tuple(visits(self.methodology))

    def direction(self, name: str) -> int:
        """Return 1 where more of it gives more reductions, -1 less; 0 both or none."""
        signs = {visit.sign for visit in self.visits if visit.name == name}
        return signs.pop() if len(signs) == 1 else 0

    def formula_path(self, name: str) -> KeyPath:
        """Return the place of a formula in the file."""
        return ("formulas", list(self.methodology.formulas).index(name))

    def texts(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield every text of the file with its place."""
        return texts_of(self.content)


def texts_of(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every text of a TOML value with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_of(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from texts_of(item, (*path, position))
