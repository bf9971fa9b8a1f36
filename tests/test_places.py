"""The data of the package are found in a checkout and in an installed package."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.test_project import ROOT, files

pytestmark = pytest.mark.slow  # builds a wheel

NEW = """
import sys
sys.path[:0] = sys.argv[1:]
import jcm_xl
print(jcm_xl.__file__)
sys.stdout.flush()
sys.stdout.buffer.write(jcm_xl.new("TH_AM001"))
"""


DEMO = """
import sys
sys.path[:0] = sys.argv[1:3]
from jcm_xl.cli import main
main(["demo", sys.argv[3]])
"""
SDIST = "import sys; from setuptools import build_meta as b; b.build_sdist(sys.argv[1])"


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of everything in the project, and nothing else."""
    top = tmp_path_factory.mktemp("source")
    for path in files():
        copy = top / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return top


@pytest.fixture(scope="session")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel of this source is installed."""
    top = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(top))
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(source)],
        check=True,
    )
    (wheel,) = top.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(top / "installed")
    return top / "installed"


def new_by(*places: Path) -> tuple[Path, bytes]:
    """Return the jcm_xl that is found, and a book it makes; no `.pth` file is read."""
    others = sysconfig.get_path("purelib")
    command = [sys.executable, "-I", "-S", "-c", NEW, *map(str, places), others]
    done = subprocess.run(command, check=True, capture_output=True)
    file, _, book = done.stdout.partition(b"\n")
    return Path(file.decode()).parent, book


def test_an_installed_package_finds_its_data_from_anywhere(installed: Path) -> None:
    found, book = new_by(installed)
    assert found == installed / "jcm_xl"
    assert book.startswith(b"PK")


def test_so_does_a_checkout_in_which_it_is_installed(installed: Path) -> None:
    found, book = new_by(ROOT, installed)
    assert found == ROOT / "jcm_xl"
    assert book == new_by(installed)[1]


def test_an_installed_package_runs_the_demo_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    others = sysconfig.get_path("purelib")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", DEMO, installed, others, "out"],
        check=False, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "CLEAN" in done.stdout
    assert "FINDINGS" in done.stdout
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == [
        "JCM_ID_AM003_ver01.0_blank.xlsx",
        "JCM_ID_AM003_ver01.0_faulty.xlsx",
        "JCM_ID_AM003_ver01.0_faulty_report.html",
        "JCM_ID_AM003_ver01.0_filled.xlsx",
        "JCM_ID_AM003_ver01.0_filled_report.html",
    ]


def test_the_source_archive_holds_the_whole_project(
    source: Path, installed: Path, tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-c", SDIST, tmp_path],
        check=True, capture_output=True, cwd=source,
    )  # fmt: skip
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        held = {name.partition("/")[2] for name in tar.getnames()}
    wanted = {str(path.relative_to(ROOT)) for path in files()}
    missing = sorted(wanted - held - {".gitignore"})
    assert missing == [], "Name them in MANIFEST.in"
