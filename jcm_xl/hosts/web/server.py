"""Serves the folder of the page to this computer alone.

Only the files that the folder lists are served, to callers that name this computer:
another page in the same browser cannot reach it under a name of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jcm_xl.errors import JcmError
from jcm_xl.hosts.web.site import CSP, FILES

LOOPBACK = "127.0.0.1"
_TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".json": "application/json", ".wasm": "application/wasm",
    ".zip": "application/zip", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json",
}  # fmt: skip
_HEADERS = {
    "Content-Security-Policy": f"{CSP}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-cache",
}


class NoSite(JcmError):
    """A folder that is not the page."""


class PageServer(ThreadingHTTPServer):
    """The page on the loopback address; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        """Read the list of files; raise `NoSite` where the folder has none."""
        self.folder = folder
        self.listed = _listed(folder)
        super().__init__((LOOPBACK, port), _Handler)
        names = (LOOPBACK, "localhost")
        self.hosts = frozenset(f"{name}:{self.port}" for name in names)

    @property
    def port(self) -> int:
        """Return the port that it listens at."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """Return what a person opens."""
        return f"http://{LOOPBACK}:{self.port}/"


def _listed(folder: Path) -> frozenset[str]:
    try:
        facts: Mapping[str, Mapping[str, str]] = json.loads(
            (folder / FILES).read_text(encoding="utf-8")
        )
        return frozenset((*facts["sha256"], FILES))
    except (OSError, ValueError, KeyError):
        raise NoSite(
            f"{folder} is not the page: `jcm-xl addin web -o {folder}` makes it."
        ) from None


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    server_version = "jcm_xl"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        name = unquote(urlsplit(self.path).path).removeprefix("/") or "index.html"
        if self.headers.get("Host") not in self.server.hosts:
            status, data = HTTPStatus.FORBIDDEN, b"Another host.\n"
        elif (listed := self._file(name)) is not None:
            status, data = HTTPStatus.OK, listed
        else:
            status, data = HTTPStatus.NOT_FOUND, b"Not here.\n"
        kind = Path(name).suffix if status == HTTPStatus.OK else ".txt"
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(kind, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        for header, value in _HEADERS.items():
            self.send_header(header, value)
        self.end_headers()
        if with_body:
            self.wfile.write(data)

    def _file(self, name: str) -> bytes | None:
        if name not in self.server.listed:
            return None
        try:
            return (self.server.folder / name).read_bytes()
        except OSError:
            return None

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is the person's."""
