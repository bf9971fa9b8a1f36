"""The dated lists are complete, agree with each other and name their sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest

from jcm_xl.definition import register
from jcm_xl.definition.library import LibraryEntry, entries, load
from tests.questions import of_every

PROJECTS = register.projects().values()


def runs(numbers: Iterable[str]) -> bool:
    """Tell whether numbers such as TH001, TH002 leave none out, in any country."""
    stems: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        stems[number[:-3]].append(int(number[-3:]))
    return all(sorted(n) == list(range(1, len(n) + 1)) for n in stems.values())


def test_a_partner_country_stands_there_once_in_the_order_of_its_code() -> None:
    codes = list(register.countries())
    assert codes == sorted(codes)
    assert len(set(register.countries().values())) == len(codes)
    assert all(re.fullmatch("[A-Z]{2}", code) for code in register.countries())
    assert register.EXAMPLE not in register.countries()


def test_the_scopes_are_counted_and_indonesia_differs() -> None:
    scopes = register.scopes()
    assert list(scopes) == [f"{n:02d}" for n in range(1, len(scopes) + 1)]
    assert scopes["03"].title_in("ID") == "Energy demand"
    assert scopes["14"].title_in("TH") == "Afforestation and reforestation"
    assert scopes["14"].title_in("ID") == "REDD-plus"


def test_forms_have_an_id_where_a_version_is_known() -> None:
    pms = register.forms()["PMS"]
    assert pms.title == "Proposed Methodology Spreadsheet"
    assert pms.id_in("MN") == "JCM_MN_F_PMS_ver05.0"
    assert pms.id_in("TH") == ""
    for form in register.forms().values():
        assert form.title
        assert set(form.versions) <= set(register.countries())


def test_the_projects_are_sound() -> None:
    assert runs(p.reference_number for p in PROJECTS), "A project was left out"
    for p in PROJECTS:
        assert re.fullmatch(r"[A-Z]{2}\d{3}", p.reference_number)
        assert p.reference_number[:2] in register.countries()
        assert p.methodologies, p.reference_number
        assert p.title == p.title.strip() != ""
        for key in p.methodologies:
            assert re.fullmatch(r"[A-Z]{2}_AM\d{3}@\d\.\d", key)
            assert key[:2] == p.reference_number[:2]
        assert (p.registered is not None) == (p.status == "Project registered")


def test_what_projects_apply_is_known_to_exist() -> None:
    known = register.known_methodologies()
    unknown = [
        key
        for p in PROJECTS
        for key in p.methodologies
        for code, _, version in [key.partition("@")]
        if code not in known or version not in known[code].versions
    ]
    assert unknown == []


def test_the_known_methodologies_are_sound() -> None:
    known = register.known_methodologies()
    assert runs(known), "A methodology was left out of register/methodologies.csv"
    for m in known.values():
        assert re.fullmatch(r"[A-Z]{2}_(AM|PM)\d{3}", m.id)
        assert m.country == m.id[:2] in register.countries()
        assert set(m.scopes) <= set(register.scopes())
        assert m.evidence in ("document", "recollection", "inferred")
        assert m.title_evidence in ("document", "recollection", "unknown")
        assert all(address.startswith("https://") for address in m.addresses)
        assert m.status
        assert "?" not in m.title + m.status


@of_every(entries(), lambda entry: entry.key)
def test_a_definition_is_of_a_known_version_where_the_register_has_any(
    entry: LibraryEntry,
) -> None:
    """A definition needs no line there: `list --all` has both (documents/known)."""
    known = register.known_methodologies().get(entry.id)
    assert not known or not known.versions or entry.version in known.versions, (
        f"add {entry.version} to the versions of {entry.id} in "
        "workbook_templates/register/methodologies.csv, or mend the file's name"
    )
    m = load(entry.key)
    assert {m.country} <= set(register.countries()), (
        f"add {m.country} to workbook_templates/register/countries.toml"
    )
    assert set(m.scopes) <= set(register.scopes())


@pytest.mark.parametrize("name", ["projects", "methodologies"])
def test_a_list_says_where_it_comes_from_and_of_when_it_is(name: str) -> None:
    origin = register.origin(name)
    assert origin.source.address.startswith("https://www.jcm.go.jp/")
    assert re.fullmatch(r"\d{4}-\d{2}", origin.as_of)


@pytest.mark.parametrize(
    ("number", "key", "is_fault"),
    [
        ("TH001", "TH_AM001@1.0", False),
        ("TH001", "TH_AM001@3.0", True),
        ("TH022", "TH_AM011@1.0", False),
        ("TH022", "TH_AM001@2.0", False),
        ("ID009", "ID_AM003@1.0", True),
        ("TH999", "TH_AM001@3.0", False),
        ("", "TH_AM001@3.0", False),
    ],
)
def test_a_number_registered_otherwise(number: str, key: str, is_fault: bool) -> None:
    assert (register.registered_otherwise(number, key) is not None) is is_fault


def test_who_applies_a_version() -> None:
    numbers = [p.reference_number for p in register.applied_by("TH_AM001@2.0")]
    assert numbers == ["TH015", "TH016", "TH017", "TH022"]
