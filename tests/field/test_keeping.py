"""The commands of a release: write down what it ships, keep what is corrected."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from jcm_xl.definition.library import find
from jcm_xl.places import templates
from tests.field import release
from tests.field.release import digest_of, keep_earlier, missing, releases

KEY = "ID_AM012@1.0"
OURS = ("-c", "user.name=N. N.", "-c", "user.email=nobody@example.org")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The templates as a repository of their own, in which they may be changed."""
    root = tmp_path / "templates"
    shutil.copytree(templates(), root)
    _as_released(root)
    git(tmp_path, "init", "-q", "templates")
    git(root, "add", "-A")
    git(root, *OURS, "commit", "-qm", "As released")
    monkeypatch.setattr("jcm_xl.definition.library.templates", lambda: root)
    monkeypatch.setattr(release, "RELEASES", root / "releases")
    monkeypatch.setattr(release, "EARLIER", root / "releases" / "earlier")
    return root


def _as_released(root: Path) -> None:
    """Put the text that the first release shipped back into its place."""
    (path,) = root.glob("methodologies/*/ID_AM012_ver01.0.toml")
    for kept in root.glob(f"releases/earlier/*/{path.name}"):
        shutil.copy(kept, path)
        shutil.rmtree(kept.parent)


def test_a_corrected_text_is_missed_until_the_released_one_is_kept(home: Path) -> None:
    path = find(KEY).path
    assert path.is_relative_to(home)
    released = path.read_bytes()
    assert list(missing()) == []
    path.write_bytes(released.replace(b"value = 0.001", b"value = 0.002"))
    assert list(missing()) == [(KEY, digest_of(released))]
    git(home, *OURS, "commit", "-qam", "Correct a number")
    keep_earlier()
    assert list(missing()) == []
    kept = home / "releases" / "earlier" / digest_of(released)[:16] / path.name
    assert kept.read_bytes() == released
    assert b"0.002" in path.read_bytes()


def test_a_text_that_is_in_no_history_is_named(home: Path) -> None:
    manifest = home / "releases" / "0.1.0.toml"
    text = manifest.read_text(encoding="utf-8")
    digest = digest_of(find(KEY).path.read_bytes())
    manifest.write_text(text.replace(digest, "0" * 64), encoding="utf-8")
    with pytest.raises(SystemExit, match=f"no text of {KEY} with the digest 000"):
        keep_earlier()


@pytest.mark.library
def test_a_release_is_written_down_once(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "FOLDER", tmp_path)
    release.write("9.0.0")
    first, second = releases()
    assert second.name == "9.0.0"
    assert second.definitions.keys() >= first.definitions.keys()
    assert second.sheets.keys() == second.definitions.keys()
    assert second.functions == "jcm_xl.hosts.excel.functions"
    assert second.buttons == "jcm_xl.desk.excel"
    with pytest.raises(SystemExit, match="written already"):
        release.write("9.0.0")
