"""Whatever stands in a file of inputs, it is used or refused; nothing else happens."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jcm_xl import api
from jcm_xl.errors import JcmError
from jcm_xl.inputs.read import read_inputs
from jcm_xl.inputs.table import columns
from jcm_xl.plan.layout import layout

M = api.load("ID_AM002")
NAMES = st.sampled_from([*M.parameters, *M.formulas, *M.sets, "nothing"])
SINGLE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(),
    st.dates(), st.datetimes(), st.sampled_from(["both", "B", "Option C", "1,5"]),
)  # fmt: skip
VALUE = st.one_of(SINGLE, st.lists(SINGLE, max_size=4))
STAGED = st.one_of(
    VALUE, st.dictionaries(st.sampled_from(["plan", "report", "x"]), VALUE)
)
BLOCKS: dict[str, st.SearchStrategy[Any]] = {
    "methodology": st.sampled_from(["ID_AM002", "ID_AM002@2.0", 5, None]),
    "reference_number": VALUE,
    "rows": st.dictionaries(NAMES, VALUE),
    "ex_ante": st.dictionaries(NAMES, VALUE),
    "fixed": st.dictionaries(NAMES, VALUE),
    "ex_post": st.one_of(VALUE, st.dictionaries(NAMES, VALUE)),
    "period": st.dictionaries(st.sampled_from(["start", "end", "plan_days"]), VALUE),
    "options": st.dictionaries(NAMES, STAGED),
    "text": st.dictionaries(
        NAMES,
        st.one_of(
            VALUE, st.dictionaries(st.sampled_from(["source", "comment"]), STAGED)
        ),
    ),
    "structure": st.one_of(
        VALUE, st.lists(st.dictionaries(st.sampled_from(["role", "person"]), VALUE))
    ),
    "meters": st.one_of(
        VALUE,
        st.lists(
            st.dictionaries(st.sampled_from(["meter", "point", "row", "x"]), VALUE)
        ),
    ),
}  # fmt: skip
ANY = st.fixed_dictionaries({}, optional=BLOCKS)
COLUMNS = columns(layout())
FEW = settings(
    max_examples=30, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def used_or_refused(source: object) -> None:
    try:
        found = read_inputs(source, M)
    except JcmError:
        return
    for value in found.submission.values.values():
        assert isinstance(value, float | str | datetime.date)
        assert not isinstance(value, bool | int | Decimal)
    assert api.book(*api.filled(M, source))


@FEW
@given(ANY)
def test_any_mapping(data: dict[str, Any]) -> None:
    used_or_refused(data)


@FEW
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, SINGLE)), max_size=6))
def test_any_frame(rows: list[dict[str, Any]]) -> None:
    import pandas as pd

    used_or_refused(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object))


@pytest.mark.parametrize("suffix", [".csv", ".toml", ".xlsx", ".txt"])
@FEW
@given(
    data=st.one_of(
        st.binary(), st.text().map(lambda text: text.encode("utf-8", "ignore"))
    )
)
def test_any_bytes(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"inputs{suffix}"
    path.write_bytes(data)
    used_or_refused(path)


@FEW
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=9),
        max_size=6,
    )
)
def test_any_csv(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "inputs.csv"
    lines = [",".join(COLUMNS), *(",".join(cells) for cells in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    used_or_refused(path)
