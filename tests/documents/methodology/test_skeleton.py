"""Every shape has a skeleton that loads, calculates and says what is left."""

from __future__ import annotations

import pytest

from jcm_xl.definition.lint.run import lint_bytes
from jcm_xl.definition.load import load_bytes
from jcm_xl.definition.shapes import shapes
from jcm_xl.documents.methodology.skeleton import file_name, shape_lines, skeleton
from jcm_xl.errors import JcmError

ID = "TH_AM901"


def test_the_shapes_are_counted_and_each_has_a_line() -> None:
    numbers = list(shapes())
    assert numbers == list(range(1, len(numbers) + 1))
    lines = [line.text.split()[0] for line in shape_lines()]
    assert lines == ["shape", *map(str, numbers), "A"]


@pytest.mark.parametrize("number", shapes())
def test_a_skeleton_calculates_and_only_its_texts_are_left(number: int) -> None:
    data = skeleton(number, ID).encode()
    report = lint_bytes(data, file_name(ID))
    for_a_reader = {
        "JD220",
        "JD231",
        "JD232",
        "JD236",
    }  # of what only the document can tell
    assert {r.rule.code for r in report.remarks} - for_a_reader == {"JD201"}, [
        (remark.place, remark.message) for remark in report.remarks
    ]
    m = load_bytes(data, file_name(ID))  # proves the examples
    assert (m.shape, m.country, len(m.examples)) == (number, "TH", 2)
    assert "#" in skeleton(number, ID)


@pytest.mark.parametrize(
    ("number", "id", "words"),
    [
        (0, ID, "no shape 0"),
        (5, "AM901", "no methodology id"),
        (5, "th_am901", "TH_AM901"),
    ],
)
def test_what_cannot_be_begun_is_said(number: int, id: str, words: str) -> None:
    with pytest.raises(JcmError, match=words):
        skeleton(number, id)
