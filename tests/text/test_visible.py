from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.text.visible import csv_text, json_text, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # surrogates included


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("日本語 ÄÖ ±10 °C ′", "日本語 ÄÖ ±10 °C ′"),
        ("two\nlines\r\n\tx", "two\\nlines\\r\\n\\tx"),
        ("\x1b[31mred\x1b[0m", "\\u001b[31mred\\u001b[0m"),
        ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
        ("\x9b2J", "\\u009b2J"),
        ("\u202eCLEAN", "\\u202eCLEAN"),
        ("a\u200bb\u2066c\ufeff", "a\\u200bb\\u2066c\\ufeff"),
        ("\u2028line", "\\u2028line"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        (5, "5"),
    ],
)
def test_steering_signs_are_spelled(text: object, shown: str) -> None:
    assert visible(text) == shown


@given(ANY_TEXT)
def test_nothing_steers(text: str) -> None:
    shown = visible(text)
    shown.encode()  # no half of a pair is left
    for sign in shown:
        assert unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(sign) not in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM",
        "\t=1",
        "\r=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
    ],
)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    assert csv_text(text).startswith("'")


def test_other_texts_of_a_csv_stay() -> None:
    assert csv_text("a=1, b-2") == "a=1, b-2"
    assert csv_text("") == ""


@given(ANY_TEXT)
def test_a_csv_holds_one_line_and_no_formula(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([csv_text(text)])
    assert out.getvalue().count("\n") == 1
    assert not csv_text(text).lstrip().startswith(("=", "+", "-", "@"))


@given(
    st.dictionaries(
        ANY_TEXT,
        st.one_of(ANY_TEXT, st.floats(allow_nan=False, allow_infinity=False)),
    )
)
def test_json_is_exact_and_nothing_in_it_steers(data: dict[str, object]) -> None:
    text = json_text(data)
    assert json.loads(text) == data
    for part in text.split("\n"):
        assert visible(part) == part


def test_json_has_no_words_of_its_own_for_numbers() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        json_text({"a": float("nan")})
