"""What a release shipped, and the texts of definitions that changed after it.

    python -m tests.field.release 0.2.0
    python -m tests.field.release --earlier

The first command writes the manifest of a release, once. The second one, after a
correction, looks in the history of git for every text of a definition that a manifest
names and the library no longer has, and puts it into `releases/earlier`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from jcm_xl.definition.facts import (
    BESIDE,
    FactTable,
    cited,
    parse_facts,
    read_facts,
    shipped,
)
from jcm_xl.definition.facts import digest_of as facts_digest
from jcm_xl.definition.library import LibraryEntry, entries, find
from jcm_xl.definition.load import load_file
from jcm_xl.hosts.excel.settings_sheet import FUNCTIONS
from jcm_xl.places import macros, templates
from jcm_xl.plan.edition import SHAPE
from jcm_xl.plan.layout import layout
from tests.field.sheets import sheets_digest
from tests.field.verdicts import FOLDER

RELEASES = templates() / "releases"
EARLIER = RELEASES / "earlier"
_FACTS = "../../facts/numbers.toml"


@dataclass(frozen=True)
class Release:
    """The manifest of a release.

    functions, buttons: the modules that its macros import. definitions: key -> digest.
    """

    name: str
    layout: int
    shape: int
    functions: str
    buttons: str
    definitions: Mapping[str, str]

    @property
    def sheets(self) -> Mapping[str, str]:
        """Return the digest of the sheets of each definition."""
        path = FOLDER / self.name / "sheets.toml"
        sheets: Mapping[str, str] = tomllib.loads(path.read_text("utf-8"))
        return sheets


def releases() -> Iterator[Release]:
    """Yield the manifests, in order of their names."""
    for path in sorted(RELEASES.glob("*.toml")):
        facts = tomllib.loads(path.read_text("utf-8"))
        yield Release(
            path.stem, facts["layout"], facts["shape"],
            facts["macros"]["functions"], facts["macros"]["buttons"],
            facts["definitions"],
        )  # fmt: skip


def digest_of(data: bytes, facts: FactTable | None = None) -> str:
    """Return the digest of a definition's text and facts, whatever its line ends."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return facts_digest(
        text, tomllib.loads(text, parse_float=Decimal), facts or shipped()
    )


def kept_at(key: str, digest: str) -> Path:
    """Return where the text of a digest lies that is no longer the present one."""
    return EARLIER / digest[:16] / find(key).path.name


def missing() -> Iterator[tuple[str, str]]:
    """Yield (key, digest) of each released text that the library does not have."""
    present = {entry.key: _digest(entry.path) for entry in entries()}
    for release in releases():
        for key, digest in release.definitions.items():
            path = kept_at(key, digest)
            if present.get(key) == digest:
                continue
            if not path.is_file() or _digest(path) != digest:
                yield key, digest


def _digest(path: Path) -> str:
    beside = path.parent / BESIDE
    facts = read_facts(beside) if beside.is_file() else shipped()
    return digest_of(path.read_bytes(), facts)


def write(name: str) -> None:
    """Write the manifest of a release and the digests of its sheets."""
    manifest, sheets = RELEASES / f"{name}.toml", FOLDER / name / "sheets.toml"
    if manifest.exists():
        sys.exit(f"{manifest} is written already; what was released does not change.")
    every = {entry.key: load_file(entry.path) for entry in entries()}
    version = layout().version
    lines = [
        f"# What jcm_xl {name} shipped: written at the release, never changed.",
        f"layout = {version}",
        f"shape = {SHAPE}",
        "\n[macros]",
        f'functions = "{FUNCTIONS}"',
        f'buttons = "{_buttons()}"',
        "\n[definitions]",
        *(f'"{key}" = "{m.digest}"' for key, m in every.items()),
    ]
    _put(manifest, lines)
    digests = {key: sheets_digest(m, version, SHAPE) for key, m in every.items()}
    head = f"# What the sheets of {name} hold, see sheets.py; never changed."
    _put(sheets, [head, *(f'"{key}" = "{digest}"' for key, digest in digests.items())])


def _buttons() -> str:
    text = (macros() / "JcmTools.bas").read_text(encoding="utf-8")
    found = re.search(r'"from (\S+) import run;', text)
    assert found
    return found[1]


def _put(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")


def keep_earlier() -> None:
    """Put every released text that is missing into the folder of earlier ones."""
    for key, digest in missing():
        found = (
            (data, facts)
            for data, facts in _history(find(key))
            if digest_of(data, _flat(facts)) == digest
        )
        data, facts = next(found, (b"", b""))
        if not data:
            sys.exit(f"The history has no text of {key} with the digest {digest}.")
        path = kept_at(key, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if cited(tomllib.loads(data.decode("utf-8-sig"))):
            (path.parent / BESIDE).write_bytes(facts)
        print(f"kept {path}")


def _flat(facts: bytes) -> FactTable:
    return parse_facts(facts.decode("utf-8"))


def _history(entry: LibraryEntry) -> Iterator[tuple[bytes, bytes]]:
    """Yield the texts that a file of the library ever had, each with the facts then.

    The latest come first; there are no facts before there was a table of them.
    """
    name = entry.path.name
    words = ("log", "--format=%H", "--", name, _FACTS)
    for commit in _git(entry, *words).decode().split():
        there = _git(entry, "ls-tree", "--name-only", commit, "./", _FACTS).decode()
        if name in there.split():
            facts = b""
            if _FACTS in there.split():
                facts = _git(entry, "show", f"{commit}:{_FACTS}")
            yield _git(entry, "show", f"{commit}:./{name}"), facts


def _git(entry: LibraryEntry, *words: str) -> bytes:
    command = ["git", "-C", str(entry.path.parent), *words]
    return subprocess.run(command, capture_output=True, check=True).stdout


def main() -> None:
    """Write a manifest, or keep earlier texts."""
    match sys.argv[1:]:
        case ["--earlier"]:
            keep_earlier()
        case [name] if re.fullmatch(r"\d+\.\d+\.\d+", name):
            write(name)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
