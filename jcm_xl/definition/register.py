"""What is known of the JCM beside the definitions: countries, scopes, forms, projects.

The lists are dated data in `workbook_templates/register`; nothing here is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.model.methodology import Source
from jcm_xl.places import templates

EXAMPLE = "EX"
"""The country of definitions that are no methodology of anybody."""


@dataclass(frozen=True, slots=True)
class SectoralScope:
    """A sectoral scope; `titles` has the names a country gives it instead."""

    number: str
    title: str
    titles: Mapping[str, str]

    def title_in(self, country: str) -> str:
        """Return how the scope is called in a country."""
        return self.titles.get(country, self.title)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the procedure; `versions` has the newest one seen of a country."""

    code: str
    title: str
    versions: Mapping[str, str]

    def id_in(self, country: str) -> str:
        """Return `JCM_MN_F_PMS_ver05.0`, or nothing where no version is known."""
        version = self.versions.get(country)
        return f"JCM_{country}_F_{self.code}_ver{version}" if version else ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the public list with the methodology versions it applies."""

    reference_number: str
    status: str
    registered: date | None
    methodologies: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Known:
    """A methodology that exists, whether or not its text is in the library.

    versions: newest first. evidence is that of its number; title_evidence may be
    `unknown`: the title is then ours or that of a project. missing: what nobody has
    seen yet, in words.
    """

    id: str
    versions: tuple[str, ...]
    country: str
    title: str
    scopes: tuple[str, ...]
    status: str
    evidence: str
    title_evidence: str
    addresses: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a list comes from, and of when it is."""

    source: Source
    as_of: str


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Return the partner countries, code -> name."""
    names: dict[str, str] = _toml("countries.toml")["countries"]
    return MappingProxyType(names)


@lru_cache(maxsize=1)
def scopes() -> Mapping[str, SectoralScope]:
    """Return the sectoral scopes by their two digits."""
    data = _toml("scopes.toml")
    own: dict[str, dict[str, str]] = {}
    for entry in data["differences"]:
        own.setdefault(entry["scope"], {})[entry["country"]] = entry["title"]
    found = {
        n: SectoralScope(n, title, own.get(n, {}))
        for n, title in data["scopes"].items()
    }
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def forms() -> Mapping[str, Form]:
    """Return the forms by code, in the order of the procedure."""
    data = _toml("forms.toml")
    seen = data["versions"].items()
    return MappingProxyType({
        code: Form(code, title, {c: v[code] for c, v in seen if code in v})
        for code, title in data["forms"].items()
    })  # fmt: skip


@lru_cache(maxsize=1)
def projects() -> Mapping[str, Project]:
    """Return the projects of the public list by reference number."""
    found = {}
    for row in _csv("projects.csv"):
        day = row["registered"]
        number = row["reference_number"]
        found[number] = Project(
            number, row["status"], date.fromisoformat(day) if day else None,
            tuple(row["methodologies"].split()), row["title"],
        )  # fmt: skip
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def known_methodologies() -> Mapping[str, Known]:
    """Return every methodology that is known to exist, by id, ordered by id."""
    found = {}
    for row in sorted(_csv("methodologies.csv"), key=lambda row: row["id"]):
        found[row["id"]] = Known(
            row["id"], tuple(row["versions"].split()), row["country"], row["title"],
            tuple(row["scopes"].split()), row["status"], row["evidence"],
            row["title_evidence"], tuple(row["addresses"].split()), row["missing"],
        )  # fmt: skip
    return MappingProxyType(found)


def applied_by(key: str) -> tuple[Project, ...]:
    """Return the projects of the list that apply `TH_AM001@1.0`."""
    return tuple(p for p in projects().values() if key in p.methodologies)


def registered_otherwise(number: str, key: str) -> Project | None:
    """Return the project of a reference number if it does not apply this version.

    An older version that its project still applies is no fault; a number that is not
    on the list says nothing.
    """
    project = projects().get(number)
    return None if project is None or key in project.methodologies else project


@lru_cache(maxsize=4)
def origin(name: str) -> Origin:
    """Return where the list `projects` or `methodologies` comes from."""
    entry = _toml("register.toml")[name]
    return Origin(Source(entry["title"], entry["address"]), entry["as_of"])


def _text(name: str) -> str:
    folder = templates() / "register"
    return (folder / name).read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(_text(name))


def _csv(name: str) -> list[dict[str, str]]:
    import csv

    return list(csv.DictReader(_text(name).splitlines()))
