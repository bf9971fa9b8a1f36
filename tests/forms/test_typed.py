"""What is typed into a form comes back: from its text, and from its book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jcm_xl.forms.filled import read_entries, values_of
from jcm_xl.forms.folder import ProjectError
from jcm_xl.forms.load import form_definitions
from jcm_xl.forms.model import FieldType, FieldValue, FormField
from jcm_xl.forms.place import place_form
from jcm_xl.forms.typed import not_taken, read_typed, typed_text
from jcm_xl.writing.form_book import write_form_book
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.forms.example import ONE_NOW, TYPED

_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")),
    min_size=1, max_size=40,
).map(str.strip).filter(bool)  # fmt: skip
_NUMBERS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)
_DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def _entries(kind: FieldType, choices: tuple[str, ...], is_whole: bool) -> Any:
    if choices:
        return st.sampled_from(choices)
    if kind is FieldType.NUMBER:
        return st.integers(0, 10**9).map(Decimal) if is_whole else _NUMBERS
    return _DAYS if kind is FieldType.DATE else _TEXTS


def _field_values(field: FormField) -> Any:
    if not field.is_table:
        return _entries(field.type, field.choices, False)
    cells = {c.id: _entries(c.type, c.choices, c.is_whole) for c in field.columns}
    rows = st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=field.rows)
    return rows.map(tuple)


def _values(code: str) -> Any:
    typed = [f for f in form_definitions()[code].fields if not f.is_sourced]
    return st.fixed_dictionaries(
        {}, optional={field.id: _field_values(field) for field in typed}
    )


@pytest.mark.parametrize("code", ONE_NOW)
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_whatever_is_typed_comes_back(code: str, data: Any, tmp_path: Path) -> None:
    form = form_definitions()[code]
    values: dict[str, FieldValue] = data.draw(_values(code))
    path = tmp_path / "typed.toml"
    path.write_text(typed_text(form, values), encoding="utf-8")
    assert read_typed(path, form) == values
    placed = place_form(form, "MN", {})
    book = write_form_book(placed, "MN004", values)
    assert book == write_form_book(placed, "MN004", values)
    grid = read_grid(open_bytes(book, code))
    assert grid.oddities == ()
    assert values_of(read_entries(grid, placed)) == values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('form = "PDD"\n[values]\ndescripton = "x"', "PDD has no such field"),
        ('form = "MoC"\n[values]\n', "these are the values of MoC, not of PDD"),
        ('form = "PDD"\n[values]\ntitle = "x"', "its value stands in project.title"),
        ('form = "PDD"\n[values]\ndescription = 3', "expected a text"),
        ('form = "PDD"\n[values]\n[[values.comments]]\nwho = "x"', "unknown key"),
    ],
)
def test_a_problem_is_told(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "PDD.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as refused:
        read_typed(path, form_definitions()["PDD"])
    assert told in str(refused.value)


def test_a_row_that_is_gone_is_told_and_not_moved_to_another_one() -> None:
    """Verified tonnes of 2023 are never those of another year."""
    form = form_definitions()["Vrf_Rep"]
    years = ({"year": Decimal(2024), "reductions": Decimal(10)},)
    placed = place_form(form, "TH", {"report.by_year": years})
    values = {"by_year": TYPED["Vrf_Rep"]["by_year"]}
    grid = read_grid(open_bytes(write_form_book(placed, "TH000", values), "x"))
    assert values_of(read_entries(grid, placed)) == {}
    assert not_taken(values, placed) == ["by_year[1]: 2023, 381"]
