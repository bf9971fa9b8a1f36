"""The page in Chromium against this Python: start, checks, memory, bytes sent."""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.measure import Pairs, run
from bench.row import Row
from jcm_xl.desk.web_bridge import WebBridge
from jcm_xl.hosts.web.server import PageServer
from jcm_xl.hosts.web.site import site, write_site
from tests.hosts.browser import MODULES
from tests.hosts.web.chromium import Chromium, missing

START, FIRST, FURTHER = 1.5, 8.0, 3.0
"""At most so many times what is beside it: bare Pyodide, a cold and a warm check."""
HEAP, WIRE = 120.0, 9.0
"""Megabytes of Python's memory with the largest book, and of the files, compressed."""

_BARE = """(async () => {
  const at = location.origin + "/python/";
  const text = `import { loadPyodide } from "${at}pyodide.mjs";
    await loadPyodide({ indexURL: "${at}" }); postMessage(1);`;
  const source = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const begin = performance.now();
  const worker = new Worker(source, { type: "module" });
  await new Promise((done, fail) => {
    worker.onmessage = done;
    worker.onerror = fail;
  });
  const took = performance.now() - begin;
  worker.terminate();
  return took / 1000;
})()"""
_HEAP = "self.bytesOfPython ? self.bytesOfPython() : 0"


def web_rows(folder: Path, book: Path, largest: Path, ours: Sequence[str],
             rounds: int) -> Iterator[Row]:  # fmt: skip
    """Measure the page; nothing where there is no Chromium."""
    if reason := missing():
        print(f"Not measured: the page. {reason}", file=sys.stderr)
        return
    place = folder / "site"
    write_site(site(MODULES / "pyodide"), place)
    yield _size("on the wire, compressed", _wire(place), WIRE)
    with ExitStack() as stack:
        server = stack.enter_context(PageServer(place))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = stack.enter_context(Chromium(server.address))
        page.do("open")
        yield _row("page ready / bare Pyodide", "start", _starts(page, rounds), START)
        pairs = _first(page, book, ours, folder, max(3, rounds // 3))
        yield _row("first check and report / native cold", book.stem, pairs, FIRST)
        pairs = _further(page, book, rounds)
        yield _row("further check / native warm", book.stem, pairs, FURTHER)
        page.do("drop", files=[str(largest)])
        heap = max(page.do("workers", script=_HEAP)) / 1e6
        yield _size(f"Python's memory, {largest.stem}", heap, HEAP)
        server.shutdown()


def _starts(page: Chromium, rounds: int) -> Pairs:
    pairs = Pairs([], [])
    for _ in range(rounds):
        pairs.ours.append(_seconds(lambda: page.do("reload")))
        page.do("asleep")
        pairs.other.append(page.do("tell", script=_BARE))
    return pairs


def _first(
    page: Chromium, book: Path, ours: Sequence[str], folder: Path, rounds: int
) -> Pairs:
    """Check the first book of a page and make its report, right after its start."""
    pairs = Pairs([], [])
    for number in range(rounds):
        page.do("reload")
        target = str(folder / f"page-{number}.html")
        pairs.ours.append(_seconds(lambda to=target: _judge(page, book, to)))  # type: ignore[misc]
        native = [*ours, "check", str(book), "-o", str(folder / f"own-{number}.html")]
        pairs.other.append(run(native, codes=(0, 1)).seconds)
    return pairs


def _judge(page: Chromium, book: Path, to: str) -> None:
    page.do("drop", files=[str(book)])
    page.do("save", at="[data-what=report]", to=to)


def _further(page: Chromium, book: Path, rounds: int) -> Pairs:
    """Check the same book again and again, in the page and here: put, judge, show."""
    pairs = Pairs([], [])
    bridge, data = WebBridge(), book.read_bytes()
    _native(bridge, data)
    for _ in range(rounds):
        page.do("click", at="#list [data-do=drop]")
        pairs.ours.append(_seconds(lambda: page.do("drop", files=[str(book)])))
        pairs.other.append(_seconds(lambda: _native(bridge, data)))
    return pairs


def _native(bridge: WebBridge, data: bytes) -> None:
    bridge.give(data)
    said = json.loads(bridge.answer(json.dumps({"do": "put", "name": "book.xlsx"})))
    for job in ("judge", "show", "drop"):
        bridge.answer(json.dumps({"do": job, "id": said["id"], "language": "en"}))


def _wire(folder: Path) -> float:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) / 1e6


def _seconds(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def _row(promise: str, subject: str, pairs: Pairs, target: float) -> Row:
    ratios = [a / b for a, b in zip(pairs.ours, pairs.other, strict=True)]
    return Row(
        promise=f"page: {promise}", subject=subject, figure=pairs.ratio, target=target,
        stretch=None, spread=(min(ratios), max(ratios)),
        ours_ms=statistics.median(pairs.ours) * 1000,
        other_ms=statistics.median(pairs.other) * 1000, rounds=len(ratios),
    )  # fmt: skip


def _size(promise: str, figure: float, target: float) -> Row:
    return Row(promise=f"page: {promise}", subject="", figure=figure, target=target,
               stretch=None, unit="MB")  # fmt: skip


def main() -> None:
    """Measure the page alone: `python -m bench.web`."""
    import tempfile

    from bench.__main__ import _printed
    from bench.books import LARGEST, TYPICAL, typical
    from bench.promises import command

    with tempfile.TemporaryDirectory(prefix="jcm_xl-web-bench-") as name:
        folder, keys = Path(name), (TYPICAL[0], LARGEST)
        paths = [folder / f"{key}.xlsx" for key in keys]
        for path, key in zip(paths, keys, strict=True):
            path.write_bytes(typical(key))
        for row in web_rows(folder, *paths, command(), rounds=5):
            print(_printed(row), flush=True)


if __name__ == "__main__":
    main()
