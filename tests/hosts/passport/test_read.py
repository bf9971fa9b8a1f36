"""A passport that came back: what counts, what differs, what confirms nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.documents.lines import as_text
from jcm_xl.errors import JcmError
from jcm_xl.hosts.passport.confirmed import confirmed, entry, hosts_page
from jcm_xl.hosts.passport.read import NoPassport, PassportRead, read_passport
from jcm_xl.hosts.passport.told import passport_lines
from jcm_xl.hosts.passport.trial import Trial, TrialKind
from jcm_xl.xlsx.grid import CellValue
from tests.hosts.passport.simulated import (
    KEYS,
    edited,
    packed,
    simulated,
    small,
    unmarked,
)
from tests.support import example_book

pytest.importorskip("xlwings")
ROOT = Path(__file__).parents[3]


def read(data: bytes, folder: Path, name: str = "back.xlsx") -> PassportRead:
    path = folder / name
    path.write_bytes(data)
    return read_passport(path, KEYS)


def page(found: PassportRead) -> str:
    return as_text(passport_lines(found))


def test_a_simulated_passport_says_all_and_is_never_listed(tmp_path: Path) -> None:
    found = read(simulated(), tmp_path)
    assert (found.faults, found.is_confirming, found.exit_code) == ((), False, 2)
    assert str(found.program) == "Microsoft Excel 16.0"
    assert page(found).startswith("back.xlsx: SIMULATED for a test, nothing of this is")
    assert "Windows (64-bit) NT 10.00" in page(found)
    with pytest.raises(JcmError, match="confirms nothing"):
        entry(found)


def test_one_that_counts_is_an_entry_with_its_date(tmp_path: Path) -> None:
    found = read(unmarked(simulated()), tmp_path)
    assert (found.faults, found.exit_code) == ((), 0)
    text = entry(found)
    count = found.counts(TrialKind.FORMULAS)["equal"]
    assert f'formulas = "{count} of {count} equal' in text
    assert "date = 2026-01-05" in text
    assert 'program = "Microsoft Excel"' in text
    assert "is proved" in page(found)


def test_a_passport_as_it_was_made_confirms_nothing(tmp_path: Path) -> None:
    for has_macros in (False, True):
        name = "made.xlsm" if has_macros else "made.xlsx"
        found = read(small(has_macros=has_macros)[1], tmp_path, name)
        count = len(small(has_macros=has_macros)[0].trials)
        assert found.faults == (
            f"it was not recalculated: {count} results are waiting",
        )
        assert found.exit_code == 2
        assert found.changed == ()


def a_tonne_more(trial: Trial) -> CellValue:
    is_one = trial.section is TrialKind.FORMULAS and trial.expected == 25.0
    return 26.0 if is_one else trial.expected


def test_what_differs_is_named_and_still_counts(tmp_path: Path) -> None:
    found = read(unmarked(simulated(give=a_tonne_more)), tmp_path)
    assert found.faults == ()
    assert found.counts(TrialKind.FORMULAS)["differs"] > 0
    assert found.exit_code == 1
    assert "gives 26, expected 25" in page(found)


def other(old: str, new: str, sheet: str = "Passport") -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        parts = edited(data, {sheet: lambda text: changed(text, old, new)})
        return packed(data, parts)

    return edit


def changed(text: str, old: str, new: str) -> str:
    after = re.sub(old, new, text, count=1)
    assert after != text
    return after


def of_part(part: str, old: str, new: str) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        return packed(data, {part: changed(edited(data, {})[part], old, new)})

    return edit


TAMPERED = {
    "a result typed in": (
        other(r"(<c r=\"F)(\d+)(\"[^>]*>)<f>ROUNDDOWN\(1.15\*100,0\)</f>", r"\1\2\3"),
        "was changed: it holds '115.0', made was =ROUNDDOWN(1.15*100,0)",
    ),
    "another formula": (
        other(r"<f>ROUNDDOWN\(1.15\*100,0\)</f>", "<f>ROUND(1.15*100,0)</f>"),
        "was changed: it holds =ROUND(1.15*100,0)",
    ),
    "a result that its judgement does not follow": (
        other(r"(<f>ROUNDDOWN\(1.15\*100,0\)</f><v>)115.0", r"\g<1>114"),
        "says 'equal', its result is 'differs'",
    ),
    "another expectation": (
        other(r"(<c r=\"E\d+\"[^>]*><v>)115(<)", r"\g<1>114\2"),
        "was changed: it holds '114.0', made was '115.0'",
    ),
    "a value that a formula reads": (
        other(r"<v>\d+\.\d+</v>", "<v>7.25</v>", "Passport values"),
        "Passport values!",
    ),
    "the book within": (
        other(
            r'(<c r="[A-Z0-9]+" s="\d+">)<v>[\d.]+', r"\1<v>7.25", "MRS(input_separate)"
        ),
        "MRS(input_separate)!",
    ),
    "saved by a library": (
        of_part("docProps/app.xml", "Microsoft Excel", "openpyxl"),
        "nobody here knows how openpyxl",
    ),
    "another version than its cell says": (
        of_part("docProps/app.xml", "16.0300", "12.0000"),
        "its cell says release '16.0'",
    ),
    "saved long after": (
        of_part("docProps/core.xml", r"(modified[^>]*>)2026-01", r"\g<1>2026-03"),
        "it was calculated at 2026-01-05 12:00 and saved at 2026-03-05",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_passport_confirms_nothing(what: str, tmp_path: Path) -> None:
    tamper, words = TAMPERED[what]
    found = read(tamper(unmarked(simulated())), tmp_path)
    assert not found.is_confirming
    assert found.exit_code == 2
    assert any(words in fault for fault in found.faults), found.faults
    with pytest.raises(JcmError, match="confirms nothing"):
        entry(found)


def test_another_file_is_no_passport(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    path.write_bytes(api.book(*example_book("ID_AM003@1.0")))
    with pytest.raises(NoPassport, match="is no passport"):
        read_passport(path)
    data = small(has_macros=False)[1]
    shared = edited(data, {})["xl/sharedStrings.xml"]
    text = changed(shared, "Passport of jcm_xl [^<]*", "Passport of jcm_xl 0.0.1")
    path.write_bytes(packed(data, {"xl/sharedStrings.xml": text}))
    with pytest.raises(NoPassport, match="another version"):
        read_passport(path)


def test_what_a_program_dropped_is_named(tmp_path: Path) -> None:
    data = unmarked(simulated())
    styles = of_part("xl/styles.xml", r"<tableStyles[^>]*/>", "")(data)
    found = read(styles, tmp_path)
    told = {change.part: change for change in found.changed}
    assert "tableStyles" in told["xl/styles.xml"].gone


def test_the_page_of_the_docs_is_that_of_the_list() -> None:
    text = (ROOT / "docs" / "hosts.md").read_text(encoding="utf-8")
    assert text == hosts_page()
    assert "| Excel: **not confirmed** |" in text
    assert all(isinstance(one["date"], date) for one in confirmed())
