"""The folder of the page and who serves it, without a browser."""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
import threading
from pathlib import Path

import pytest

from jcm_xl.hosts.web.server import NoSite, PageServer
from jcm_xl.hosts.web.site import CSP, NoPyodide, packages, site
from jcm_xl.text.languages import languages
from tests.hosts.browser import MODULES

BROWSER = pytest.mark.browser


@BROWSER
def test_each_file_is_listed_with_its_hash(site_folder: Path) -> None:
    listed = json.loads((site_folder / "files.json").read_text())["sha256"]
    files = {p for p in site_folder.rglob("*") if p.is_file()}
    found = {
        path.relative_to(site_folder).as_posix(): path.read_bytes() for path in files
    }
    del found["files.json"]
    assert {n: hashlib.sha256(data).hexdigest() for n, data in found.items()} == listed
    assert {f"texts/{name}.json" for name in languages()} <= set(listed)
    assert sum(map(len, found.values())) < 17_000_000


@BROWSER
def test_the_same_versions_give_the_same_bytes(site_folder: Path) -> None:
    again = dict(site(MODULES / "pyodide"))
    kept = {name: (site_folder / name).read_bytes() for name in again}
    assert again == kept


@BROWSER
def test_no_file_of_ours_names_a_foreign_host(site_folder: Path) -> None:
    ours = [p for p in site_folder.iterdir() if p.suffix in (".js", ".html", ".css")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in ours}
    assert len(texts) == 6
    assert [name for name, text in texts.items() if "://" in text] == []
    assert f'content="{CSP}"'.replace("'", "&#39;") in texts["index.html"]


def test_another_pyodide_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPyodide, match=r"has no file pyodide\.mjs"):
        list(site(tmp_path))
    (tmp_path / "pyodide.mjs").write_text("another")
    with pytest.raises(NoPyodide, match="is not that of Pyodide 314"):
        list(site(tmp_path))


def test_no_command_and_no_add_in_travels_along(tmp_path: Path) -> None:
    archive = tmp_path / "packages.zip"
    archive.write_bytes(packages())
    shutil.unpack_archive(archive, tmp_path / "out")
    tops = {path.name for path in (tmp_path / "out" / "jcm_xl").iterdir()}
    assert {"desk", "checks", "_templates"} <= tops
    assert not {"cli", "addin", "hosts", "_macros"} & tops
    assert not list((tmp_path / "out").rglob("*.so"))
    assert len(list((tmp_path / "out").rglob("LICENSE*"))) >= 3


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("the page")
    (tmp_path / "secret.txt").write_text("not listed")
    listed = {"sha256": {"index.html": "", "gone.js": ""}}
    (tmp_path / "files.json").write_text(json.dumps(listed))
    return tmp_path


def asked(server: PageServer, path: str, host: str = "") -> http.client.HTTPResponse:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    headers = {"Connection": "close", "Host": host or f"localhost:{server.port}"}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    thread.join()
    return response


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "", 200), ("/index.html?x=1", "", 200), ("/secret.txt", "", 404),
        ("/../secret.txt", "", 404), ("/%2e%2e/secret.txt", "", 404),
        ("/gone.js", "", 404),
        ("/", "evil.example", 403), ("/", "127.0.0.1.evil.example", 403),
    ],
)  # fmt: skip
def test_only_listed_files_are_served_to_this_computer(
    small_site: Path, path: str, host: str, status: int
) -> None:
    with PageServer(small_site) as server:
        response = asked(server, path, host)
    assert response.status == status
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert policy == f"{CSP}; frame-ancestors 'none'"
    if status == 200:
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_folder_without_list_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(NoSite, match="is not the page"):
        PageServer(tmp_path)
