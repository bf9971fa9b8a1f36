from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.errors import JcmError
from jcm_xl.inputs.read import read_inputs
from jcm_xl.inputs.resolve import Inputs
from tests.keys import slot_key, texts

REFRIGERATORS = """
methodology      = "ID_AM003@01.0"
reference_number = "ID003"

[rows]
i = 4

[ex_ante]
EC_PJ_i_p = [135, "", 1_000.5]

[fixed]
COP_PJ_i = [1.63, "", 2]
type_i   = ["individual quick freezer", "", "Cold storage"]
EF_elec  = 0.814

[ex_post]
EC_PJ_i_p = [131.2000000000000001, "", 0]

[period]
start     = 2021-01-01
end       = "2021-12-31"
plan_days = 366

[options]
EC_PJ_i_p = "C"

[text.EC_PJ_i_p]
source = { plan = "Meter E1", report = "Meter E1 (exchanged)" }
comment = "Read every month"

[text.EF_elec]
source = "Grid, 2020"
comment = "   "

[text.i]
comment = ["First hall", "", "Second hall"]

[[structure]]
person = "Plant manager"
role   = "Archiving"
[[structure]]
role   = "Meters"
"""


def inputs(text: str, key: str, folder: Path) -> Inputs:
    path = folder / "inputs.toml"
    path.write_text(text, encoding="utf-8")
    return read_inputs(path, api.load(key))


def test_everything_at_once(tmp_path: Path) -> None:
    found = inputs(REFRIGERATORS, "ID_AM003", tmp_path)
    assert found.stage == "report"
    assert found.submission.rows == {"i": 4}
    assert texts(found.submission.values) == {
        "reference_number": "ID003",
        "mps.value:EC_PJ_i_p[1]": 135.0,
        "mps.value:EC_PJ_i_p[3]": 1000.5,
        "mrs.value:EC_PJ_i_p[1]": 131.2,
        "mrs.value:EC_PJ_i_p[3]": 0.0,
        "mps.value:COP_PJ_i[1]": 1.63,
        "mps.value:COP_PJ_i[3]": 2.0,
        "mps.value:type_i[1]": "Individual quick freezer",
        "mps.value:type_i[3]": "Cold storage",
        "mps.value:EF_elec": 0.814,
        "period.start": date(2021, 1, 1),
        "period.end": date(2021, 12, 31),
        "plan.days": 366.0,
        "mps.source:EC_PJ_i_p": "Meter E1",
        "mrs.source:EC_PJ_i_p": "Meter E1 (exchanged)",
        "mps.comment:EC_PJ_i_p": "Read every month",
        "mrs.comment:EC_PJ_i_p": "Read every month",
        "mps.source:EF_elec": "Grid, 2020",
        "mps.comment:i[1]": "First hall",
        "mrs.comment:i[1]": "First hall",
        "mps.comment:i[3]": "Second hall",
        "mrs.comment:i[3]": "Second hall",
        "mss.person:1": "Plant manager",
        "mss.role:1": "Archiving",
        "mss.role:2": "Meters",
    }


METERS = """
[[meters]]
meter          = "PM-1"
serial_number  = "A-4711"
accuracy_class = "0.5S"
certificate    = "KAN 815"
valid_from     = 2021-01-01
valid_until    = "2021-12-31"
point          = "EC_PJ_i_p"
row            = 2
remark         = ""
[[meters]]
point = "(1) EC PJ i,p"
"""


def test_meters_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    found = inputs(METERS, "ID_AM003", tmp_path)
    assert texts(found.submission.values) == {
        "meters.meter:1": "PM-1",
        "meters.serial:1": "A-4711",
        "meters.accuracy:1": "0.5S",
        "meters.certificate:1": "KAN 815",
        "meters.from:1": date(2021, 1, 1),
        "meters.until:1": date(2021, 12, 31),
        "meters.point:1": "(1) EC_PJ,i,p",
        "meters.row:1": 2.0,
        "meters.point:2": "(1) EC_PJ,i,p",
    }
    plan, _ = api.filled(api.load("ID_AM003"), tmp_path / "inputs.toml")
    assert plan.meters


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('point = "EF_elec"', "expected one of (1) EC_PJ,i,p"),
        ('point = "(2)"', "expected one of (1) EC_PJ,i,p"),
        ("row = 0", "expected the number of a unit row, such as 2"),
        ('valid_from = "31/12/21"', "expected a date such as 2017-01-31"),
        ("serial = 5", "unknown key (did you mean 'serial_number'?)"),
        ("serial_number = 5", "expected a text"),
    ],
)
def test_meters_that_cannot_be(line: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(JcmError) as failure:
        inputs(f"[[meters]]\n{line}\n", "ID_AM003", tmp_path)
    assert says in str(failure.value)


def test_more_meters_than_rows(tmp_path: Path) -> None:
    with pytest.raises(JcmError, match="meter 21, but the sheet Meters has 20 rows"):
        inputs("[[meters]]\nmeter = 'M'\n" * 21, "ID_AM003", tmp_path)


def test_without_ex_post_it_is_a_plan(tmp_path: Path) -> None:
    text = "[ex_ante]\nQF_R_p = 1\n[options]\nQF_R_p = 'B'\n"
    found = inputs(text, "PH_AM004", tmp_path)
    assert found.stage == "plan"
    assert texts(found.submission.values) == {
        "mps.value:QF_R_p": 1.0,
        "mps.option:QF_R_p": "Option B",
    }


@pytest.mark.parametrize(
    ("option", "plan", "report"),
    [
        ('"B"', "Option B", "Option B"),
        ('"option c"', "Option C", "Option C"),
        ('{ plan = "B", report = "C" }', "Option B", "Option C"),
    ],
)
def test_options_for_both_stages_or_each(
    option: str, plan: str, report: str, tmp_path: Path
) -> None:
    text = f"[ex_ante]\nQF_R_p=1\n[ex_post]\nQF_R_p=2\n[options]\nQF_R_p={option}\n"
    values = inputs(text, "PH_AM004", tmp_path).submission.values
    assert values[slot_key("mps.option:QF_R_p")] == plan
    assert values[slot_key("mrs.option:QF_R_p")] == report


def test_an_allowed_single_option_is_accepted_and_not_written(tmp_path: Path) -> None:
    text = "[ex_ante]\nD_p = 365\n[options]\nD_p = 'C'\n"
    values = inputs(text, "MM_AM005", tmp_path).submission.values
    assert texts(values) == {"mps.value:D_p": 365.0}


def test_rows_grow_to_the_units(tmp_path: Path) -> None:
    many = ", ".join(["1"] * 27)
    text = f"[rows]\ni = 3\n[ex_ante]\nEG_i_p = [{many}]\n"
    assert inputs(text, "TH_AM001@1.0", tmp_path).submission.rows == {"i": 27}
    assert inputs("", "TH_AM001@1.0", tmp_path).submission.rows == {"i": 10}
    assert inputs("rows.i = 3", "TH_AM001@1.0", tmp_path).submission.rows == {"i": 3}


def test_the_text_of_the_template_is_left_to_the_template(tmp_path: Path) -> None:
    text = "[ex_ante]\nD_p = 365\n[text.D_p]\nsource = 'Monitored data'\n"
    values = inputs(text, "MM_AM005", tmp_path).submission.values
    assert list(texts(values)) == ["mps.value:D_p"]


def test_texts_are_kept_as_they_are(tmp_path: Path) -> None:
    text = '[text.EF_elec]\ncomment = " =SUM(A1)\\n@x "\n'
    values = inputs(text, "ID_AM003", tmp_path).submission.values
    assert texts(values) == {"mps.comment:EF_elec": " =SUM(A1)\n@x "}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_do_not_matter(
    ending: str, mark: str, tmp_path: Path
) -> None:
    path = tmp_path / "inputs.TOML"
    text = mark + REFRIGERATORS.replace("\n", ending)
    path.write_bytes(text.encode())
    expected = inputs(REFRIGERATORS, "ID_AM003", tmp_path)
    assert read_inputs(path, api.load("ID_AM003")) == expected


@pytest.mark.parametrize("name", ["TH_AM001", "th_am001", "TH_AM001@1.0",
                                  "JCM_TH_AM001_ver01.0", "TH_AM001@01.0"])  # fmt: skip
def test_the_methodology_may_be_named(name: str, tmp_path: Path) -> None:
    inputs(f"methodology = '{name}'", "TH_AM001@1.0", tmp_path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    m = api.load("TH_AM001@1.0")
    shift_jis = tmp_path / "excel.csv"
    shift_jis.write_bytes("parameter,value\nEG_i_p,電力".encode("cp932"))
    for path, words in (
        (tmp_path / "none.toml", "cannot be read: No such file"),
        (tmp_path / "book.ods", "are a .toml, .csv or .xlsx file"),
        (shift_jis, "not UTF-8 text"),
    ):
        with pytest.raises(JcmError, match=words):
            read_inputs(path, m)
    with pytest.raises(JcmError, match="not a int"):
        read_inputs(5, m)
