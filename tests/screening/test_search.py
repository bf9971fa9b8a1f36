"""From a country and a technology to methodologies, in any language of the partners."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from jcm_xl.definition.library import entries, load
from jcm_xl.definition.register import countries, known_methodologies
from jcm_xl.documents.lines import Line, as_text
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.screening.estimate import estimate
from jcm_xl.screening.lines import estimate_lines, found_lines
from jcm_xl.screening.search import search, technologies
from tests.questions import of_every


@pytest.mark.parametrize(
    ("country", "words", "wanted"),
    [
        ("TH", "solar", ["TH_AM001"]),
        ("Thailand", "PV", ["TH_AM001"]),
        ("vn", "điện mặt trời", ["VN_AM007"]),
        ("TH", "太陽光発電", ["TH_AM001"]),
        ("TH", "LED", ["TH_AM016"]),
        ("ID", "lampu", ["ID_AM005", "ID_AM018", "ID_AM020"]),
        ("PH", "rice", ["PH_AM004"]),
        ("TH", "centrifugal", ["TH_AM003"]),
    ],
)
def test_a_technology_is_found_in_the_language_people_type(
    country: str, words: str, wanted: list[str]
) -> None:
    found = [m.id for m in search(country, words).here]
    assert [code for code in wanted if code not in found] == []


def test_a_word_within_another_one_is_no_hit() -> None:
    assert "TH_AM014" not in dict(search("TH", "LED").undefined)


def test_a_longer_word_is_meant_and_not_the_shorter_one_in_it() -> None:
    found = search("MM", "waste heat")
    assert [m.id for m in found.here] == ["MM_AM005"]
    assert "VN_AM004@1.0" not in found.elsewhere
    assert [m.id for m in search("MM", "waste").here] != []


@of_every(sorted({entry.id[:2] for entry in entries()}))
def test_every_country_answers_the_first_question(country: str) -> None:
    found = search(country, "")
    assert found.here
    assert found.elsewhere == ()
    text = as_text(found_lines(found))
    assert text.startswith(f"Methodologies of {countries()[country]} ({country}) for ")
    for m in found.here:
        assert m.summary["measures"] in text
        assert max(map(len, as_text(asked(m)).splitlines())) < 480


def asked(m: Methodology) -> Iterator[Line]:
    """Return what is asked of somebody who has said nothing yet."""
    return estimate_lines(estimate(m, {}, {}, date(2027, 1, 1), 2030))


def test_nothing_found_says_where_to_go_on() -> None:
    text = as_text(found_lines(search("LA", "hydro")))
    assert "Next: jcm-xl screen LA names all methodologies of the country" in text


def test_only_the_newest_version_of_the_country_is_offered() -> None:
    found = search("TH", "solar")
    assert [m.key for m in found.here] == ["TH_AM001@3.0"]
    assert all(not key.startswith("TH") for key in found.elsewhere)
    assert "MN_AM003@3.0" in found.elsewhere


def test_known_methodologies_without_definition_are_named() -> None:
    defined = {entry.id for entry in entries()}
    for known in known_methodologies().values():
        if known.id not in defined and known.country in countries():
            named = dict(search(known.country, "").undefined)
            assert named[known.id] == known.title


def test_every_word_of_a_title_meets_a_methodology() -> None:
    titles = [load(entry.key).title for entry in entries()]
    titles += [known.title for known in known_methodologies().values()]
    folded = [f" {title.casefold()}" for title in titles]
    idle = [
        (technology.name, word)
        for technology in technologies()
        for word in technology.titles
        if not any(f" {word}" in title for title in folded)
    ]
    assert idle == []


def test_another_country_is_refused_with_those_there_are() -> None:
    with pytest.raises(JcmError, match=r"'XX' is no partner country.*TH Thailand"):
        search("XX", "solar")
