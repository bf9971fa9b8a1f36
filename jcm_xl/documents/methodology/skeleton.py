"""A commented definition of a calculation shape, for an author to begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.definition.shapes import Shape, shapes
from jcm_xl.documents.lines import Line, line, table
from jcm_xl.errors import JcmError
from jcm_xl.places import templates
from jcm_xl.text.nearest import nearest

_ID = re.compile(r"^[A-Z]{2}_(AM|PM)\d{3}$")
_CO2E = (13, 14)
"""The shapes of methane: their emissions are in tCO2e."""


def skeleton(number: int, id: str) -> str:
    """Return the text of a definition file; TODO marks what is still to be written."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    known = shapes()
    if number not in known:
        raise JcmError(f"There is no shape {number}; they are 1 to {max(known)}.")
    if not _ID.match(id):
        hint = nearest(id, (id.upper(),)) if _ID.match(id.upper()) else ""
        raise JcmError(f"'{id}' is no methodology id, such as TH_AM001{hint}.")
    shape = known[number]
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=False,  # this is TOML; the only foreign text is the id above
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template(shape.skeleton).render(
        shape=shape,
        id=id,
        country=id[:2],
        file=file_name(id),
        unit="tCO2e/p" if number in _CO2E else "tCO2/p",
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def file_name(id: str) -> str:
    """Return the name that the library asks for."""
    return f"{id}_ver01.0.toml"


def shape_lines() -> Iterator[Line]:
    """Yield a line for each shape, and what its sheet needs."""

    def row(shape: Shape) -> tuple[str, str, str]:
        return str(shape.number), shape.name, shape.needs

    yield from table(("shape", "name", "the sheet needs"), map(row, shapes().values()))
    yield line("A definition names its own with `shape = N` in [methodology].", "dim")


def _template(name: str) -> str:
    folder = templates() / "skeletons"
    return (folder / name).read_text(encoding="utf-8")
