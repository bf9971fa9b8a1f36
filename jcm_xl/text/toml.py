"""The TOML files among the templates, parsed once and kept in the user's cache."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any

from jcm_xl.kept import kept

_to_text = partial(json.dumps, ensure_ascii=False)


def read_template(path: Path) -> dict[str, Any]:
    """Return the content of a file without dates; its numbers are plain ones."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return kept(path, digest, lambda: _parsed(data), _to_text, json.loads)


def _parsed(data: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(data.decode("utf-8"))
