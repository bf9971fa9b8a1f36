"""From a country and a technology to the methodologies that may fit."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.library import LibraryEntry, entries, in_order, load_every
from jcm_xl.definition.register import countries, known_methodologies
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.places import templates

_LEAST = 3  # letters of a word that is looked for inside another one


@dataclass(frozen=True, slots=True)
class Technology:
    """A technology: the words people type, and words of its methodologies' titles."""

    name: str
    words: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    here:      the newest version of each methodology of the country that fits.
    undefined: ids with titles that fit and have no definition yet.
    elsewhere: keys of other countries' methodologies that fit, if words were given.
    left_out:  which definitions could not be read, and why.
    """

    country: str
    words: str
    here: tuple[Methodology, ...]
    undefined: tuple[tuple[str, str], ...]
    elsewhere: tuple[str, ...]
    left_out: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def technologies() -> tuple[Technology, ...]:
    """Return the technologies that people may name."""
    path = templates() / "register" / "technologies.toml"
    with path.open("rb") as file:
        rows = tomllib.load(file)["technologies"]
    return tuple(
        Technology(row["name"], tuple(row["words"]), tuple(row["titles"]))
        for row in rows
    )


def search(country: str, words: str) -> Found:
    """Return the methodologies of a country for a technology.

    country: a code (`TH`) or an English name; words: in any language of
    technologies.toml, or words of a title. Raises `JcmError` for another country.
    """
    code = _code(country)
    wanted = _wanted(words)
    newest = list(_newest())
    every, left_out = load_every(newest)
    fits = [m for m in every if _fits(m, wanted)]
    defined = {entry.id for entry in newest}
    return Found(
        country=code,
        words=words,
        here=tuple(m for m in fits if m.id.startswith(code)),
        undefined=tuple(
            (known.id, known.title)
            for known in known_methodologies().values()
            if known.country == code
            and known.id not in defined
            and _has_one(known.title, wanted)
        ),
        elsewhere=tuple(m.key for m in fits if words and not m.id.startswith(code)),
        left_out=tuple(left_out),
    )


def choose(country: str = "", words: str = "") -> tuple[Methodology, ...]:
    """Return all versions in the library of a country and for a technology.

    Either may be left empty; words and errors as in `search`.
    """
    code = _code(country) if country else ""
    wanted = _wanted(words)
    every, _ = load_every(entry for entry in entries() if entry.id.startswith(code))
    return tuple(m for m in every if _fits(m, wanted))


def _code(country: str) -> str:
    wanted = _folded(country).replace(" ", "")
    for code, name in countries().items():
        if wanted in (_folded(code), _folded(name).replace(" ", "")):
            return code
    known = ", ".join(f"{code} {name}" for code, name in countries().items())
    raise JcmError(
        f"'{country}' is no partner country of the JCM that is known here. Known: "
        f"{known}."
    )


def _newest() -> Iterator[LibraryEntry]:
    by_id: dict[str, LibraryEntry] = {}
    for entry in entries():
        old = by_id.get(entry.id)
        if old is None or in_order(old.version) < in_order(entry.version):
            by_id[entry.id] = entry
    yield from by_id.values()


def _wanted(words: str) -> tuple[str, ...]:
    """Return the words of titles that are meant; without words everything is."""
    typed = _folded(words)
    if not typed:
        return ("",)
    said = {
        folded: technology
        for technology in technologies()
        for word in technology.words
        if _is_said(folded := _folded(word), typed)
    }
    meant = [
        title
        for word, technology in said.items()
        if not any(word in longer in typed for longer in said if longer != word)
        for title in technology.titles
    ]
    return tuple(dict.fromkeys((*meant, *([typed] if not meant else []))))


def _is_said(word: str, typed: str) -> bool:
    """Tell whether a word stands in what was typed, or begins with it."""
    if not word.isascii():
        return word in typed
    said = f" {typed} "
    long = len(typed) >= _LEAST and word.startswith(typed)
    return long or f" {word} " in said or f" {word}s " in said


def _fits(m: Methodology, wanted: Sequence[str]) -> bool:
    return _has_one(m.title, wanted)


def _has_one(title: str, wanted: Sequence[str]) -> bool:
    folded = f" {_folded(title)} "
    return any(f" {word}" in folded for word in wanted)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
