"""Definitions as JSON files, for hosts that carry the core alone and read no TOML."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.live.arguments import FunctionError
from jcm_xl.model.as_json import from_json
from jcm_xl.model.methodology import Methodology


def file_name(key: str) -> str:
    """Return under which name a definition is carried: `TH_AM001_ver03.0.json`."""
    code, _, version = key.partition("@")
    major, _, minor = version.partition(".")
    return f"{code}_ver{major:0>2}.{minor}.json"


class CarriedDefinitions:
    """Finds definitions in a folder of JSON files; each read when asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Methodology] = {}

    def __call__(self, key: str) -> Methodology:
        """Return the definition of `TH_AM001@3.0`."""
        if key not in self._read:
            path = self._folder / file_name(key)
            if not path.is_file():
                raise FunctionError(
                    f"{key} is not among the definitions that were installed; see "
                    "JCM.VERSION, or build the add-in anew from a newer library."
                )
            self._read[key] = from_json(path.read_text(encoding="utf-8"))
        return self._read[key]
