"""Only plain files of bearable size are read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from jcm_xl.plain_file import TooLarge, read_plain


def test_a_plain_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1000)
    assert read_plain(path, 1000) == b"x" * 1000
    with pytest.raises(TooLarge):
        read_plain(path, 999)
    path.write_bytes(b"")
    assert read_plain(path, 0) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices")
def test_pipes_devices_and_folders_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null"), tmp_path):
        with pytest.raises(OSError, match=r"regular file|directory"):
            read_plain(path, 1000)
    with pytest.raises(FileNotFoundError):
        read_plain(tmp_path / "none", 1)
