"""The texts of Guide, Check sheet and the other aids as a layout's books show them."""

from __future__ import annotations

from functools import lru_cache

from jcm_xl.places import templates
from jcm_xl.text.languages import Messages, messages
from jcm_xl.text.toml import read_template


@lru_cache(maxsize=16)
def sheet_texts(language: str, layout: int) -> Messages:
    """Return the texts of a language, with those that changed after this layout."""
    texts = messages(language)
    path = templates() / "layout" / "earlier" / str(layout) / f"{language}.toml"
    if not path.is_file():
        return texts
    return texts.amended(read_template(path))
