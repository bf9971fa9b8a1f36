"""Definitions of one's own: one path for every command."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jcm_xl import api
from jcm_xl.cli import main
from jcm_xl.definition.library import TwoDefinitions, UnknownMethodology, find
from jcm_xl.errors import JcmError
from jcm_xl.inputs.example import example_inputs
from jcm_xl.places import templates

OWN = Path(__file__).parents[1] / "definitions" / "EX_AM902_ver01.0.toml"
SHIPPED = templates() / "methodologies" / "th" / "TH_AM001_ver01.0.toml"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def remove_made() -> None:
    for path in (*Path().glob("*.html"), *Path().glob("*.xlsx")):
        if path.name != "book.xlsx":
            path.unlink()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deep = tmp_path / "mine" / "ex"
    deep.mkdir(parents=True)
    (deep / OWN.name).write_bytes(OWN.read_bytes())
    return tmp_path / "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("show", "EX_AM902"),
        ("net", "EX_AM902"),
        ("gaps", "EX_AM902"),
        ("screen", "EX_AM902"),
        ("document", "EX_AM902", "-o", "document.html"),
        ("new", "EX_AM902", "-o", "new.xlsx"),
        ("fill", "EX_AM902", "--example", "-o", "filled.xlsx"),
        ("check", "book.xlsx"),
        ("check", "."),
        ("calc", "book.xlsx"),
        ("explain", "book.xlsx"),
        ("diff", "book.xlsx", "book.xlsx"),
        ("repair", "book.xlsx", "-o", "repaired.xlsx"),
        ("import", "book.xlsx", "-o", "imported.xlsx"),
        ("whatif", "book.xlsx", "EC_PJ_i_p[1]=5"),
        ("sensitivity", "book.xlsx"),
        ("bridge", "book.xlsx"),
        ("vintages", "book.xlsx"),
    ],
    ids=" ".join,
)
def test_every_command_finds_a_definition_deep_in_a_folder(
    words: tuple[str, ...],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder.parent)
    m = api.load("EX_AM902", definitions=folder)
    Path("book.xlsx").write_bytes(api.fill(m, example_inputs(m)))
    with_folder = run(*words, "--definitions", folder)
    remove_made()
    monkeypatch.setenv("JCM_XL_DEFINITIONS", str(folder / "ex" / OWN.name))
    named_once = run(*words)
    remove_made()
    assert with_folder.exit_code in (0, 1), with_folder.output
    assert (named_once.exit_code, named_once.output) == (
        with_folder.exit_code,
        with_folder.output,
    )
    monkeypatch.delenv("JCM_XL_DEFINITIONS")
    without = run(*words)
    assert without.exit_code == 2
    assert "--definitions" in without.output


def test_a_file_that_is_named_stands_in_the_place_of_the_librarys(
    tmp_path: Path,
) -> None:
    mine = tmp_path / SHIPPED.name
    mine.write_text(SHIPPED.read_text(encoding="utf-8") + "\n# mine\n", "utf-8")
    assert find("TH_AM001@1.0", mine).path == mine
    assert find("TH_AM001@1.0").path == SHIPPED


def test_two_files_that_define_one_version_otherwise_are_named(tmp_path: Path) -> None:
    mine = tmp_path / SHIPPED.name
    mine.write_bytes(SHIPPED.read_bytes())
    assert find("TH_AM001@1.0", tmp_path).key == "TH_AM001@1.0"  # the same text
    mine.write_text(SHIPPED.read_text(encoding="utf-8") + "\n# mine\n", "utf-8")
    with pytest.raises(TwoDefinitions) as raised:
        find("TH_AM001@1.0", tmp_path)
    assert str(SHIPPED) in str(raised.value)
    assert str(mine) in str(raised.value)
    assert "--definitions FILE" in str(raised.value)
    assert find("TH_AM002", tmp_path).id == "TH_AM002"
    book = tmp_path / "book.xlsx"
    m = api.load("TH_AM001@1.0")
    book.write_bytes(api.fill(m, example_inputs(m)))
    judged = run("check", book, "--definitions", tmp_path)
    assert judged.exit_code == 2
    assert str(mine) in judged.output.replace("\n", "").replace("  ", "")


def test_one_broken_file_stops_nothing_else(folder: Path) -> None:
    broken = folder / "EX_AM903_ver01.0.toml"
    broken.write_text("id = ", "utf-8")
    listed = run("list", "--definitions", folder)
    assert listed.exit_code == 2
    assert "EX_AM902" in listed.stdout
    assert "Left out EX_AM903@1.0: 1 problem" in listed.stderr
    page = folder / "catalogue.html"
    assert run("catalogue", "-o", page, "--definitions", folder).exit_code == 2
    assert "EX_AM902" in page.read_text(encoding="utf-8")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(JcmError, match="no definition file and no folder"):
        find("TH_AM001", tmp_path / "none")
    odd = tmp_path / "mine.toml"
    odd.write_bytes(OWN.read_bytes())
    with pytest.raises(JcmError, match="called like its id"):
        find("TH_AM001", odd)
    with pytest.raises(UnknownMethodology, match=r"EX_AM902_ver01\.0\.toml"):
        find("EX_AM902", tmp_path)
