"""What a release shipped, and the texts of definitions that changed after it.

    python -m tests.field.release 0.2.0
    python -m tests.field.release --earlier

The first command writes the manifest of a release, once. The second one, after a
correction, looks in the history of git for every text of a definition that a manifest
names and the library no longer has, and puts it into `releases/earlier`.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

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


def digest_of(data: bytes) -> str:
    """Return the digest of a definition's text, whatever its line ends."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return hashlib.sha256(text.encode()).hexdigest()


def kept_at(key: str, digest: str) -> Path:
    """Return where the text of a digest lies that is no longer the present one."""
    return EARLIER / digest[:16] / find(key).path.name


def missing() -> Iterator[tuple[str, str]]:
    """Yield (key, digest) of each released text that the library does not have."""
    present = {entry.key: digest_of(entry.path.read_bytes()) for entry in entries()}
    for release in releases():
        for key, digest in release.definitions.items():
            path = kept_at(key, digest)
            if present.get(key) == digest:
                continue
            if not path.is_file() or digest_of(path.read_bytes()) != digest:
                yield key, digest


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
        data = next((d for d in _history(find(key)) if digest_of(d) == digest), None)
        if data is None:
            sys.exit(f"The history has no text of {key} with the digest {digest}.")
        path = kept_at(key, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"kept {path}")


def _history(entry: LibraryEntry) -> Iterator[bytes]:
    """Yield the texts that a file of the library ever had, the latest first."""
    name = entry.path.name
    for commit in _git(entry, "log", "--format=%H", "--", name).decode().split():
        yield _git(entry, "show", f"{commit}:./{name}")


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
