"""new --all, new of a sketch and list --all."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from jcm_xl.cli.blanks import MANIFEST, FormulasUnknown, refuse_rough, write_blanks
from jcm_xl.definition.library import entries, load
from jcm_xl.definition.load import load_file
from jcm_xl.definition.register import known_methodologies, origin
from jcm_xl.documents.methodology.known import listed
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.edition import Edition
from tests.cli.conftest import Run
from tests.definition.overlays import unconfirmed


@pytest.fixture
def sketch(tmp_path: Path) -> Methodology:
    """A definition of which only the words of the formulas were at hand."""
    return replace(load_file(unconfirmed(tmp_path)), completeness="C")


def blanks(folder: Path, *methodologies: Methodology, with_rough: bool = False) -> None:
    write_blanks(methodologies, folder, Edition(), with_rough=with_rough, force=False)


def test_every_blank_has_its_hash_in_the_manifest(
    tmp_path: Path, sketch: Methodology
) -> None:
    blanks(tmp_path / "a", load("TH_AM001@1.0"), sketch)
    manifest = json.loads((tmp_path / "a" / MANIFEST).read_text(encoding="utf-8"))
    (book,) = manifest["books"]
    data = (tmp_path / "a" / "JCM_TH_AM001_ver01.0.xlsx").read_bytes()
    assert book["file"] == "JCM_TH_AM001_ver01.0.xlsx"
    assert book["sha256"] == hashlib.sha256(data).hexdigest()
    assert (book["bytes"], book["overlay"]) == (len(data), "")
    assert book["definition"] == load("TH_AM001@1.0").digest
    assert [entry["methodology"] for entry in manifest["left_out"]] == [sketch.key]


def test_the_same_library_gives_the_same_manifest(
    tmp_path: Path, sketch: Methodology
) -> None:
    for name in "ab":
        blanks(tmp_path / name, sketch, with_rough=True)
    first, second = ((tmp_path / name / MANIFEST).read_bytes() for name in "ab")
    assert first == second
    assert json.loads(first)["left_out"] == []


def test_only_what_may_be_published(run: Run, tmp_path: Path) -> None:
    """Today that is nothing: no official document was read whole for any of them."""
    result = run("new", "--all", "--confirmed", "-o", tmp_path / "x")
    assert result.exit_code == 0
    manifest = json.loads((tmp_path / "x" / MANIFEST).read_text(encoding="utf-8"))
    official = [e.key for e in entries() if not load(e.key).is_draft]
    assert [book["methodology"] for book in manifest["books"]] == official == []
    assert {e.key for e in entries()} == {
        entry["methodology"] for entry in manifest["left_out"]
    }
    assert run("new", "TH_AM001", "--confirmed", "-o", tmp_path / "y").exit_code == 2


def test_a_confirmed_one_is_written(tmp_path: Path, sketch: Methodology) -> None:
    sound = load_file(Path(__file__).parents[1] / "definitions/EX_AM902_ver01.0.toml")
    folder = tmp_path / "a"
    written = write_blanks(
        (sound, sketch), folder, Edition(), with_rough=True, force=False,
        only_confirmed=True,
    )  # fmt: skip
    assert written == (1, 1)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (book,) = manifest["books"]
    assert book["unconfirmed"] == {"numbers": 0, "formulas": 0, "texts": 0}


def test_nothing_is_replaced_unless_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("mine")
    result = run("new", "--all", "-o", tmp_path)
    assert result.exit_code == 2
    assert "exists already" in result.output
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]


def test_all_or_one(run: Run, tmp_path: Path) -> None:
    for words, said in (
        (["--all", "TH_AM001"], "--all takes no id"),
        (["--all", "--rows", "i=3"], "--all takes no id, --rows"),
        ([], "Name a methodology (jcm-xl list), a registered book by --plan"),
    ):
        result = run("new", *words, "-o", tmp_path / "x.xlsx")
        assert result.exit_code == 2
        assert said in " ".join(result.output.split())


def test_a_sketch_wants_to_be_asked_for(
    run: Run, tmp_path: Path, sketch: Methodology
) -> None:
    with pytest.raises(FormulasUnknown, match=r"EX_AM902@1\.0 is a sketch"):
        refuse_rough(sketch)
    path = unconfirmed(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("country ", 'completeness = "C"\ncountry ', 1))
    book = tmp_path / "x.xlsx"
    assert run("new", path, "-o", book).exit_code == 2
    assert not book.exists()
    assert run("new", path, "-o", book, "--draft").exit_code == 0


def test_new_says_at_once_what_the_register_says(run: Run, tmp_path: Path) -> None:
    words = ("new", "TH_AM001@1.0", "-o", tmp_path / "x.xlsx", "--reference-number")
    result = run(*words, "TH002")
    assert result.exit_code == 0
    assert "TH002 is listed with TH_AM004@1.0, not with TH_AM001@1.0" in result.output
    assert "Note" not in run(*words, "TH001", "--force").output


def test_list_all_has_every_known_version_and_every_definition() -> None:
    every = listed(load(entry.key) for entry in entries())
    keys = {item.key for item in every}
    assert len(keys) == len(every)
    assert {entry.key for entry in entries()} <= keys
    for known in known_methodologies().values():
        assert {f"{known.id}@{version}" for version in known.versions} <= keys
        assert any(item.id == known.id for item in every)
    for item in every:
        assert item.title
        assert re.fullmatch("-|(DRAFT|official) [ABC]", item.library)
        assert item.missing or item.library.startswith("official")


def test_list_all_says_what_is_missing(run: Run) -> None:
    result = run("list", "--all")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    (unknown,) = [line for line in lines if "PH_AM003" in line]
    assert "(unknown)" in unknown
    assert "text of the methodology" in unknown
    assert "TH Thailand" in lines
    assert f"Known as of {origin('methodologies').as_of}" in lines[-1]
