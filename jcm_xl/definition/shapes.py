"""The calculation shapes: few kinds of sums that all methodologies are made of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.places import templates


@dataclass(frozen=True, slots=True)
class Shape:
    """One line of `workbook_templates/shapes.toml`.

    skeleton: the file in `workbook_templates/skeletons` that authors begin with.
    """

    number: int
    name: str
    needs: str
    skeleton: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@lru_cache(maxsize=1)
def shapes() -> Mapping[int, Shape]:
    """Return the shapes by number."""
    text = (templates() / "shapes.toml").read_text("utf-8")
    return {row["number"]: Shape(**row) for row in tomllib.loads(text)["shapes"]}
