"""What cannot be seen in a text is found, spelled and named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.text.signs import look_alike, spelled, told

PLAIN = "Grid electricity"


@pytest.mark.parametrize(
    ("text", "shown", "words"),
    [
        ("Grid\u00a0electricity", "Grid\\u00a0electricity",
         "a no-break blank after 'Grid'"),
        ("Grid electricity ", "Grid electricity\\u0020", "a blank at the end"),
        (" Grid electricity", "\\u0020Grid electricity", "a blank at the beginning"),
        ("Grid  electricity", "Grid\\u0020\\u0020electricity", "2 blanks after 'Grid'"),
        ("Grid\nelectricity", "Grid\\u000aelectricity", "a line break after 'Grid'"),
        ("Grid\u3000electricity", "Grid\\u3000electricity",
         "a wide blank after 'Grid'"),
        ("Grid electricit\u0443", "Grid electricit\\u0443",
         "the Cyrillic letter \u0443 after 'electricit'"),
        ("Grid \u200belectricity", "Grid \\u200belectricity",
         "a sign that nobody sees after 'Grid'"),
    ],
)  # fmt: skip
def test_an_odd_sign_is_named(text: str, shown: str, words: str) -> None:
    assert look_alike(text, PLAIN)
    assert spelled(text) == shown
    assert told(text) == words


@pytest.mark.parametrize(
    "text", ["Grid electricity", "Größe 12 m³", "電力 量", "Электричество", "Ångström"]
)
def test_a_text_of_one_script_has_nothing_odd(text: str) -> None:
    assert spelled(text) == text
    assert told(text) == ""


def test_what_can_be_seen_is_no_twin() -> None:
    assert not look_alike("grid electricity", PLAIN)
    assert not look_alike(PLAIN, PLAIN)


@given(st.text())
def test_naming_never_fails(text: str) -> None:
    spelled(text)
    told(text)
