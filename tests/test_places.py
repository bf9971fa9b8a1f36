"""The data of the package are found in a checkout and in an installed package."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
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


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel of this source is installed."""
    top = tmp_path_factory.mktemp("wheel")
    for path in files():
        copy = top / "source" / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(top))
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(top / "source")],
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
