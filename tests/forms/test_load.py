"""The files of forms: all 21 codes, every problem told, nothing unseen known."""

from __future__ import annotations

import pytest

from jcm_xl.definition.register import forms as registered
from jcm_xl.forms.load import FormFileError, form_definitions, form_of
from jcm_xl.forms.model import FormEvidence
from jcm_xl.forms.place import note, place_form
from tests.forms.example import KNOWN

GOOD = """\
[form]
evidence = "recollection"
unseen   = "all of the layout"

[form.source]
title = "A form"

[[field]]
id      = "name"
section = "1"
label   = "Name"
ja      = "名称"
"""


def test_every_form_of_the_register_has_its_file() -> None:
    assert list(form_definitions()) == list(registered())


def test_no_layout_counts_as_read() -> None:
    """Nobody here has seen an official form: whoever does says so in one file."""
    for form in form_definitions().values():
        assert form.is_draft, form.code
        assert form.evidence is not FormEvidence.DOCUMENT
        assert form.is_unknown is (form.evidence is FormEvidence.UNKNOWN)
        assert form.unseen, form.code
        assert form.source.title, form.code


def test_a_field_from_recollection_says_so_on_the_sheet() -> None:
    for code in KNOWN:
        for field in form_definitions()[code].fields:
            is_recollected = field.evidence is FormEvidence.RECOLLECTION
            assert ("from recollection" in note(field)) is is_recollected


def test_a_sheet_is_the_same_each_time_and_no_cell_is_twice() -> None:
    for code in KNOWN:
        form = form_definitions()[code]
        placed = place_form(form, "MN", {})
        assert placed == place_form(form, "MN", {})
        places = [cell.at for cell in placed.cells]
        assert len(places) == len(set(places))
        assert not set(places) & set(placed.texts)


def test_the_version_is_that_of_the_country_where_it_was_seen() -> None:
    form = form_definitions()["PDD"]
    placed = place_form(form, "MN", {})
    assert placed.id == "JCM_MN_F_PDD_ver05.0"
    assert placed.id in placed.texts.values()  # so JX705 compares it
    assert place_form(form, "TH", {}).id == ""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id      = "name"', 'id      = "name"\nsoruce = "x"',
         "PDD.toml:10: field.0.soruce"),
        ('label   = "Name"\n', "", "missing; a text is required"),
        ('ja      = "名称"', 'ja      = "名称"\nsource = "plan.totl"',
         "'plan.totl' is no source (did you mean 'plan.total'?)"),
        ('ja      = "名称"', 'ja      = "名称"\ntype = "choice"',
         "a choice has choices"),
        ('ja      = "名称"', 'ja      = "名称"\ntype = "table"', "a table has columns"),
        ('ja      = "名称"', 'ja      = "名称"\nwhen = { field = "nme", is = "x" }',
         "there is no field 'nme'"),
        ('evidence = "recollection"', 'evidence = "unknown"',
         "a form is unknown where it has no field"),
        ("[form]\n", "[form\n", "no valid TOML"),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_line(old: str, new: str, told: str) -> None:
    with pytest.raises(FormFileError) as refused:
        form_of("PDD", GOOD.replace(old, new))
    assert told in str(refused.value)


def test_a_good_text_is_a_form() -> None:
    assert [field.id for field in form_of("PDD", GOOD).fields] == ["name"]
