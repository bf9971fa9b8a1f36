"""Pages from the templates in `workbook_templates/documents`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jcm_xl.places import templates


def render(
    name: str, visible: Callable[[object], str], facts: Mapping[str, Any]
) -> str:
    """Return a page; every value is made visible and escaped, none is forgotten."""
    return str(_environment(visible).get_template(name).render(facts))


@lru_cache(maxsize=2)
def _environment(visible: Callable[[object], str]) -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def load(name: str) -> str:
        folder = templates() / "documents"
        return (folder / name).read_text(encoding="utf-8")

    return Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        # Escaping leaves control and bidi signs alone; this does not.
        finalize=lambda value: _shown(value, visible),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _shown(value: object, visible: Callable[[object], str]) -> object:
    # An equation comes as markup: made by us, from texts made visible already.
    is_text = isinstance(value, str) and not hasattr(value, "__html__")
    return visible(value) if is_text else value
