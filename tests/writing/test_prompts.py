"""Prompts end with a sentence, and say nothing that does not fit its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.model.methodology import Bounds
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.text.languages import languages, messages
from jcm_xl.writing.validations import fitted, shown_at
from tests.support import SHAPES, methodology
from tests.writing.clipped import unfinished


@pytest.mark.parametrize("language", languages())
def test_every_prompt_ends_with_a_sentence(language: str) -> None:
    for key in ("TH_AM001", "PH_AM004"):
        plan = make_plan(methodology(key), None, Edition(language, True, True))
        found = dict(shown_at(plan))
        assert list(unfinished(plan)) == []
        assert max(map(len, found.values())) <= 255


def test_zero_is_offered_only_where_it_is_admitted() -> None:
    nothing = messages("en")("prompt.nothing")
    for key in SHAPES:
        m = methodology(key)
        plan = make_plan(m, None, Edition())
        said = dict(shown_at(plan))
        for slot in plan.inputs:
            p = m.parameters.get(slot.name)
            if p and slot.rule == "number" and slot.absolute in said:
                assert (nothing in said[slot.absolute]) == p.bounds.admit(0), slot.key
    assert not Bounds(above=Decimal(0)).admit(0)


@given(st.lists(st.from_regex(r"([a-z]{1,80}\. ?){0,4}", fullmatch=True), max_size=6))
def test_what_fits_are_whole_sentences_in_their_order(parts: list[str]) -> None:
    said = fitted(parts)
    words = " ".join(parts).split()
    assert len(said) <= 255
    assert len(" ".join(words)) > 255 or said.split() == words
    rest = iter(words)
    assert all(word in rest for word in said.split())
