"""What a book says on its face: that it is not the approved spreadsheet."""

from __future__ import annotations

from jcm_xl.definition.library import entries, load
from jcm_xl.model.key import Key
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import make_plan
from tests.questions import of_every

WORDS = "Not the approved spreadsheet: do not submit; for checking and training."
ONCE_WITHOUT = ("ID_AM004", "ID_AM010", "ID_AM022", "KE_AM002", "MM_AM002", "PH_AM001",
                "TH_AM009")  # fmt: skip


def banner(key: str, edition: Edition | None = None) -> set[str]:
    """Return what stands on the official sheets of a blank of two rows."""
    m = load(key)
    plan = make_plan(m, dict.fromkeys(m.sets, 2), edition)
    sheets = [k for k in plan.layout.official if k in plan.sheets]
    slots = (plan.get(Key(sheet, "draft")) for sheet in sheets)
    return {str(slot.content) if slot else "" for slot in slots}


@of_every(entry.key for entry in entries())
def test_the_banner_stands_while_anything_is_not_official(key: str) -> None:
    (text,) = banner(key)
    assert (WORDS in text) == load(key).is_draft
    for tally in load(key).tallies.values():
        assert str(tally) in text or not load(key).is_draft


def test_books_once_without_a_banner_have_one() -> None:
    for key in ONCE_WITHOUT:
        assert all(WORDS in text for text in banner(key))


def test_the_first_shape_counts_as_it_did() -> None:
    first = Edition(layout=layout(1), shape=1)
    m = load("TH_AM001@1.0")
    words = "DRAFT: numbers or formulas not confirmed by an official document: "
    assert banner(m.key, first) == {f"{words}{len(m.drafts)}"}
