"""What may stand in an element, walked through child by child."""

from __future__ import annotations

import itertools
import re

import pytest

from jcm_xl.xlsx.content_model import Reader

MODELS = {
    "a b? c": "ab?c", "a* b": "a*b", "a+ b?": "a+b?", "( a | b )+ c": "(a|b)+c",
    "a ( b c | d )? e": "a(bc|d)?e", "( a b? )* c": "(ab?)*c", "( a? b? c? )+":
    "(a?b?c?)+", "a a": "aa", "( a | b )? ( a | b )?": "(a|b)?(a|b)?",
    "( ( a | b ) c )* d": "((a|b)c)*d",
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_a_model_takes_the_rows_that_its_pattern_takes(model: str) -> None:
    content = Reader(model, "x").content()
    pattern = re.compile(MODELS[model])
    for size in range(6):
        for row in map("".join, itertools.product("abcde", repeat=size)):
            place: int | None = content.start
            for name in row:
                place = None if place is None else content.steps[place].get(f"x:{name}")
            is_whole = place is not None and place in content.ends
            assert is_whole is bool(pattern.fullmatch(row)), row


def test_names_and_types_have_the_prefix_of_their_line() -> None:
    content = Reader("title b=Flag ln=a:Line a:p=Text t=$s e=%", "c").content()
    assert content.types == {
        "c:title": "c:Title", "c:b": "c:Flag", "c:ln": "a:Line", "a:p": "c:Text",
        "c:t": "$s", "c:e": "%",
    }  # fmt: skip


def test_some_models_have_no_order() -> None:
    once, free = (Reader(f"{mark} a b?", "x").content() for mark in "&~")
    assert (once.is_once, once.is_free) == (True, False)
    assert (free.is_once, free.is_free) == (False, True)
    assert once.types == free.types == {"x:a": "x:A", "x:b": "x:B"}
