"""A proposed methodology says on every sheet that nobody has approved it."""

from __future__ import annotations

from jcm_xl.plan.plan import make_plan
from tests.support import methodology


def faces(key: str) -> dict[str, str]:
    plan = make_plan(methodology(key))
    return {
        slot.sheet: str(slot.content)
        for slot in plan.where("draft")
        if slot.sheet in plan.official
    }


def test_every_sheet_of_a_proposed_methodology_says_so() -> None:
    said = faces("TN_PM001@1.0")
    assert set(said) == set(make_plan(methodology("TN_PM001@1.0")).official)
    assert all(text.startswith("PROPOSED, not approved") for text in said.values())
    assert not any("PROPOSED" in text for text in faces("TH_AM001@1.0").values())
