from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm_xl.definition import library
from jcm_xl.hosts.libreoffice.build import build
from tests.office.harness import Office


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as `jcm-xl addin libreoffice` makes it, with the whole library."""
    path = tmp_path_factory.mktemp("extension") / "jcm.oxt"
    path.write_bytes(build(library.load(e.key) for e in library.entries()))
    return path


@pytest.fixture(scope="session")
def live_office(office: Office, extension: Path) -> Iterator[Office]:
    """A LibreOffice with the live functions; `office` has none, as most users."""
    assert office is not None
    with Office() as running:
        running.install(extension)
        yield running
