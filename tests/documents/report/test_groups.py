"""What is shown as one: like findings of a column, consequences under their cause."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.documents.report.groups import Group, groups, ranges
from jcm_xl.documents.report.shared import each
from jcm_xl.model.finding import Severity
from jcm_xl.text.languages import messages
from jcm_xl.xlsx.grid import parse_range
from tests.documents.report.test_report import finding


def test_like_findings_of_a_column_are_one() -> None:
    blank = [finding(302, cell=f"D{row}") for row in (8, 9, 10, 12)]
    other = finding(302, cell="E8", parameter="EF")
    shown = groups([*blank, other, finding(204)])
    assert [(g.first.code, g.place, g.count) for g in shown] == [
        ("JX302", "'MRS(input)'!D8:D10, D12", 4),
        ("JX302", "'MRS(input)'!E8", 1),
        ("JX204", "'MRS(input)'!F8", 1),
    ]


def test_equal_findings_of_a_book_are_one() -> None:
    """Seven sheets without protection, and one text in three columns of two sheets."""
    sheets = [finding(216, sheet=f"S{n}", cell="", found=f"S{n}") for n in range(7)]
    places = [("S1", "D8"), ("S1", "F9"), ("S2", "D8")]
    equal = [finding(227, sheet=sheet, cell=cell) for sheet, cell in places]
    names = "; ".join(f"'S{n}'" for n in range(7))
    assert [(g.place, g.count) for g in groups([*sheets, *equal])] == [
        (names, 7),
        ("'S1'!D8, F9; 'S2'!D8", 3),
    ]


def test_the_values_of_like_findings_are_all_named() -> None:
    typed = [("C10", "1,130 kWh", "1.13"), ("C11", "212,5", "212.5"), ("C12", "x", "")]
    found = [
        finding(304, cell=cell, found=text, expected=meant)
        for cell, text, meant in typed
    ]
    (group,) = groups(found)
    words = messages("en")
    assert each(group, words) == "C10 1,130 kWh -> 1.13; C11 212,5 -> 212.5; C12 x"
    assert each(group, words, 1) == "C10 1,130 kWh -> 1.13; ..."
    assert each(Group((found[0],)), words) == ""


def test_two_are_told_one_by_one() -> None:
    two = [finding(302, cell=f"D{row}") for row in (8, 9)]
    assert [g.place for g in groups(two)] == ["'MRS(input)'!D8", "'MRS(input)'!D9"]


def test_what_differs_in_weight_or_was_answered_stands_apart() -> None:
    three = [finding(307, cell=f"D{row}") for row in (8, 9, 10)]
    answered = [finding(307, cell="D11", acknowledged="It was a dry year.")]
    milder = [finding(307, Severity.WARNING, cell=f"D{row}") for row in (12, 13, 14)]
    counts = [g.count for g in groups([*three, *answered, *milder])]
    assert counts == [3, 1, 3]


def test_consequences_stand_under_their_cause() -> None:
    cause = finding(213, cell="G9")
    effects = [finding(401, cell=f"G{n}", follows=cause.key) for n in (6, 7)]
    (group,) = groups([cause, *effects])
    assert (group.first, group.followers) == (cause, tuple(effects))
    assert len(groups([cause, *effects], is_folded=False)) == 3


def test_an_effect_without_its_cause_is_told_itself() -> None:
    lost = finding(401, follows="JX213 'MRS(calc_process)'!G9")
    assert [g.first for g in groups([lost])] == [lost]


@given(st.sets(st.integers(1, 60), min_size=1))
def test_ranges_name_each_cell_once(rows: set[int]) -> None:
    found = ranges(f"AB{row}" for row in rows)
    areas = [parse_range(text) for text in found]
    named = [row for top, _, bottom, _ in areas for row in range(top, bottom + 1)]
    assert named == sorted(rows)
