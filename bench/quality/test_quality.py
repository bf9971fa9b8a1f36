"""A little of `make quality`, so that its measurement keeps running, and holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.quality import guards
from bench.quality.changes import is_result
from bench.quality.claims import KINDS, claims
from bench.quality.clipped import measured
from bench.quality.fills import fills
from bench.quality.hands.habits import HANDS
from bench.quality.hands.judge import handmade, hands
from bench.quality.inputs import legitimate, wrong_kinds
from bench.quality.judged import CORE
from bench.quality.laws import laws
from bench.quality.measure import PARTS, TARGETS, digest, kept, measure, table
from bench.quality.mutants import mutants
from bench.quality.office import view
from bench.quality.outcome import Outcome
from bench.quality.own_code import Place, own_code, own_core, tried
from bench.quality.package_edit import Book
from bench.quality.seen import seen
from bench.quality.tampered import ROWS, base, tampered
from bench.quality.touched import touched
from tests.rounds import later


def test_mutants_are_found_at_their_cell() -> None:
    found = mutants(range(1000, 1040))
    assert found["killed"].wrong == 0, found["killed"].samples
    assert found["right cell"].wrong == 0, found["right cell"].samples


@pytest.mark.parametrize("part", [wrong_kinds, legitimate])
def test_inputs_are_judged_rightly(part: object) -> None:
    for outcome in part(range(1000, 1020)).values():  # type: ignore[operator]
        assert outcome.tried > 15
        assert outcome.wrong == 0, outcome.samples


def test_clean_fills_give_no_alarm_and_laws_hold() -> None:
    for found in (fills(range(7, 9)), laws(range(7, 9))):
        for outcome in found.values():
            assert outcome.tried
            assert outcome.wrong == 0, outcome.samples


def test_no_text_of_a_blank_book_is_cut() -> None:
    for outcome in measured(range(2)).values():
        assert outcome.tried
        assert outcome.wrong == 0, outcome.samples


@pytest.mark.office
@pytest.mark.parametrize("seeds", [range(1, 3), later(range(4000, 4060))])
def test_books_of_many_hands_give_no_alarm_and_are_read_rightly(seeds: range) -> None:
    for found in hands(seeds).values():
        assert found.tried == len(seeds)
        assert found.wrong == 0, found.samples


def test_every_hand_has_its_turn_and_none_is_like_another() -> None:
    assert len(HANDS) >= 20
    assert len(set(map(repr, HANDS.values()))) == len(HANDS)
    assert {handmade(seed).hand for seed in range(len(HANDS))} == set(HANDS)


@pytest.mark.slow
@pytest.mark.office
def test_no_tampered_package_is_clean_and_no_honest_touch_asks() -> None:
    for found in (tampered(range(60 * len(ROWS))), touched(range(180))):
        for name, outcome in found.items():
            assert outcome.tried >= 60, name
            most = outcome.tried // 50 if "told at" in name else 0
            assert outcome.wrong <= most, (name, outcome.samples)


@pytest.mark.slow
@pytest.mark.office
def test_what_libreoffice_shows_otherwise_is_told() -> None:
    for name, outcome in seen(range(60)).items():
        assert outcome.tried >= 10, name
        assert outcome.wrong == 0, (name, outcome.samples)


@pytest.mark.office
def test_a_page_is_the_same_twice_and_another_when_a_number_is() -> None:
    book = base(0, "ours")
    slot = next(s for s in book.carrying if is_result(s))
    cells = [(slot.sheet, slot.address)]
    first = view(book.data, cells)
    assert first.pages
    assert first == view(book.data, cells)
    other = Book(book.data)
    other.restyle(other.cell(*cells[0]), code='"500"')
    found = view(other.bytes(), cells)
    assert found.cells[0].text == "500"  # type: ignore[union-attr]
    assert found.pages != first.pages


@pytest.mark.slow
def test_no_folder_claims_twice_unseen() -> None:
    for name, outcome in claims(range(60 * len(KINDS))).items():
        assert outcome.tried >= 30, name
        assert outcome.wrong == 0, (name, outcome.samples)


def test_nothing_that_lies_in_a_folder_runs_hides_or_answers_without_end() -> None:
    for part, seeds in (
        (guards.planted, range(9, 11)), (guards.raising, range(0, guards.CHECKS, 40)),
        (guards.edges, range(5990, 6000)), (guards.packages, range(3)),
    ):  # fmt: skip
        for name, outcome in part(seeds).items():
            assert outcome.tried == len(seeds), name
            assert outcome.wrong == 0, (name, outcome.samples)


@pytest.mark.slow
def test_no_hostile_file_makes_a_large_report() -> None:
    (outcome,) = guards.hostile(range(1)).values()
    assert outcome.tried > 100
    assert outcome.wrong == 0, outcome.samples


def test_the_reports_of_a_project_are_honest() -> None:
    reports = dict(guards._project(3))
    assert len(reports) == len(guards.YEARS)
    assert len(set(reports.values())) == len(reports)


def test_a_change_of_a_check_is_noticed() -> None:
    assert own_code(range(2))["own code"].tried == 2


@pytest.mark.slow
def test_a_change_of_what_the_checks_rest_on_is_noticed() -> None:
    assert {judged.row for judged in CORE} <= set(TARGETS)
    units = CORE[0]
    found = tried([Place(units, number) for number in range(3)], range(3))
    assert found == {units.row: Outcome(3, 0)}
    assert sum(outcome.tried for outcome in own_core(range(8, 9)).values()) == 1


def test_no_change_of_untested_code_is_noticed_and_a_broken_test_is_told() -> None:
    untested = CORE[0]._replace(tests=())
    places = [Place(untested, number) for number in range(3)]
    outcome = tried(places, range(3))[untested.row]
    assert (outcome.tried, outcome.wrong) == (3, 3)
    broken = CORE[0]._replace(tests=("tests/no_such_test.py",))
    with pytest.raises(AssertionError, match="without any change"):
        tried([Place(broken, 0)], range(1))


def test_a_stopped_measurement_is_continued(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    measure({"laws": PARTS["laws"]}, state, end=0)
    assert set(kept(state)) == set(TARGETS)
    assert table(kept(state)).count("not measured") == len(TARGETS)
    _write(state, digest(PARTS["laws"].sources))
    assert kept(state)["own"] == Outcome(9, 1, ("why",), (("x", 2),))
    assert "| 9 | 1 | 88.89 % | x: 2 |" in table(kept(state))


def test_what_another_program_did_is_not_counted(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    for code in ("0123456789abcdef", None):
        _write(state, code)
        assert table(kept(state)).count("not measured") == len(TARGETS)


def test_each_changed_added_or_renamed_file_is_another_program(tmp_path: Path) -> None:
    def now() -> str:
        digest.cache_clear()
        return digest((str(tmp_path),))

    seen = [now()]
    (tmp_path / "deep").mkdir()
    one, other = tmp_path / "deep" / "one.py", tmp_path / "deep" / "other.py"
    one.write_text("1")
    seen.append(now())
    one.write_text("2")
    seen.append(now())
    one.rename(other)
    seen.append(now())
    assert len(set(seen)) == 4
    assert now() == seen[3]


def _write(state: Path, code: str | None) -> None:
    found = {"own": [9, 1, ["why"], [["x", 2]]]}
    line = {"part": "laws", "code": code, "first": 0, "found": found}
    state.write_text(json.dumps(line) + "\n")
