"""Laws of the whole tree: what a reader may rely on in every room."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import jcm_xl

PACKAGE = Path(jcm_xl.__file__).parent


def nouns(path: Path) -> Iterator[str]:
    """Yield the public classes of a module, and the types that it names or imports."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.ImportFrom(names=names):
                yield from (n.asname for n in names if n.asname and n.asname != n.name)


def test_one_noun_is_one_class() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        for noun in nouns(path):
            if noun[0].isupper() and not noun.isupper() and not noun.endswith("_"):
                homes[noun].add(str(path.relative_to(PACKAGE)))
    twice = {noun: sorted(where) for noun, where in homes.items() if len(where) > 1}
    assert not twice, f"Rename the less central class or alias: {twice}"
