"""The folder of the page: static files that any web host serves, all from one place.

Python for the browser (Pyodide) is copied from a folder that somebody has, with the
hashes that are known here; nothing is fetched. Our own modules and the few packages
that they need travel in one archive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import jcm_xl
from jcm_xl.definition import library
from jcm_xl.documents.methodology.catalogue import CatalogueItem, item
from jcm_xl.documents.page import render
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.places import templates
from jcm_xl.text.languages import FIRST, languages, messages
from jcm_xl.text.visible import visible
from jcm_xl.version import __version__
from jcm_xl.whole_file import write_whole
from jcm_xl.writing.zipped import zipped
from jcm_xl.xlsx import limits

CSP = "; ".join((
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'",
    "img-src 'self'", "connect-src 'self'", "worker-src 'self' blob:",
    "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
))  # fmt: skip
"""What the page may load and reach: its own host, and nothing else."""

PACKAGES = ("jinja2", "markupsafe", "xlsxwriter")
"""What our modules need in the browser; all of it runs without compiled parts."""
FILES = "files.json"
_PYODIDE = "314.0.7"
_STATIC = Path(__file__).parent / "static"
_LEFT_OUT = ("addin", "cli", "hosts")
"""Packages of ours that nothing on the page needs: commands, add-ins."""
_NOT_READ = (".pyc", ".md")
"""Endings of files among our modules that no module reads."""
_OTHERS = (
    ("Pyodide", _PYODIDE, "MPL-2.0", "https://github.com/pyodide/pyodide"),
    ("CPython", "in Pyodide", "PSF-2.0", "https://github.com/python/cpython"),
)


class NoPyodide(JcmError):
    """A folder that does not hold the Pyodide that the page is made for."""


def site(pyodide: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the page: its name below the folder, and its bytes.

    The same versions give the same bytes. Raises `NoPyodide`.
    """
    python = dict(_python(pyodide))
    files = {
        **{f"python/{name}": data for name, data in python.items()},
        "packages.zip": packages(),
        **dict(_texts()),
        "catalogue.json": _json(_catalogue()),
        "licences.txt": _licences().encode(),
        **{path.name: path.read_bytes() for path in sorted(_STATIC.iterdir())},
    }
    offline = files.pop("offline.js")
    megabytes = f"{sum(map(len, files.values())) / 1e6:.0f}"
    files["index.html"] = _index(megabytes).encode()
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    version = hashlib.sha256(json.dumps(hashes).encode()).hexdigest()[:16]
    head = f"self.SITE = {json.dumps({'version': version, 'files': sorted(files)})};\n"
    files["offline.js"] = head.encode() + offline
    hashes["offline.js"] = hashlib.sha256(files["offline.js"]).hexdigest()
    yield from files.items()
    listed = {"jcm_xl": __version__, "pyodide": _PYODIDE, "sha256": hashes}
    yield FILES, _json(listed)


def write_site(files: Iterable[tuple[str, bytes]], folder: Path) -> int:
    """Write the files below a folder and return how many bytes they have.

    The list of them comes last, so a folder with it is whole.
    """
    size = 0
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        size += len(data)
    return size


def _python(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of Pyodide; each is the one whose hash stands here."""
    lines = Path(__file__).with_name("pyodide.sha256").read_text("ascii").splitlines()
    for line in lines:
        wanted, name = line.split()
        try:
            data = (folder / name).read_bytes()
        except OSError:
            raise NoPyodide(
                f"{folder} has no file {name}. Name the folder of the npm package "
                f"pyodide {_PYODIDE} with --pyodide; `make web` fetches it."
            ) from None
        if hashlib.sha256(data).hexdigest() != wanted:
            raise NoPyodide(
                f"{folder / name} is not that of Pyodide {_PYODIDE}, with which the "
                "page was tested. `make web` fetches the right one."
            )
        yield name, data


def packages() -> bytes:
    """Return our modules, their data and what they need, as one archive."""
    parts = dict(_ours())
    for name in PACKAGES:
        parts |= dict(_package(name))
    return zipped(parts.items())


def _ours() -> Iterator[tuple[str, bytes]]:
    package = Path(jcm_xl.__file__).parent
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        is_needed = path.is_file() and path.suffix not in _NOT_READ
        if is_needed and name.parts[0] not in (*_LEFT_OUT, "_templates", "_macros"):
            yield f"jcm_xl/{name.as_posix()}", path.read_bytes()
    data = templates()
    for path in sorted(data.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(data)
            yield f"jcm_xl/_templates/{name.as_posix()}", path.read_bytes()


def _package(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the modules and the licence of an installed package."""
    for file in sorted(map(str, _installed(name).files or ())):
        is_licence = "licen" in file.lower() and ".dist-info/" in file
        if file.endswith(".py") or is_licence:
            yield file, Path(str(_installed(name).locate_file(file))).read_bytes()


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise JcmError(
            f"The package {name} is not installed beside jcm_xl, so the page cannot "
            f"carry it: pip install {name}."
        ) from None


def _texts() -> Iterator[tuple[str, bytes]]:
    """Yield the page's own texts in each language, and the list of languages."""
    english = messages(FIRST)
    for language in languages():
        w = messages(language)
        # Without the mark of borrowed texts: it would stand at every button.
        said = {key: w.find(f"page.{key}") or english(f"page.{key}") for key in _keys()}
        yield f"texts/{language}.json", _json(said)
    names = {language: messages(language)("language") for language in languages()}
    facts = {"languages": names, "most_megabytes": limits.FILE_BYTES // limits.MEGABYTE}
    yield "texts/page.json", _json(facts)


def _keys() -> list[str]:
    """Return the keys of the page's texts, those of a table with its name before."""
    table: Mapping[str, object] = messages(FIRST)("page")
    plain = [key for key, text in table.items() if isinstance(text, str)]
    made = table["get"]
    assert isinstance(made, Mapping)
    return [*plain, *(f"get.{key}" for key in made)]


def _catalogue() -> list[dict[str, object]]:
    shipped = (e for e in library.entries() if e.path.is_relative_to(templates()))
    found = [library.load(entry.key) for entry in shipped]
    return [_line(m, item(m)) for m in found if not m.is_rough]


def _line(m: Methodology, i: CatalogueItem) -> dict[str, object]:
    texts = (i.key, i.country, i.title, i.scope, i.gases, i.shape)
    return {
        "key": i.key, "id": i.id, "version": i.version, "title": i.title,
        "country": i.country, "scope": i.scope, "is_draft": m.is_draft,
        "search": " ".join(texts).casefold(),
    }  # fmt: skip


def _licences() -> str:
    """Return who wrote what travels along, and on which terms."""
    rows = [("jcm_xl", __version__, "MIT", ""), *_OTHERS]
    for name in PACKAGES:
        facts = _installed(name).metadata
        stated = facts.get_all("License-Expression") or [
            text.rpartition(" :: ")[2]
            for text in facts.get_all("Classifier") or []
            if text.startswith("License")
        ]
        rows.append((name, facts["Version"], "; ".join(stated), ""))
    text = "".join(f"{' '.join(filter(None, row))}\n" for row in rows)
    return f"{text}\nThe texts of the licences are in packages.zip.\n"


def _index(megabytes: str) -> str:
    facts = {"w": messages(FIRST), "csp": CSP, "version": __version__,
             "megabytes": megabytes}  # fmt: skip
    return render("page.html.j2", visible, facts)


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
