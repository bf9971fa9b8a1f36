"""The .oxt: the add-in, the core it carries, and the definitions as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from jcm_xl.hosts.libreoffice import component_source, descriptions
from jcm_xl.hosts.libreoffice.typelib import RDB
from jcm_xl.live.as_json import file_name
from jcm_xl.live.carried import carried_core
from jcm_xl.live.functions import REGISTRY
from jcm_xl.model.as_json import to_json
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.input_places import input_places
from jcm_xl.plan.plan import make_plan
from jcm_xl.plan.stamp import stamp_of
from jcm_xl.writing.zipped import zipped


def build(methodologies: Iterable[Methodology]) -> bytes:
    """Return the bytes of the extension, with these definitions."""
    return zipped(sorted(_parts(methodologies)))


def _parts(methodologies: Iterable[Methodology]) -> Iterator[tuple[str, bytes]]:
    yield "META-INF/manifest.xml", descriptions.manifest().encode()
    yield "description.xml", descriptions.description().encode()
    yield descriptions.FUNCTIONS, descriptions.calc_functions().encode()
    yield descriptions.COMPONENT, component_source().encode()
    older = Path(__file__).with_name("older_python.py")
    yield "pythonpath/jcm_older_python.py", older.read_bytes()
    yield descriptions.LIBRARY, RDB.read_bytes()
    kinds = {f.name: [a.kind.value for a in f.arguments] for f in REGISTRY}
    yield "functions.json", json.dumps(kinds).encode()
    every = tuple(methodologies)
    yield "places.json", json.dumps({m.key: _places(m) for m in every}).encode()
    for name, data in carried_core():
        yield f"pythonpath/{name}", data
    for m in every:
        yield f"definitions/{file_name(m.key)}", to_json(m).encode()


def _places(m: Methodology) -> dict[str, object]:
    """Return where today's books have their inputs, each set with its fewest rows."""
    fewest = {name: s.max_rows if s.is_fixed else 1 for name, s in m.sets.items()}
    plan = make_plan(m, fewest)
    stamp = stamp_of(plan)
    known = {"layout": str(stamp.layout), "shape": str(stamp.shape)}
    return {**known, "definition": stamp.digest, **input_places(plan)}
