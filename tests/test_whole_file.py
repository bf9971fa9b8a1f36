"""Files appear whole, links and devices stay, nothing is left behind."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jcm_xl.whole_file import write_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    for data in (b"one", b"two and more"):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert names(tmp_path) == ["book.xlsx"]


@posix
def test_the_mode_is_kept_and_a_new_file_has_the_usual_one(tmp_path: Path) -> None:
    path, new = tmp_path / "old", tmp_path / "new"
    path.write_bytes(b"")
    path.chmod(0o640)
    write_whole(path, b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    old = os.umask(0o027)
    try:
        write_whole(new, b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@posix
def test_a_link_is_refused_and_a_linked_folder_is_followed(tmp_path: Path) -> None:
    victim, link = tmp_path / "victim", tmp_path / "report.html"
    victim.write_bytes(b"mine")
    link.symlink_to(victim)
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "nowhere")
    for path in (link, dangling):
        with pytest.raises(OSError, match="is a link to another file"):
            write_whole(path, b"theirs")
        assert path.is_symlink()
    assert victim.read_bytes() == b"mine"
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "linked" / "a", b"x")
    assert names(tmp_path / "real") == ["a"]


@posix
def test_planted_temporary_names_are_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    path = tmp_path / "report.html"
    (tmp_path / f".{path.name}.{os.getpid()}.part").symlink_to(victim)
    write_whole(path, b"x")
    assert victim.read_bytes() == b"mine"
    assert not path.is_symlink()


@posix
def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"a report")
    reader.join(5)
    assert read == [b"a report"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
def test_a_name_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".html")
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_request_to_end_leaves_no_part_behind(tmp_path: Path, name: str) -> None:
    code = f"""
import os, signal, sys
from pathlib import Path
from jcm_xl import whole_file

signal.signal(signal.{name}, signal.SIG_DFL)  # whoever started us may ignore it
replace = os.replace
def ended(*names):
    os.kill(os.getpid(), signal.{name})
    replace(*names)
os.replace = ended
whole_file.write_whole(Path({str(tmp_path / "report.html")!r}), b"whole")
print("still here")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == -getattr(signal, name)
    assert names(tmp_path) == ["report.html"]
    assert (tmp_path / "report.html").read_bytes() == b"whole"


def test_a_new_file_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_whole(path, b"first", is_new=True)
    with pytest.raises(FileExistsError):
        write_whole(path, b"second", is_new=True)
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["a"]


def test_nothing_is_left_where_it_cannot_be_kept(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in (folder / ".", tmp_path / "none" / "a"):
        with pytest.raises((IsADirectoryError, FileNotFoundError, PermissionError)):
            write_whole(path, b"x")
    assert names(tmp_path) == ["folder"]
