"""Other values for inputs, as a person writes them."""

from __future__ import annotations

import pytest

from jcm_xl import api
from jcm_xl.definition.load import load_bytes
from jcm_xl.engine.whatif import Changed, what_if
from jcm_xl.errors import JcmError
from tests.engine.test_bridge import KEY, inputs_of, of_units
from tests.engine.test_net import NAME, SOUND


def test_inputs_and_defaults_are_changed() -> None:
    m = api.load("TH_AM001@3.0")
    found = what_if(m, inputs_of(m), ["EG_i_p[1]=2,000.5"])
    assert found.changes == (Changed("EG_i_p", 1, found.changes[0].before, 2000.5),)
    m = load_bytes(SOUND.encode(), NAME)
    other = what_if(m, inputs_of(m), ["EF_elec=0.5"])
    assert other.changes[0].row is None
    assert other.before.unrounded is not None
    assert other.after.unrounded is not None
    ratio = other.after.unrounded / other.before.unrounded
    assert ratio == pytest.approx(0.5 / (other.changes[0].before or 0))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("EC_PJ_i_p[1]", "is no change: write a name, an equals sign and a value"),
        ("EC_PJ_i_p[1]=", "is no change"),
        ("EC=1", "has no quantity 'EC'"),
        ("RE_p=5", "RE_p is calculated or a constant"),
        ("EC_PJ_i_p=5", "has a value in each of 2 units; name one, as EC_PJ_i_p[1]=5"),
        ("EC_PJ_i_p[7]=5", "has no row 7"),
        ("EC_PJ_i_p[1]=1,234", "may mean 1234 or 1.234"),
        ("EC_PJ_i_p[1]=many", "'many' is no number; write the value of EC_PJ_i_p in"),
    ],
)
def test_a_change_that_is_not_understood_is_explained(change: str, words: str) -> None:
    m = api.load(KEY)
    with pytest.raises(JcmError) as caught:
        what_if(m, of_units(inputs_of(m), 2), [change])
    assert words in str(caught.value)


def test_the_same_input_twice_is_refused() -> None:
    m = api.load(KEY)
    with pytest.raises(JcmError, match="is changed twice"):
        what_if(m, inputs_of(m), ["EF_elec=1", "EF_elec=2"])


def test_a_choice_is_one_of_its_texts() -> None:
    m = api.load("ID_AM003@1.0")
    p = next(p for p in m.inputs if p.is_choice)
    of_unit = f"{p.name}[1]" if p.index else p.name
    text = m.choices(p)[-1]
    found = what_if(m, inputs_of(m), [f"{of_unit}={text.upper()}"])
    assert found.changes[0].after == text
    with pytest.raises(JcmError, match="expected one of"):
        what_if(m, inputs_of(m), [f"{of_unit}=nonsense"])
