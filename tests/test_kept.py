"""What is kept in the user's cache is what would be made, and never stale."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from jcm_xl.definition import kept as kept_module
from jcm_xl.definition.kept import load_kept
from jcm_xl.definition.library import entries, find
from jcm_xl.definition.load import load_file
from jcm_xl.kept import kept
from jcm_xl.places import templates
from jcm_xl.text.toml import read_template
from tests.live.test_as_json import same

Make = Callable[[str], str]
SAMPLE = find("TH_AM001@3.0").path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path / "jcm-xl"


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def keep(made: list[str]) -> Make:
    """Keep a text of a source under a digest; `made` notes each that is made."""

    def make(digest: str) -> str:
        made.append(digest)
        return f"of {digest}"

    return lambda digest: kept(
        Path("/place/a.toml"), digest, lambda: make(digest), json.dumps, json.loads
    )


def test_it_is_made_once_and_anew_for_another_digest(
    keep: Make, made: list[str], cache: Path
) -> None:
    assert [keep("1"), keep("1"), keep("2")] == ["of 1", "of 1", "of 2"]
    assert made == ["1", "2"]
    assert len(list(cache.iterdir())) == 1, "what is stale is removed"


def test_what_cannot_be_read_is_made_again(
    keep: Make, made: list[str], cache: Path
) -> None:
    keep("1")
    next(cache.iterdir()).write_text("{", encoding="utf-8")
    assert [keep("1"), keep("1")] == ["of 1", "of 1"]
    assert made == ["1", "1"]


@pytest.mark.skipif(sys.platform == "win32", reason="the profile is one user's")
def test_a_folder_where_others_may_write_is_not_read(
    keep: Make, made: list[str], cache: Path
) -> None:
    keep("1")
    next(cache.iterdir()).write_text('"a stranger\'s"', encoding="utf-8")
    cache.chmod(0o777)
    assert keep("1") == "of 1"
    assert made == ["1", "1"]


def test_nothing_is_kept_where_nothing_can_be_written(
    keep: Make, made: list[str], cache: Path
) -> None:
    cache.write_text("a file, no folder", encoding="utf-8")
    assert [keep("1"), keep("1")] == ["of 1", "of 1"]
    assert made == ["1", "1"]


def test_a_kept_definition_is_the_one_that_was_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = load_kept(SAMPLE)
    monkeypatch.setattr(kept_module, "_made", None)
    assert same(load_kept(SAMPLE), loaded)
    assert same(load_kept(SAMPLE), load_file(SAMPLE))


def test_another_state_of_the_code_makes_it_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = tmp_path / "rules.py"
    module.write_text("x", encoding="utf-8")
    kept_module._code.cache_clear()
    monkeypatch.setattr(kept_module, "_takes_part", lambda: [module])
    asked: list[Path] = []
    monkeypatch.setattr(
        kept_module, "_made",
        lambda path: asked.append(path) or load_file(path, with_examples=False),
    )  # fmt: skip
    load_kept(SAMPLE)
    os.utime(module, (1, 1))
    kept_module._code.cache_clear()
    load_kept(SAMPLE)
    load_kept(SAMPLE)
    kept_module._code.cache_clear()
    assert asked == [SAMPLE, SAMPLE]


@pytest.mark.library
def test_every_kept_definition_is_the_one_that_was_loaded() -> None:
    for path in (entry.path for entry in entries()):
        loaded = load_kept(path)
        assert same(load_kept(path), loaded), path


@pytest.mark.parametrize("name", ["layout/official.toml", "messages/ja.toml"])
def test_a_kept_template_is_the_one_that_was_parsed(name: str) -> None:
    path = templates() / name
    parsed = tomllib.loads(path.read_text(encoding="utf-8"))
    assert [read_template(path), read_template(path)] == [parsed, parsed]


posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links")


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b"[[1,2,3]]", b"\xff\xfe", b"[" * 100_000, b"x" * 100],
)
def test_what_is_damaged_is_made_anew(
    damage: bytes, keep: Make, made: list[str], cache: Path
) -> None:
    keep("1")
    (file,) = cache.iterdir()
    digest = file.read_bytes().partition(b"\n")[0]
    for data in (damage, digest + b"\n" + damage):
        file.write_bytes(data)
        assert keep("1") == "of 1"
    assert keep("1") == "of 1"
    assert made == ["1", "1", "1"]


def test_what_is_kept_is_bounded(
    keep: Make, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jcm_xl.kept._MOST_FILES", 4)
    keep("1")
    for number in range(4):
        old = cache / f"old-{number}.json"
        old.write_text("x")
        os.utime(old, (number, number))
    keep("2")
    names = sorted(path.name for path in cache.iterdir())
    assert len(names) == 2
    assert "old-3.json" in names


@posix
def test_a_pipe_and_a_link_are_not_read(
    keep: Make, made: list[str], cache: Path, tmp_path: Path
) -> None:
    keep("1")
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.unlink()
    os.mkfifo(file)
    assert keep("1") == "of 1"
    file.unlink()
    other = tmp_path / "other"
    other.write_bytes(whole)
    file.symlink_to(other)
    assert keep("1") == "of 1"
    assert made == ["1", "1", "1"]


@posix
def test_no_folder_is_made_where_none_was_asked_for(
    keep: Make, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (
        ("XDG_CACHE_HOME", "relative"),
        ("HOME", str(tmp_path / "no" / "home")),
    ):
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setenv(name, value)
        assert keep("1") == "of 1"
    assert list(tmp_path.iterdir()) == []
    assert made == ["1", "1"]
