"""An overlay completes a definition, and whatever it may not say is named."""

from __future__ import annotations

import hashlib
import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_xl.definition import library
from jcm_xl.definition.load import load_file
from jcm_xl.definition.overlay import Amended, OverlayError, key_of, prove, prove_bytes
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.errors import JcmError
from tests.definition.overlays import (
    CONFIRMED,
    HEAD,
    NAME,
    OVERLAY,
    UNCONFIRMED,
    overlay,
    unconfirmed,
)

CASES = tomllib.loads(
    (Path(__file__).parent / "overlays.toml").read_text(encoding="utf-8")
)["case"]
SOUND = [case for case in CASES if "confirms" in case]
REFUSED = [case for case in CASES if "expect" in case]


def title(case: dict[str, Any]) -> str:
    return str(case["title"])


def changed(text: str, pairs: list[list[str]]) -> str:
    for find, put in pairs:
        assert find in text, f"there is no {find!r}"
        text = text.replace(find, put)
    return text


def proved(case: dict[str, Any], folder: Path) -> Amended:
    pairs = [[case["find"], case["put"]]] if "find" in case else []
    definition = folder / NAME
    definition.write_text(changed(UNCONFIRMED, pairs + case.get("more", [])))
    head = changed(HEAD, [case["head"]]) if "head" in case else HEAD
    return prove(definition, overlay(folder, head + case["body"] + "\n"))


@pytest.mark.parametrize("case", SOUND, ids=title)
def test_an_overlay_confirms(case: dict[str, Any], tmp_path: Path) -> None:
    amended = proved(case, tmp_path)
    m = amended.methodology
    assert m.overlay is not None
    assert list(m.overlay.entries) == case["confirms"]
    for expression, wanted in case["holds"].items():
        assert str(eval(expression, {"m": m})) == wanted, expression
    hints = case.get("hints", [])
    assert len(amended.hints) == len(hints)
    for hint, words in zip(amended.hints, hints, strict=True):
        assert words in hint
        assert "no longer holds" in hint


@pytest.mark.parametrize("case", REFUSED, ids=title)
def test_every_problem_is_named_with_its_place(
    case: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(OverlayError) as error:
        proved(case, tmp_path)
    problems = error.value.problems
    for key, words in case["expect"]:
        assert any(p.key == key and words in p.reason for p in problems), (
            f"no problem at {key} says {words!r} among:\n{error.value}"
        )
    if not case.get("any"):
        assert len(problems) == len(case["expect"]), str(error.value)
    assert all(p.file == OVERLAY and p.line >= 1 for p in problems)
    assert "in the overlay:" in str(error.value)


def test_the_line_is_that_of_the_overlay(tmp_path: Path) -> None:
    text = f"{HEAD}\n[parameters.EF_elec]\nvalue = 0.5\nunit = 'kg'\n"
    with pytest.raises(OverlayError) as error:
        prove_bytes(unconfirmed(tmp_path), text.encode(), OVERLAY)
    (problem,) = error.value.problems
    assert text.splitlines()[problem.line - 1] == "unit = 'kg'"


def test_it_says_who_confirmed_when_and_by_which_file(tmp_path: Path) -> None:
    definition = unconfirmed(tmp_path)
    about = prove(definition, overlay(tmp_path)).methodology.overlay
    assert about is not None
    assert (about.file, about.confirmed_by) == (OVERLAY, "N. N.")
    assert about.confirmed_on == date(2026, 11, 20)
    assert about.digest == hashlib.sha256(CONFIRMED.encode()).hexdigest()
    assert about.base == load_file(definition).digest


def test_the_digest_is_that_of_both_files(tmp_path: Path) -> None:
    definition = unconfirmed(tmp_path)
    base = load_file(definition).digest
    own = hashlib.sha256(CONFIRMED.encode()).hexdigest()
    m = prove(definition, overlay(tmp_path)).methodology
    assert m.digest == hashlib.sha256((base + own).encode()).hexdigest()
    windows = b"\xef\xbb\xbf" + CONFIRMED.replace("\n", "\r\n").encode()
    assert prove_bytes(definition, windows, OVERLAY).methodology.digest == m.digest


def test_what_is_no_overlay_is_refused(tmp_path: Path) -> None:
    definition = unconfirmed(tmp_path)
    for data, words in (
        (b"\xff", "UTF-8"),
        (b"a =", "a value is missing"),
        (b"", "schema"),
    ):
        with pytest.raises(OverlayError, match=words):
            prove_bytes(definition, data, OVERLAY)
    with pytest.raises(OverlayError, match="cannot be read"):
        prove(definition, tmp_path / OVERLAY)
    with pytest.raises(OverlayError, match=f"is to be called {OVERLAY}"):
        prove_bytes(definition, CONFIRMED.encode(), "mine.toml")


def test_a_broken_definition_is_not_the_fault_of_the_overlay(tmp_path: Path) -> None:
    definition = tmp_path / NAME
    definition.write_text("schema = 1")
    with pytest.raises(DefinitionError, match="in the definition"):
        prove(definition, overlay(tmp_path))


def test_the_name_tells_the_methodology() -> None:
    assert key_of("TH_AM001_ver03.0.overlay.toml") == "TH_AM001@03.0"
    with pytest.raises(OverlayError, match=r"TH_AM001_ver03\.0\.overlay\.toml"):
        key_of("overlay.toml")


# -- the library takes the overlays of a folder


def test_the_library_loads_with_the_overlay_of_a_folder(tmp_path: Path) -> None:
    unconfirmed(tmp_path)
    overlays = tmp_path / "overlays"
    overlays.mkdir()
    plain = library.load("EX_AM902", tmp_path, overlays)
    assert plain.overlay is None
    path = overlay(overlays)
    amended = library.load("EX_AM902", tmp_path, overlays)
    assert amended.parameters["EF_elec"].value != plain.parameters["EF_elec"].value
    assert library.load("EX_AM902", tmp_path, overlays) is amended
    assert library.load(str(tmp_path / NAME), overlays=overlays) is amended
    overlay(overlays, CONFIRMED.replace("0.5", "0.4"))
    os.utime(path, (1, 1))
    later = library.load("EX_AM902", tmp_path, overlays)
    assert str(later.parameters["EF_elec"].value) == "0.4"
    assert library.load("EX_AM902", tmp_path).overlay is None


def test_the_environment_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(library.OVERLAYS, raising=False)
    unconfirmed(tmp_path)
    overlay(tmp_path)
    with library.overlays_in(tmp_path):
        assert library.load("EX_AM902", tmp_path).overlay is not None
    assert library.OVERLAYS not in os.environ
    monkeypatch.setenv(library.OVERLAYS, str(tmp_path / "nowhere"))
    with pytest.raises(JcmError, match="no folder"):
        library.load("EX_AM902", tmp_path)
